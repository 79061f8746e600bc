import { createHmac, randomBytes } from "node:crypto";
import { type Database, type DatabaseTransaction, forgetHubState, rememberOnce } from "../database/index.ts";
import type { HubKey } from "../vault/key.ts";
import { hasUsers } from "./queries.ts";

const nonceName = "setup_nonce";
/** Without letters that look like digits. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/**
 * The code that the first account must send; null once there is an account. It follows from the hub's key and a
 * random number in the database, so that every start shows the same one and it is written down nowhere.
 */
export async function ensureSetupCode(db: Database, key: HubKey, configured: string | null): Promise<string | null> {
  if (await hasUsers(db)) return null;
  return configured ?? codeFrom(key, await nonce(db));
}

/** After the first account the code means nothing any more. */
export async function forgetSetupCode(trx: DatabaseTransaction): Promise<void> {
  await forgetHubState(trx, nonceName);
}

async function nonce(db: Database): Promise<string> {
  const remembered = await rememberOnce(db, nonceName, randomBytes(32).toString("base64url"));
  if (typeof remembered !== "string") throw new Error(`${nonceName} in hub_state is no text`);
  return remembered;
}

/** 24 letters in four groups, 118 bits. */
function codeFrom(key: HubKey, random: string): string {
  const bytes = createHmac("sha512", key.derive("setup-code")).update(random).digest();
  const text = [...bytes.subarray(0, 24)].map((byte) => letters.charAt(byte % letters.length)).join("");
  return text.match(/.{6}/g)?.join("-") ?? text;
}

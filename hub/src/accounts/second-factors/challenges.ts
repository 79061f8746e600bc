import { randomBytes } from "node:crypto";
import { randomBase62 } from "@sentinal/tokens";
import type { Database, DatabaseTransaction } from "../../database/index.ts";
import { deleteExpiredChallenges, findChallenge, insertChallenge, takeChallengeTry } from "./challenge-queries.ts";
import { sha256 } from "./rules.ts";

export type Purpose = "second_factor" | "passkey_sign_in" | "passkey_registration" | "reauthentication";

/** What somebody was asked to prove, and for what. `nonce` is what a passkey signs. */
export type Challenge = { id: number; userId: number | null; session: string | null; passwordMark: Buffer | null; nonce: Buffer };

const prefix = "schl_";
/** 256 bits. */
const bodyLength = 43;
export const challengeSeconds = 5 * 60;
/** A person mistypes a code; what a browser sends for a passkey is right or wrong for good. */
const mostTries: Record<Purpose, number> = { second_factor: 5, passkey_sign_in: 1, passkey_registration: 1, reauthentication: 1 };

/**
 * Asks for a proof: the token is for who was asked, and the hub keeps its hash. It stands in the database, so that the
 * answer may come to another hub.
 */
export async function createChallenge(
  db: Database | DatabaseTransaction,
  asked: { purpose: Purpose; userId?: number; session?: string; passwordHash?: string },
): Promise<{ token: string; nonce: Buffer }> {
  const token = prefix + randomBase62(bodyLength);
  const nonce = randomBytes(32);
  await deleteExpiredChallenges(db);
  await insertChallenge(db, {
    tokenHash: sha256(token),
    purpose: asked.purpose,
    userId: asked.userId ?? null,
    session: asked.session ?? null,
    passwordMark: asked.passwordHash === undefined ? null : sha256(asked.passwordHash),
    nonce,
    lifetimeSeconds: challengeSeconds,
  });
  return { token, nonce };
}

/** A challenge that still can be answered; null for an unknown one, and for one that is used, expired or tried too often. */
export async function openChallenge(db: Database, purpose: Purpose, token: string): Promise<Challenge | null> {
  return (await findChallenge(db, { hash: sha256(token), purpose, mostTries: mostTries[purpose] })) ?? null;
}

/** The same, and takes one of its tries, which counts at once on all hubs. */
export async function tryChallenge(db: Database, purpose: Purpose, token: string): Promise<Challenge | null> {
  return (await takeChallengeTry(db, { hash: sha256(token), purpose, mostTries: mostTries[purpose] })) ?? null;
}

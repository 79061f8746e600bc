import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Database, type DatabaseTransaction, inTransaction } from "../database/index.ts";
import { createFingerprints, type Fingerprints } from "./fingerprint.ts";

type Place = { table: string; row: string; column: string };
/** The vault, as far as the log needs it. */
type SealedStore = {
  seal(trx: DatabaseTransaction, place: Place, plaintext: Uint8Array): Promise<Buffer>;
  open(connection: Database | DatabaseTransaction, place: Place, sealed: Uint8Array): Promise<Buffer>;
};

const version = 1;
const place: Place = { table: "audit_fingerprint_keys", row: String(version), column: "sealed" };
/** Any number will do, as long as every hub takes the same. */
const makingLock = 7_351_842_012;

/**
 * The fingerprints of this Sentinal, under a random key that is made once and kept sealed: it does not follow from the
 * hub's key, so that what was written before a rotation of that key is found after it. Throws what the vault throws.
 */
export async function openFingerprints(db: Database, vault: SealedStore): Promise<Fingerprints> {
  const sealed = (await readSealed(db)) ?? (await inTransaction(db, (trx) => makeKey(trx, vault)));
  return createFingerprints(await vault.open(db, place, sealed));
}

async function makeKey(trx: DatabaseTransaction, vault: SealedStore): Promise<Buffer> {
  await sql`select pg_advisory_xact_lock(${makingLock}::bigint)`.execute(trx);
  const known = await readSealed(trx);
  if (known !== null) return known;
  const sealed = await vault.seal(trx, place, randomBytes(32));
  await trx.insertInto("audit_fingerprint_keys").values({ version, sealed }).execute();
  return sealed;
}

async function readSealed(db: Database | DatabaseTransaction): Promise<Buffer | null> {
  const row = await db.selectFrom("audit_fingerprint_keys").select("sealed").where("version", "=", version).executeTakeFirst();
  return row?.sealed ?? null;
}

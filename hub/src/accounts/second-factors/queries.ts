import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../database/index.ts";
import type { HeldFactors } from "./rules.ts";

type Connection = Database | DatabaseTransaction;

const passkeyColumns = ["id", "name", "created_at", "last_used_at", "is_synced", "rp_id", "credential_id", "transports"] as const;
const passkeyProofColumns = ["passkeys.id", "passkeys.user_id", "passkeys.credential_id", "passkeys.public_key", "passkeys.counter"] as const;

/** The account of somebody who acts or signs in, active until the transaction ends; its factors change one act at a time. */
export async function holdAccount(trx: DatabaseTransaction, userId: number, strength: "share" | "change") {
  const query = trx.selectFrom("users").select(["id", "username", "password_hash", "passkey_handle"]).where("id", "=", userId).where("disabled_at", "is", null);
  return (strength === "share" ? query.forShare() : query.forNoKeyUpdate()).executeTakeFirst();
}

/** Any account, by id or by name in whatever letters, for whoever takes its factors away. */
export async function lockAccount(trx: DatabaseTransaction, account: { id: number } | { username: string }) {
  const query = trx.selectFrom("users").select(["id", "username"]).forNoKeyUpdate();
  return (
    "id" in account ? query.where("id", "=", account.id) : query.where(sql`lower(username)`, "=", sql<string>`lower(${account.username})`)
  ).executeTakeFirst();
}

export async function findHeldFactors(db: Connection, userId: number, rpId: string | null): Promise<HeldFactors> {
  const row = await db
    .selectNoFrom((query) => [
      query
        .exists(query.selectFrom("totp_factors").select("user_id").where("user_id", "=", userId).where("confirmed_at", "is not", null))
        .$castTo<boolean>()
        .as("hasTotp"),
      query
        .selectFrom("passkeys")
        .select(sql<number>`count(*)::int`.as("count"))
        .where("user_id", "=", userId)
        .as("passkeys"),
      query
        .selectFrom("passkeys")
        .select(sql<number>`count(*)::int`.as("count"))
        .where("user_id", "=", userId)
        .where("rp_id", "=", rpId ?? "")
        .as("passkeysHere"),
      query
        .selectFrom("recovery_codes")
        .select(sql<number>`count(*)::int`.as("count"))
        .where("user_id", "=", userId)
        .where("used_at", "is", null)
        .as("recoveryCodes"),
    ])
    .executeTakeFirstOrThrow();
  return { hasTotp: row.hasTotp, passkeys: row.passkeys ?? 0, passkeysHere: row.passkeysHere ?? 0, recoveryCodes: row.recoveryCodes ?? 0 };
}

/** Puts a secret that waits for its first code in the place of another such; false when the account has a confirmed one. */
export async function putTotpSecret(trx: DatabaseTransaction, userId: number, sealed: Buffer): Promise<boolean> {
  const result = await trx
    .insertInto("totp_factors")
    .values({ user_id: userId, secret: sealed })
    .onConflict((conflict) =>
      conflict
        .column("user_id")
        .doUpdateSet({ secret: sealed, created_at: sql<Date>`now()`, tries: 0, tries_since: null })
        .where("totp_factors.confirmed_at", "is", null),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findTotp(db: Connection, userId: number) {
  return db.selectFrom("totp_factors").select(["secret", "created_at", "confirmed_at", "last_used_at"]).where("user_id", "=", userId).executeTakeFirst();
}

/**
 * The app's secret, against one of the tries at its codes: no more than `most` within `withinSeconds` of the first
 * since the last right one. It counts at once on all hubs. Undefined when there is no such secret, or no try is left.
 */
export async function takeTotpTry(db: Database, userId: number, limit: { most: number; withinSeconds: number }, isConfirmed: boolean) {
  const isOver = sql<boolean>`(tries_since is null or tries_since <= clock_timestamp() - make_interval(secs => ${limit.withinSeconds}))`;
  return db
    .updateTable("totp_factors")
    .set({
      tries: sql<number>`case when ${isOver} then 1 else tries + 1 end`,
      tries_since: sql<Date>`case when ${isOver} then clock_timestamp() else tries_since end`,
    })
    .where("user_id", "=", userId)
    .where("confirmed_at", isConfirmed ? "is not" : "is", null)
    .where((query) => query.or([isOver, query("tries", "<", limit.most)]))
    .returning("secret")
    .executeTakeFirst();
}

/** Seconds until there are tries again; undefined when there is no such secret. */
export async function findTotpPause(db: Database, userId: number, withinSeconds: number, isConfirmed: boolean): Promise<number | undefined> {
  const row = await db
    .selectFrom("totp_factors")
    .select(sql<number>`ceil(extract(epoch from tries_since - clock_timestamp()) + ${withinSeconds})::int`.as("seconds"))
    .where("user_id", "=", userId)
    .where("confirmed_at", isConfirmed ? "is not" : "is", null)
    .executeTakeFirst();
  return row?.seconds;
}

/** Accepts the code of a time step, once: false when that step or a later one was accepted, or the secret is another now. */
export async function acceptTotpStep(trx: DatabaseTransaction, userId: number, sealed: Buffer, step: number): Promise<boolean> {
  const result = await trx
    .updateTable("totp_factors")
    .set({ last_step: step, last_used_at: sql<Date>`clock_timestamp()`, tries: 0, tries_since: null })
    .where("user_id", "=", userId)
    .where("secret", "=", sealed)
    .where("confirmed_at", "is not", null)
    .where((query) => query.or([query("last_step", "is", null), query("last_step", "<", step)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function confirmTotp(trx: DatabaseTransaction, userId: number, sealed: Buffer, step: number): Promise<boolean> {
  const result = await trx
    .updateTable("totp_factors")
    .set({ confirmed_at: sql<Date>`now()`, last_step: step, tries: 0, tries_since: null })
    .where("user_id", "=", userId)
    .where("secret", "=", sealed)
    .where("confirmed_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Answers what was deleted, confirmed or not. */
export async function deleteTotp(trx: DatabaseTransaction, userId: number) {
  return trx.deleteFrom("totp_factors").where("user_id", "=", userId).returning(["secret", "confirmed_at"]).executeTakeFirst();
}

export async function listPasskeys(db: Connection, userId: number) {
  return db.selectFrom("passkeys").select(passkeyColumns).where("user_id", "=", userId).orderBy("id").execute();
}

export async function insertPasskey(
  trx: DatabaseTransaction,
  passkey: {
    userId: number;
    name: string;
    credentialId: string;
    publicKey: Buffer;
    counter: number;
    transports: string[];
    isSynced: boolean;
    rpId: string;
  },
) {
  return trx
    .insertInto("passkeys")
    .values({
      user_id: passkey.userId,
      name: passkey.name,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
      is_synced: passkey.isSynced,
      rp_id: passkey.rpId,
    })
    .returning(passkeyColumns)
    .executeTakeFirstOrThrow();
}

export async function renamePasskey(trx: DatabaseTransaction, userId: number, id: number, name: string) {
  return trx.updateTable("passkeys").set({ name }).where("id", "=", id).where("user_id", "=", userId).returning(passkeyColumns).executeTakeFirst();
}

export async function deletePasskey(trx: DatabaseTransaction, userId: number, id: number) {
  return trx.deleteFrom("passkeys").where("id", "=", id).where("user_id", "=", userId).returning(["id", "name"]).executeTakeFirst();
}

export async function deletePasskeysOf(trx: DatabaseTransaction, userId: number): Promise<number> {
  return Number((await trx.deleteFrom("passkeys").where("user_id", "=", userId).executeTakeFirst()).numDeletedRows);
}

/** The passkey that a browser answered with, and what it calls its account by. */
export async function findPasskey(db: Connection, credentialId: string, rpId: string) {
  return db
    .selectFrom("passkeys")
    .innerJoin("users", "users.id", "passkeys.user_id")
    .select([...passkeyProofColumns, "users.passkey_handle"])
    .where("passkeys.credential_id", "=", credentialId)
    .where("passkeys.rp_id", "=", rpId)
    .executeTakeFirst();
}

/** Notes a use; false when its count did not go on from what is stored, or the passkey is gone. */
export async function countPasskeyUse(trx: DatabaseTransaction, use: { userId: number; id: number; counter: number; isSynced: boolean }): Promise<boolean> {
  const result = await trx
    .updateTable("passkeys")
    .set({ counter: use.counter, is_synced: use.isSynced, last_used_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", use.id)
    .where("user_id", "=", use.userId)
    .where((query) => query.or([query("counter", "<", use.counter), query.and([query("counter", "=", 0), query.val(use.counter === 0)])]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Puts new codes in the place of all that there were. */
export async function replaceRecoveryCodes(trx: DatabaseTransaction, userId: number, hashes: readonly Buffer[]): Promise<void> {
  await deleteRecoveryCodes(trx, userId);
  await trx
    .insertInto("recovery_codes")
    .values(hashes.map((hash) => ({ user_id: userId, code_hash: hash })))
    .execute();
}

/** Answers how many of them had not been used. */
export async function deleteRecoveryCodes(trx: DatabaseTransaction, userId: number): Promise<number> {
  const deleted = await trx.deleteFrom("recovery_codes").where("user_id", "=", userId).returning("used_at").execute();
  return deleted.filter((code) => code.used_at === null).length;
}

export async function findRecoveryCodes(db: Connection, userId: number) {
  const row = await db
    .selectFrom("recovery_codes")
    .select([sql<number>`count(*) filter (where used_at is null)::int`.as("left"), sql<Date | null>`max(created_at)`.as("created_at")])
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
  return row.created_at === null ? null : { left: row.left, created_at: row.created_at };
}

export async function findRecoveryCode(db: Connection, userId: number, hash: Buffer): Promise<number | undefined> {
  const row = await db
    .selectFrom("recovery_codes")
    .select("id")
    .where("user_id", "=", userId)
    .where("code_hash", "=", hash)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return row?.id;
}

/** True for the one that uses it up. */
export async function useRecoveryCode(trx: DatabaseTransaction, userId: number, id: number): Promise<boolean> {
  const result = await trx
    .updateTable("recovery_codes")
    .set({ used_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../database/index.ts";

export async function insertReset(
  trx: DatabaseTransaction,
  reset: { hash: Buffer; userId: number; createdBy: number; lifetimeHours: number },
): Promise<{ id: number; expires_at: Date }> {
  return trx
    .insertInto("password_resets")
    .values({
      token_hash: reset.hash,
      user_id: reset.userId,
      created_by: reset.createdBy,
      expires_at: sql<Date>`now() + make_interval(hours => ${reset.lifetimeHours})`,
    })
    .returning(["id", "expires_at"])
    .executeTakeFirstOrThrow();
}

export async function findReset(db: Database, hash: Buffer) {
  return resetRows(db, hash).executeTakeFirst();
}

/** The same, with its account kept as they are until the transaction ends. */
export async function lockReset(trx: DatabaseTransaction, hash: Buffer) {
  return resetRows(trx, hash).forNoKeyUpdate().executeTakeFirst();
}

export async function markResetUsed(trx: DatabaseTransaction, id: number): Promise<void> {
  await trx
    .updateTable("password_resets")
    .set({ used_at: sql`now()` })
    .where("id", "=", id)
    .execute();
}

/** The links for an account stop counting; answers their ids. */
export async function voidResetsOf(trx: DatabaseTransaction, userId: number): Promise<number[]> {
  return idsOf(await voiding(trx).where("user_id", "=", userId).execute());
}

/** The links that somebody gave out stop counting; answers their ids. */
export async function voidResetsBy(trx: DatabaseTransaction, userId: number): Promise<number[]> {
  return idsOf(await voiding(trx).where("created_by", "=", userId).execute());
}

/** The link of a token stops counting; undefined when there is none that does. */
export async function voidResetByHash(trx: DatabaseTransaction, hash: Buffer): Promise<{ id: number; user_id: number } | undefined> {
  return voiding(trx).where("token_hash", "=", hash).returning("user_id").executeTakeFirst();
}

function resetRows(db: Database | DatabaseTransaction, hash: Buffer) {
  return db
    .selectFrom("password_resets")
    .innerJoin("users", "users.id", "password_resets.user_id")
    .select([
      "password_resets.id",
      "password_resets.user_id",
      "password_resets.expires_at",
      "password_resets.used_at",
      "password_resets.voided_at",
      "users.username",
    ])
    .where("password_resets.token_hash", "=", hash);
}

function voiding(trx: DatabaseTransaction) {
  return trx
    .updateTable("password_resets")
    .set({ voided_at: sql`now()` })
    .where("used_at", "is", null)
    .where("voided_at", "is", null)
    .where(sql<boolean>`expires_at > now()`)
    .returning("id");
}

function idsOf(rows: readonly { id: number }[]): number[] {
  return rows.map((row) => row.id);
}

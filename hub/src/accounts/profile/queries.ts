import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../database/index.ts";
import { runningSession } from "../queries.ts";

type Connection = Database | DatabaseTransaction;

/** The sessions of a user that run, the one that asks first, then by last use. */
export async function listSessions(db: Database, userId: number, current: string, limit: number) {
  return db
    .selectFrom("sessions")
    .select(["family", "user_agent", "address", "created_at", "last_seen_at", "expires_at", sql<boolean>`family = ${current}`.as("is_current")])
    .where("user_id", "=", userId)
    .where(runningSession)
    .orderBy(sql`family = ${current}`, "desc")
    .orderBy("last_seen_at", "desc")
    .orderBy("family")
    .limit(limit)
    .execute();
}

export async function isSessionOf(trx: DatabaseTransaction, userId: number, family: string): Promise<boolean> {
  return (await trx.selectFrom("sessions").select("family").where("family", "=", family).where("user_id", "=", userId).executeTakeFirst()) !== undefined;
}

/** Ends the sessions of a user but one; answers which. The rows of the sessions come first: see `lockSessionOfToken`. */
export async function revokeOtherSessions(trx: DatabaseTransaction, userId: number, kept: string, reason: string): Promise<string[]> {
  const ended = await trx
    .updateTable("sessions")
    .set({ revoked_at: sql`now()`, revoked_reason: reason })
    .where("user_id", "=", userId)
    .where("family", "!=", kept)
    .where("revoked_at", "is", null)
    .returning("family")
    .execute();
  await trx
    .updateTable("refresh_tokens")
    .set({ revoked: true, successor_sealed: null })
    .where("user_id", "=", userId)
    .where("family", "!=", kept)
    .where("revoked", "=", false)
    .execute();
  return ended.map((session) => session.family);
}

export async function updateNames(trx: DatabaseTransaction, userId: number, names: { username?: string | undefined; email?: string | undefined }) {
  return trx
    .updateTable("users")
    .set({ ...(names.username !== undefined && { username: names.username }), ...(names.email !== undefined && { email: names.email }) })
    .where("id", "=", userId)
    .returning(["id", "username", "email", "role", "created_at"])
    .executeTakeFirst();
}

/** The user of the session proved this moment who they are; false when it is over. */
export async function renewProof(trx: DatabaseTransaction, userId: number, family: string): Promise<boolean> {
  const result = await trx
    .updateTable("sessions")
    .set({ authenticated_at: sql<Date>`clock_timestamp()` })
    .where("family", "=", family)
    .where("user_id", "=", userId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Whether the session runs; it does so until the transaction ends. */
export async function holdSession(trx: DatabaseTransaction, userId: number, family: string): Promise<boolean> {
  const row = await trx
    .selectFrom("sessions")
    .select("family")
    .where("family", "=", family)
    .where("user_id", "=", userId)
    .where("revoked_at", "is", null)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

export async function hasRecentProof(db: Connection, family: string, withinSeconds: number): Promise<boolean> {
  const row = await db
    .selectFrom("sessions")
    .select("family")
    .where("family", "=", family)
    .where(sql<boolean>`authenticated_at > clock_timestamp() - make_interval(secs => ${withinSeconds})`)
    .executeTakeFirst();
  return row !== undefined;
}

import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../database/index.ts";

/** Tells the user of a session, at their next sign-in, that a copy of it was used from the address. */
export async function insertReuseNotice(trx: DatabaseTransaction, family: string, address: string): Promise<void> {
  await trx
    .insertInto("account_notices")
    .columns(["user_id", "kind", "session", "user_agent", "address"])
    .expression((query) =>
      query
        .selectFrom("sessions")
        .select(["user_id", sql<string>`'refresh_token_reused'`.as("kind"), "family", "user_agent", sql<string>`${address}::text`.as("address")])
        .where("family", "=", family),
    )
    .execute();
}

/** What a user did not put away yet, the newest first. */
export async function listNotices(db: Database, userId: number, limit: number) {
  return db
    .selectFrom("account_notices")
    .select(["id", "kind", "created_at", "user_agent", "address"])
    .where("user_id", "=", userId)
    .where("dismissed_at", "is", null)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** Puts a notice away, if it was there and was not put away before. */
export async function dismissNotice(trx: DatabaseTransaction, userId: number, id: number): Promise<"now" | "before" | "unknown"> {
  const notice = await trx
    .selectFrom("account_notices")
    .select("dismissed_at")
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (notice === undefined) return "unknown";
  if (notice.dismissed_at !== null) return "before";
  await trx
    .updateTable("account_notices")
    .set({ dismissed_at: sql`now()` })
    .where("id", "=", id)
    .execute();
  return "now";
}

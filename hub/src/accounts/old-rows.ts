import { sql } from "kysely";
import type { Database } from "../database/index.ts";

/** So long a link still says why it is no good, and a list shows what became of it; the audit log keeps it for ever. */
const keptDays = 90;
const sweptAtOnce = 5_000;

const longAgo = sql`now() - make_interval(days => ${keptDays})`;

/** Deletes invitations and links for a password that ended three months ago, and notices that were put away then; answers how many. */
export async function deleteOldRows(db: Database): Promise<number> {
  const invitations = await db
    .deleteFrom("invitations")
    .where("id", "in", (query) =>
      query
        .selectFrom("invitations")
        .select("id")
        .where(sql<boolean>`least(used_at, revoked_at, expires_at) < ${longAgo}`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  const resets = await db
    .deleteFrom("password_resets")
    .where("id", "in", (query) =>
      query
        .selectFrom("password_resets")
        .select("id")
        .where(sql<boolean>`least(used_at, voided_at, expires_at) < ${longAgo}`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  const notices = await db
    .deleteFrom("account_notices")
    .where("id", "in", (query) =>
      query
        .selectFrom("account_notices")
        .select("id")
        .where(sql<boolean>`dismissed_at < ${longAgo}`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  return Number(invitations.numDeletedRows) + Number(resets.numDeletedRows) + Number(notices.numDeletedRows);
}

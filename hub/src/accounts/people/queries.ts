import type { Role } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../database/index.ts";
import { runningSession } from "../queries.ts";

type Connection = Database | DatabaseTransaction;

/** Any number will do, as long as every hub takes the same. */
const peopleLock = 7_351_842_013;

/** Changes of who may do what go one by one, so that two Admins cannot make each other the last. */
export async function lockPeople(trx: DatabaseTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${peopleLock}::bigint)`.execute(trx);
}

/** In the order in which they were made, from above the id on. */
export async function listPeople(db: Database, page: { above: number; limit: number }) {
  return personRows(db).where("users.id", ">", page.above).orderBy("users.id").limit(page.limit).execute();
}

export async function findPerson(db: Connection, id: number) {
  return personRows(db).where("users.id", "=", id).executeTakeFirst();
}

/** Whether there is an active Admin besides this account. */
export async function hasOtherAdmin(trx: DatabaseTransaction, id: number): Promise<boolean> {
  const other = await trx
    .selectFrom("users")
    .select("id")
    .where("role", "=", "Admin")
    .where("disabled_at", "is", null)
    .where("id", "!=", id)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

export async function setRole(trx: DatabaseTransaction, id: number, role: Role): Promise<void> {
  await trx.updateTable("users").set({ role }).where("id", "=", id).execute();
}

export async function setDeactivated(trx: DatabaseTransaction, id: number, isDeactivated: boolean): Promise<void> {
  await trx
    .updateTable("users")
    .set({ disabled_at: isDeactivated ? sql<Date>`now()` : null })
    .where("id", "=", id)
    .execute();
}

function personRows(db: Connection) {
  return db.selectFrom("users").select((query) => [
    "users.id",
    "users.username",
    "users.email",
    "users.role",
    "users.created_at",
    "users.disabled_at",
    query
      .selectFrom("sessions")
      .select((session) => session.fn.max("sessions.last_seen_at").as("at"))
      .whereRef("sessions.user_id", "=", "users.id")
      .as("last_seen_at"),
    query
      .selectFrom("sessions")
      .select(sql<number>`count(*)::int`.as("count"))
      .whereRef("sessions.user_id", "=", "users.id")
      .where(runningSession)
      .as("sessions"),
    query
      .exists(query.selectFrom("totp_factors").select("user_id").whereRef("totp_factors.user_id", "=", "users.id").where("confirmed_at", "is not", null))
      .$castTo<boolean>()
      .as("has_totp"),
    query
      .selectFrom("passkeys")
      .select(sql<number>`count(*)::int`.as("count"))
      .whereRef("passkeys.user_id", "=", "users.id")
      .as("passkeys"),
  ]);
}

import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/index.ts";
import { lifetimeSeconds } from "./rules.ts";

const shownColumns = ["id", "client_name", "address", "state", "created_at", "expires_at"] as const;
const sweptAtOnce = 5_000;

export async function insertDeviceSignIn(
  db: Database,
  request: { deviceCodeHash: Buffer; userCodeHash: Buffer; clientName: string; address: string },
): Promise<void> {
  await db
    .insertInto("device_sign_ins")
    .values({
      device_code_hash: request.deviceCodeHash,
      user_code_hash: request.userCodeHash,
      client_name: request.clientName,
      address: request.address,
      expires_at: sql<Date>`now() + make_interval(secs => ${lifetimeSeconds})`,
    })
    .execute();
}

/** The request of a user code, as long as it may be decided on. */
export async function findByUserCode(db: Database, userCodeHash: Buffer) {
  return db
    .selectFrom("device_sign_ins")
    .select(shownColumns)
    .where("user_code_hash", "=", userCodeHash)
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .executeTakeFirst();
}

/** Decides on a request that still waits; undefined when it does not. */
export async function decide(trx: DatabaseTransaction, userCodeHash: Buffer, decision: { state: "approved" | "denied"; userId: number; family: string }) {
  return trx
    .updateTable("device_sign_ins")
    .set({ state: decision.state, decided_by: decision.userId, decided_in: decision.family })
    .where("user_code_hash", "=", userCodeHash)
    .where("state", "=", "pending")
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .returning(shownColumns)
    .executeTakeFirst();
}

/** The request of a program, kept as it is until the transaction ends: tokens are fetched once. */
export async function lockByDeviceCode(trx: DatabaseTransaction, deviceCodeHash: Buffer) {
  return trx
    .selectFrom("device_sign_ins")
    .select([
      "id",
      "client_name",
      "state",
      "decided_by",
      "decided_in",
      sql<boolean>`expires_at <= clock_timestamp()`.as("is_expired"),
      sql<number | null>`extract(epoch from clock_timestamp() - last_polled_at)::float8`.as("seconds_since_poll"),
    ])
    .where("device_code_hash", "=", deviceCodeHash)
    .forUpdate()
    .executeTakeFirst();
}

export async function notePoll(trx: DatabaseTransaction, id: number): Promise<void> {
  await trx
    .updateTable("device_sign_ins")
    .set({ last_polled_at: sql`clock_timestamp()` })
    .where("id", "=", id)
    .execute();
}

export async function setState(trx: DatabaseTransaction, id: number, state: "redeemed" | "denied"): Promise<void> {
  await trx.updateTable("device_sign_ins").set({ state }).where("id", "=", id).execute();
}

/** Deletes requests that ended an hour ago: until then a late program is told why it gets nothing. */
export async function deleteEnded(db: Database): Promise<number> {
  const result = await db
    .deleteFrom("device_sign_ins")
    .where("id", "in", (query) =>
      query
        .selectFrom("device_sign_ins")
        .select("id")
        .where(sql<boolean>`expires_at < now() - interval '1 hour'`)
        .limit(sweptAtOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

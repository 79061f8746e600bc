import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "./open.ts";
import type { DatabaseTransaction } from "./transaction.ts";

/** Reads a remembered value; null when it was never set. */
export async function readHubState(db: Database | DatabaseTransaction, name: string): Promise<unknown> {
  const row = await db.selectFrom("hub_state").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value ?? null;
}

/** Remembers a value unless there is one already; answers the one that now stands. */
export async function rememberOnce(db: Database | DatabaseTransaction, name: string, value: string): Promise<unknown> {
  await db
    .insertInto("hub_state")
    .values({ name, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return readHubState(db, name);
}

export async function forgetHubState(db: Database | DatabaseTransaction, name: string): Promise<void> {
  await db.deleteFrom("hub_state").where("name", "=", name).execute();
}

/** True when PostgreSQL answers within the time; a database that hangs is one that does not. */
export async function databaseAnswers(db: Database, withinMs = 3_000): Promise<boolean> {
  const answer = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  const waiting = new AbortController();
  const tooLate = setTimeout(withinMs, false, { signal: waiting.signal }).catch(() => false);
  const answers = await Promise.race([answer, tooLate]);
  waiting.abort();
  return answers;
}

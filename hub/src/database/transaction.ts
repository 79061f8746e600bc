import { setTimeout as pause } from "node:timers/promises";
import type { Transaction } from "kysely";
import pg from "pg";
import type { Database } from "./open.ts";
import type { DB } from "./tables.ts";

export type DatabaseTransaction = Transaction<DB>;

/** PostgreSQL gave one of two transactions up for the other; the one that lost may simply be run again. */
const retryableStates = new Set(["40001", "40P01"]);
const tries = 5;
/** Longest wait before the next try: at once it would take the row again that the other one has been waiting for. */
const pauseMs = 50;

/** Runs `work` in one transaction, again from the start when PostgreSQL had to give it up for another one (at most 5 times). */
export async function inTransaction<T>(db: Database, work: (trx: DatabaseTransaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= tries || !(error instanceof pg.DatabaseError) || !retryableStates.has(error.code ?? "")) throw error;
      await pause(Math.random() * pauseMs * attempt);
    }
  }
}

/** True for a violated unique constraint or index of that name. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.code === "23505" && error.constraint === constraint;
}

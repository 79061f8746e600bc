import type { Logger } from "pino";
import type { Database } from "../database/index.ts";
import { deleteOldRows } from "./old-rows.ts";
import { deleteEnded, eraseEndedGraces } from "./queries.ts";

const eraseEveryMs = 10_000;
const deleteEveryMs = 3_600_000;

/** Erases sealed successors when their grace has ended, and deletes what ended long ago. Any number of hubs may do it at once. */
export function startSweep(options: { db: Database; log: Logger }): { close(): Promise<void> } {
  let pass: Promise<unknown> = Promise.resolve();

  function every(periodMs: number, sweep: (db: Database) => Promise<number>): NodeJS.Timeout {
    return setInterval(() => {
      pass = pass
        .then(() => sweep(options.db))
        .catch((error: unknown) => options.log.error({ err: error }, "what is old could not be swept; it is tried again"));
    }, periodMs).unref();
  }

  const timers = [every(eraseEveryMs, eraseEndedGraces), every(deleteEveryMs, deleteEnded), every(deleteEveryMs, deleteOldRows)];
  return {
    async close() {
      for (const timer of timers) clearInterval(timer);
      await pass;
    },
  };
}

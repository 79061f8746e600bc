import type { Logger } from "pino";
import type { Database } from "../database/index.ts";
import { deleteEndedHubTokens } from "./queries.ts";

const everyMs = 3_600_000;

/** Deletes what ended long ago, once an hour. Any number of hubs may do it at once. */
export function startTokenSweep({ db, log }: { db: Database; log: Logger }): { close(): Promise<void> } {
  let pass: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    pass = pass
      .then(() => deleteEndedHubTokens(db))
      .catch((error: unknown) => log.error({ err: error }, "ended tokens of jobs could not be swept; it is tried again"));
  }, everyMs).unref();
  return {
    async close() {
      clearInterval(timer);
      await pass;
    },
  };
}

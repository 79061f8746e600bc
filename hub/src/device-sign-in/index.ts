import type { Logger } from "pino";
import type { Accounts } from "../accounts/index.ts";
import type { Refusals } from "../audit/index.ts";
import type { Database } from "../database/index.ts";
import type { Access, HttpServer } from "../http/index.ts";
import { deleteEnded } from "./queries.ts";
import { registerDeviceSignInRoutes } from "./routes.ts";
import { createDeviceSignIns } from "./sign-in.ts";

const sweepEveryMs = 600_000;

/** Signs programs in, such as `sentinal login`: a person approves them in the browser by a short code. */
export function createDeviceSignIn(options: {
  db: Database;
  accounts: Pick<Accounts, "openDeviceSession" | "tokensOf">;
  /** 32 bytes for the hashes of user codes, the same on every hub of a database. */
  key: () => Buffer;
  publicUrl: () => string;
  refusals: Refusals;
  log: Logger;
  now?: () => number;
}): { registerRoutes(http: HttpServer, access: Access): void; close(): Promise<void> } {
  const signIns = createDeviceSignIns(options);
  let sweeping: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = deleteEnded(options.db).catch((error: unknown) =>
      options.log.error({ err: error }, "old sign-ins of devices could not be swept; it is tried again"),
    );
  }, sweepEveryMs).unref();
  return {
    registerRoutes: (http, access) => registerDeviceSignInRoutes(http, access, signIns),
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}

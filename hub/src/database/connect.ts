import type { Logger } from "pino";
import { startEmbeddedPostgres } from "./embedded/index.ts";
import type { ConnectionSettings } from "./open.ts";

export type DatabaseServer = { connection: ConnectionSettings; stop(): Promise<void> };

/** The server of DATABASE_URL, or the embedded one, started. Throws what its part names as a problem, in one sentence. */
export async function connectDatabaseServer(
  config: { databaseUrl: string | null; dataDir: string; postgresBinDir: string | null },
  options: { holder: string; log: Logger; onLost(problem: Error): void },
): Promise<DatabaseServer> {
  if (config.databaseUrl !== null) return { connection: { connectionString: config.databaseUrl }, stop: async () => {} };
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    ...(config.postgresBinDir !== null && { binDir: config.postgresBinDir }),
    holder: options.holder,
    onLog: (line) => options.log.debug({ postgres: line }, "postgres"),
    onProblem: options.onLost,
  });
  // A PGSSLMODE of the environment is meant for other servers: this one is a Unix socket.
  return { connection: { ...postgres.connection, ssl: false }, stop: () => postgres.stop() };
}

import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { hotPool } from "./hot-pool.ts";
import type { DB } from "./tables.ts";

export type Database = Kysely<DB>;

/** How to reach PostgreSQL: what `pg` takes, whether from DATABASE_URL or from the embedded server. */
export type ConnectionSettings = Readonly<
  { connectionString: string } | { host: string; port: number; user: string; password: string; database: string; ssl?: false }
>;

export type OpenDatabase = {
  db: Database;
  /**
   * The same connections for statements that run again and again with the same text: PostgreSQL parses and plans each
   * once a connection, and those marked `unawaited` are not waited for. Not for texts that vary without bound (lists
   * written out), nor for `select *`.
   */
  hot: Database;
  connection: ConnectionSettings;
  close(): Promise<void>;
};

const connectTimeoutMs = 10_000;
/** A statement that takes longer is a bug or a stuck lock; heavy imports work in batches far below it. */
const statementTimeoutMs = 60_000;

// Ids are far below 2^53; a bigint column read as text would be a string where the contract says number.
const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === pg.types.builtins.INT8) return parseSafeInteger;
    return pg.types.getTypeParser(oid, format);
  },
} as typeof pg.types;

/** Opens a pool; nothing is connected yet. `onError` hears of idle connections that broke. */
export function openDatabase(
  connection: ConnectionSettings,
  options: { applicationName: string; maxConnections: number; onError(error: Error): void },
): OpenDatabase {
  const pool = new pg.Pool({
    ...connection,
    types,
    max: options.maxConnections,
    application_name: options.applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // A server that is gone without a word would be waited for until the network gives up.
    query_timeout: statementTimeoutMs + 10_000,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    // Statements of one transaction that do not need each other's answers go out together.
    pipeline: true,
  });
  pool.on("error", options.onError);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const hot = new Kysely<DB>({ dialect: new PostgresDialect({ pool: hotPool(pool) }) });
  return { db, hot, connection, close: () => db.destroy() };
}

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
}

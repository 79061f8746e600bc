import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { ConnectionSettings } from "./open.ts";

export const migrationsDir = join(import.meta.dirname, "..", "..", "migrations");

/** Any number will do, as long as every hub takes the same. */
const migrationLock = 7_351_842_010;
const oldestMajor = 15;
/** Another hub may be migrating a large table. */
const lockTimeoutMs = 600_000;

/** The database cannot be used by this hub; the message says why and what to do. */
export class DatabaseProblem extends Error {
  readonly code: "database_unreachable" | "database_too_old" | "database_newer" | "migration_failed" | "key_differs";

  constructor(code: DatabaseProblem["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Brings the database to this hub's schema: plain SQL files in the order of their names, each in its own
 * transaction, all under one advisory lock so that several hubs may start at once.
 * Names are stored without their ending. Refuses a database that a newer hub has migrated.
 * Returns the names that were applied now.
 */
export async function migrate(connection: ConnectionSettings, hubVersion: string, dir = migrationsDir): Promise<string[]> {
  const client = new pg.Client({ ...connection, application_name: "sentinal migrate", connectionTimeoutMillis: 10_000 });
  // Without a listener a connection that breaks would end the process instead of failing the query.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseProblem(
      "database_unreachable",
      `PostgreSQL cannot be reached: ${reasonOf(error)}. Check that the server runs and what DATABASE_URL says.`,
      { cause: error },
    );
  }
  try {
    await checkVersion(client);
    await client.query(`set lock_timeout = ${lockTimeoutMs}`);
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await client.query(
      "create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now(), hub_version text not null)",
    );
    return await applyMissing(client, hubVersion, dir);
  } finally {
    await client.end();
  }
}

/** Names of the migrations that this hub holds, in order. */
export async function migrationNames(dir = migrationsDir): Promise<string[]> {
  const files = await readdir(dir);
  return files
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.slice(0, -".sql".length))
    .toSorted();
}

async function applyMissing(client: pg.Client, hubVersion: string, dir: string): Promise<string[]> {
  const names = await migrationNames(dir);
  const applied = await client.query<{ name: string; hub_version: string }>("select name, hub_version from schema_migrations order by name");
  const known = new Set(names);
  const foreign = applied.rows.filter((row) => !known.has(row.name));
  const newest = foreign.at(-1);
  if (newest !== undefined) {
    throw new DatabaseProblem(
      "database_newer",
      `The database was written by Sentinal ${newest.hub_version}, which is newer than this hub (${hubVersion}). Start that version or a later one, or restore a backup made before the upgrade.`,
    );
  }
  const done = new Set(applied.rows.map((row) => row.name));
  const missing = names.filter((name) => !done.has(name));
  for (const name of missing) await applyOne(client, name, hubVersion, dir);
  return missing;
}

async function applyOne(client: pg.Client, name: string, hubVersion: string, dir: string): Promise<void> {
  const sql = await readFile(join(dir, `${name}.sql`), "utf8");
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("insert into schema_migrations (name, hub_version) values ($1, $2)", [name, hubVersion]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw new DatabaseProblem(
      "migration_failed",
      `The migration ${name} failed and was undone: ${reasonOf(error)}. The data is as it was; start the version before, and report this.`,
      { cause: error },
    );
  }
}

/** A host with several addresses fails with an error for each, and no words of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error && error.message !== "" ? error.message : "it does not answer";
}

async function checkVersion(client: pg.Client): Promise<void> {
  const answer = await client.query<{ server_version: string; server_version_num: string }>(
    "select current_setting('server_version') as server_version, current_setting('server_version_num') as server_version_num",
  );
  const row = answer.rows[0];
  const major = Math.floor(Number(row?.server_version_num ?? 0) / 10_000);
  if (major < oldestMajor) {
    throw new DatabaseProblem(
      "database_too_old",
      `PostgreSQL ${row?.server_version ?? "of an unknown version"} is too old; Sentinal needs ${oldestMajor} or newer. Upgrade the server, or unset DATABASE_URL to use the embedded one.`,
    );
  }
}

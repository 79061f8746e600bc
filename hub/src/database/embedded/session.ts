import { Client } from "pg";

/** Where the database is, as `pg` takes it. */
export type Connection = {
  /** The folder of the Unix socket. */
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
};

const connectTimeoutMs = 5_000;
const queryTimeoutMs = 60_000;

/** The database that initdb makes for such work. Advisory locks belong to one database: all of ours are taken here. */
export const maintenanceDatabase = "postgres";

/**
 * Opens one connection to the maintenance database. Errors are those of `pg`; none holds the password.
 * @param applicationName shown in pg_stat_activity, cut to the 63 characters that PostgreSQL keeps
 */
export async function openSession(connection: Connection, applicationName: string): Promise<Client> {
  const client = new Client({
    ...connection,
    database: maintenanceDatabase,
    application_name: applicationName.replace(/[^\x20-\x7e]/g, "?").slice(0, 63),
    ssl: false,
    // Given, so that PGOPTIONS of the hub's environment is not.
    options: "-c statement_timeout=60000",
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
  });
  // A connection that breaks while idle reports here, and would end the hub if nobody listened.
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await closeSession(client);
    throw error;
  }
}

/** Closes a connection that may already be broken. */
export async function closeSession(client: Client): Promise<void> {
  await client.end().catch(() => {});
}

/** The text in the first column of the first row, or undefined when there is none. */
export async function queryText(client: Client, sql: string, values: unknown[] = []): Promise<string | undefined> {
  const result = await client.query<unknown[]>({ text: sql, values, rowMode: "array" });
  const value = result.rows[0]?.[0];
  return typeof value === "string" ? value : undefined;
}

import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { databaseName } from "./cluster.ts";
import { dataDirectoryInUse } from "./problems.ts";
import type { Connection } from "./session.ts";
import { closeSession, openSession, queryText } from "./session.ts";

/** The hub's hold on the server: a connection with a session advisory lock, kept for as long as the hub lives. */
export type Ownership = {
  /** Resolves when the connection has ended, and with it the lock; never rejects. */
  lost: Promise<void>;
  release(): Promise<void>;
};

/** "SENT" and a number, as the two 32-bit keys of the lock. */
const lockKeys = [0x53454e54, 1];

/**
 * PostgreSQL frees the lock of a hub that was killed when it notices the broken connection, which is at once unless
 * the server is busy.
 */
const releaseLimitMs = 3_000;
const retryMs = 100;

/**
 * Connects and takes the lock.
 * @throws EmbeddedPostgresProblem `data_directory_in_use` when another live connection holds it; errors of `pg`
 */
export async function takeOwnership(connection: Connection, holder: string, dataDir: string): Promise<Ownership> {
  const client = await openSession(connection, holder);
  try {
    const lost = new Promise<void>((resolve) => {
      client.once("end", resolve);
    });
    await claimServer(client, dataDir);
    await makeDatabase(client);
    return { lost, release: async () => await closeSession(client) };
  } catch (error) {
    await closeSession(client);
    throw error;
  }
}

/** Takes the lock on a connection that is already open. */
export async function claimServer(client: Client, dataDir: string): Promise<void> {
  const deadline = performance.now() + releaseLimitMs;
  while ((await queryText(client, "SELECT pg_try_advisory_lock($1, $2)::text", lockKeys)) !== "true") {
    if (performance.now() > deadline) throw dataDirectoryInUse(dataDir, await readHolder(client));
    await wait(retryMs);
  }
}

async function readHolder(client: Client): Promise<string> {
  const holder = await queryText(
    client,
    `SELECT activity.application_name
     FROM pg_locks AS lock JOIN pg_stat_activity AS activity USING (pid)
     WHERE lock.locktype = 'advisory' AND lock.granted AND lock.classid::bigint = $1 AND lock.objid::bigint = $2
     LIMIT 1`,
    lockKeys,
  );
  return holder === undefined || holder === "" ? "another hub" : holder;
}

async function makeDatabase(client: Client): Promise<void> {
  const found = await queryText(client, "SELECT datname::text FROM pg_database WHERE datname = $1", [databaseName]);
  if (found === undefined) await client.query(`CREATE DATABASE ${databaseName}`);
}

import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { type ConnectionSettings, type Database, openDatabase } from "../hub/src/database/index.ts";
import { withDatabase } from "./global-setup.ts";

export type TestDatabase = { db: Database; connection: ConnectionSettings; close(): Promise<void> };

/** A migrated database of the caller's own; `close` drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { connection, template } = inject("postgres");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(connection, `create database ${name} template ${template}`);
  const own = withDatabase(connection, name);
  const open = openDatabase(own, { applicationName: "sentinal test", maxConnections: 10, onError: () => {} });
  return {
    db: open.db,
    connection: own,
    async close() {
      await open.close();
      await administer(connection, `drop database ${name} with (force)`);
    },
  };
}

async function administer(connection: ConnectionSettings, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

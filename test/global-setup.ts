import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../hub/src/database/embedded/index.ts";
import { migrate } from "../hub/src/database/migrate.ts";
import type { ConnectionSettings } from "../hub/src/database/open.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server that test databases are made on, and the migrated database they are copied from. */
    postgres: { connection: ConnectionSettings; template: string };
  }
}

const template = "sentinal_template";

/**
 * One PostgreSQL for the whole run, and in it a migrated template that each test file copies.
 * TEST_DATABASE_URL names a server to use instead (its role must be allowed to create databases);
 * POSTGRES_BIN_DIR runs the embedded one from other binaries.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer();
  await makeTemplate(server.connection);
  project.provide("postgres", { connection: server.connection, template });
  return server.stop;
}

async function testServer(): Promise<{ connection: ConnectionSettings; stop(): Promise<void> }> {
  const url = process.env["TEST_DATABASE_URL"];
  if (url !== undefined && url !== "") return { connection: { connectionString: url }, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), "sentinal-test-"));
  const binDir = process.env["POSTGRES_BIN_DIR"];
  const postgres = await startEmbeddedPostgres({
    dataDir,
    ...(binDir !== undefined && binDir !== "" && { binDir }),
    holder: "the tests",
    onLog: () => {},
    onProblem: (problem) => console.error(problem.message),
    // Nothing here has to outlive a power cut; tests of durability start servers of their own.
    settings: { fsync: "off", max_connections: "200" },
  });
  return {
    connection: postgres.connection,
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(connection: ConnectionSettings): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(`drop database if exists ${template} with (force)`);
    await client.query(`create database ${template}`);
  } finally {
    await client.end();
  }
  await migrate(withDatabase(connection, template), "0.0.0-test");
}

/** The same server, another database. */
export function withDatabase(connection: ConnectionSettings, database: string): ConnectionSettings {
  if (!("connectionString" in connection)) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

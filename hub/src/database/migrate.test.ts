import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { withDatabase } from "../../../test/global-setup.ts";
import { DatabaseProblem, migrate, migrationNames } from "./migrate.ts";
import type { ConnectionSettings } from "./open.ts";

/** An empty database. */
async function emptyDatabase(): Promise<ConnectionSettings> {
  const { connection } = inject("postgres");
  const name = `test_migrate_${randomBytes(6).toString("hex")}`;
  await run(connection, `create database ${name} template template0`);
  onTestFinished(async () => void (await run(connection, `drop database ${name} with (force)`)));
  return withDatabase(connection, name);
}

async function run<Row extends pg.QueryResultRow>(connection: ConnectionSettings, text: string): Promise<Row[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A folder with migrations; their order on the disk is not that of their names. */
async function migrations(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "sentinal-migrations-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, "m"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, "m", name), text);
  return join(root, "m");
}

const first = { "202601010000_a.sql": "create table steps (n int generated always as identity, name text); insert into steps (name) values ('a')" };
const second = { "202601020000_b.sql": "insert into steps (name) values ('b1'); insert into steps (name) values ('b2')" };

const steps = async (connection: ConnectionSettings) => (await run<{ name: string }>(connection, "select name from steps order by n")).map((row) => row.name);

describe("migrating", () => {
  test("applies what is missing in the order of the names, each once, and tells what it did", async () => {
    const connection = await emptyDatabase();
    const dir = await migrations({ ...second, ...first, "README.md": "not one" });
    expect(await migrate(connection, "1.0.0", dir)).toEqual(["202601010000_a", "202601020000_b"]);
    expect(await migrate(connection, "1.0.0", dir)).toEqual([]);
    expect(await steps(connection)).toEqual(["a", "b1", "b2"]);
  });

  test("takes a database further from where it stands", async () => {
    const connection = await emptyDatabase();
    await migrate(connection, "1.0.0", await migrations(first));
    expect(await migrate(connection, "1.1.0", await migrations({ ...first, ...second }))).toEqual(["202601020000_b"]);
    expect(await run(connection, "select name, hub_version from schema_migrations order by name")).toEqual([
      { name: "202601010000_a", hub_version: "1.0.0" },
      { name: "202601020000_b", hub_version: "1.1.0" },
    ]);
  });

  test("happens once when several hubs start at the same moment", async () => {
    const connection = await emptyDatabase();
    const dir = await migrations({ ...first, ...second });
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(connection, "1.0.0", dir)));
    expect(applied.flat().toSorted()).toEqual(["202601010000_a", "202601020000_b"]);
    expect(await steps(connection)).toEqual(["a", "b1", "b2"]);
  });

  test("undoes one that fails as a whole, keeps those before it, and goes on there the next time", async () => {
    const connection = await emptyDatabase();
    const failing = { "202601020000_b.sql": "insert into steps (name) values ('half'); create table broken (x no_such_type)" };
    const refused = migrate(connection, "1.0.0", await migrations({ ...first, ...failing }));
    await expect(refused).rejects.toMatchObject({ code: "migration_failed" });
    await expect(refused).rejects.toThrow('The migration 202601020000_b failed and was undone: type "no_such_type" does not exist. The data is as it was');
    expect(await steps(connection)).toEqual(["a"]);
    expect(await migrate(connection, "1.0.1", await migrations({ ...first, ...second }))).toEqual(["202601020000_b"]);
    expect(await steps(connection)).toEqual(["a", "b1", "b2"]);
  });

  test("leaves no lock behind when it fails", async () => {
    const connection = await emptyDatabase();
    await expect(migrate(connection, "1.0.0", await migrations({ "1.sql": "no sql" }))).rejects.toThrow(DatabaseProblem);
    expect(await migrate(connection, "1.0.0", await migrations(first))).toHaveLength(1);
  });

  test("refuses a database that a newer hub has migrated, names that version, and changes nothing", async () => {
    const connection = await emptyDatabase();
    await migrate(connection, "2.5.0", await migrations({ ...first, ...second }));
    const refused = migrate(connection, "1.0.0", await migrations({ ...first, "202601015000_own.sql": "insert into steps (name) values ('own')" }));
    await expect(refused).rejects.toMatchObject({ code: "database_newer" });
    await expect(refused).rejects.toThrow("written by Sentinal 2.5.0, which is newer than this hub (1.0.0)");
    expect(await steps(connection)).toEqual(["a", "b1", "b2"]);
  });

  test("the hub's own migrations are applied in full to an empty database, and are named by their time", async () => {
    const connection = await emptyDatabase();
    const names = await migrationNames();
    expect(await migrate(connection, "1.0.0")).toEqual(names);
    for (const name of names) expect(name).toMatch(/^20\d{10}_[a-z_]+$/);
  });
});

describe("a server that cannot be reached", () => {
  test("is told with the reason and what to check, also for a host with several addresses", async () => {
    const { port, close } = await closedPort();
    close();
    for (const host of ["127.0.0.1", "localhost"]) {
      const refused = migrate({ connectionString: `postgresql://ada:hunter2@${host}:${port}/x` }, "1.0.0");
      await expect(refused).rejects.toMatchObject({ code: "database_unreachable" });
      await expect(refused).rejects.toThrow(/^PostgreSQL cannot be reached: .*ECONNREFUSED.*\. Check that the server runs/);
      await expect(refused).rejects.not.toThrow("hunter2");
    }
  });
});

/** A port on which nothing listens any more. */
async function closedPort(): Promise<{ port: number; close(): void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port has no number");
  return { port: address.port, close: () => void server.close() };
}

import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { openDatabase, startListener } from "../database/index.ts";
import { type Change, type Changes, changesChannel, createChanges } from "./changes.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

type Hub = { changes: Changes; heard: Change[][]; problems: unknown[] };

async function startHub(): Promise<Hub> {
  const listener = await startListener(database.connection, { hubId: randomBytes(8).toString("hex"), channels: [changesChannel], onProblem: () => {} });
  onTestFinished(() => listener.close());
  const problems: unknown[] = [];
  const changes = createChanges(database.db, listener, (error) => problems.push(error));
  const heard: Change[][] = [];
  changes.onChanges((list) => heard.push([...list]));
  return { changes, heard, problems };
}

const run = (id: number): Change => ({ kind: "run_updated", run: id });
/** As large as a change can be. */
const largest = (offset: number): Change => ({
  kind: "scan_completed",
  run: Number.MAX_SAFE_INTEGER - offset,
  scan: Number.MAX_SAFE_INTEGER,
  progress: Number.MAX_SAFE_INTEGER,
});

describe("live changes", () => {
  test("of a short while are one notification, on every hub, this one too", async () => {
    const [one, other] = [await startHub(), await startHub()];
    one.changes.announce([run(1)]);
    one.changes.announce([{ kind: "scan_completed", run: 1, scan: 2 }]);
    await expect.poll(() => other.heard).toEqual([[run(1), { kind: "scan_completed", run: 1, scan: 2 }]]);
    await expect.poll(() => one.heard).toEqual(other.heard);
  });

  test("that say the same thing twice are told once, with the later word", async () => {
    const hub = await startHub();
    hub.changes.announce([run(1), run(2), run(1)]);
    hub.changes.announce([{ kind: "scan_progress", run: 1, progress: 10 }]);
    hub.changes.announce([{ kind: "scan_progress", run: 1, progress: 20 }]);
    await expect.poll(() => hub.heard).toEqual([[run(1), run(2), { kind: "scan_progress", run: 1, progress: 20 }]]);
  });

  test("that are too many for one notification come in several, none lost, whatever the size of their ids", async () => {
    const hub = await startHub();
    const many = Array.from({ length: 1_000 }, (_unused, index) => largest(index));
    hub.changes.announce(many);
    await expect.poll(() => hub.heard.flat().length).toBe(1_000);
    expect(hub.heard.flat()).toEqual(many);
    expect(hub.heard.length).toBeGreaterThan(1);
    expect(hub.problems).toEqual([]);
  });

  test("that wait when the hub stops are still told", async () => {
    const [one, other] = [await startHub(), await startHub()];
    one.changes.announce([run(7)]);
    await one.changes.close();
    await expect.poll(() => other.heard).toEqual([[run(7)]]);
  });

  test("later ones are told after a failure, which is told too", async () => {
    const listener = await startListener(database.connection, { hubId: randomBytes(8).toString("hex"), channels: [changesChannel], onProblem: () => {} });
    onTestFinished(() => listener.close());
    const admin = new pg.Client(inject("postgres").connection);
    await admin.connect();
    const name = (await sql<{ name: string }>`select current_database() as name`.execute(database.db)).rows[0]?.name ?? "";
    const { db, close } = openDatabase(database.connection, { applicationName: "test", maxConnections: 1, onError: () => {} });
    onTestFinished(close);
    const problems: unknown[] = [];
    const changes = createChanges(db, listener, (error) => problems.push(error));
    const heard: Change[] = [];
    changes.onChanges((list) => heard.push(...list));
    try {
      await admin.query(`alter database ${name} allow_connections false`);
      changes.announce([run(1)]);
      await expect.poll(() => problems.length).toBe(1);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    changes.announce([run(2)]);
    await expect.poll(() => heard).toEqual([run(2)]);
  });

  test.each(["", "nonsense", "{}", '[{"kind":"run_updated"}]', '[{"kind":"gossip","run":1}]'])(
    "notifications that are none of ours, such as %j, are passed over",
    async (payload) => {
      const hub = await startHub();
      await sql`select pg_notify(${changesChannel}, ${payload})`.execute(database.db);
      hub.changes.announce([run(5)]);
      await expect.poll(() => hub.heard).toEqual([[run(5)]]);
    },
  );
});

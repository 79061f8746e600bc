import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { type Listener, startListener } from "./listen.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** A listener on the channel `news`, and what it said of itself. */
async function start(options: { now?: () => number } = {}) {
  const problems: Error[] = [];
  const listener = await startListener(database.connection, {
    hubId: randomBytes(8).toString("hex"),
    channels: ["news"],
    onProblem: (error) => problems.push(error),
    ...options,
  });
  onTestFinished(() => listener.close());
  return { listener, problems };
}

const notify = (payload: string) => sql`select pg_notify('news', ${payload})`.execute(database.db);
const connections = async () =>
  (
    await sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database() and application_name = 'sentinal listener'`.execute(
      database.db,
    )
  ).rows;
const cutOff = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sentinal listener'`.execute(
    database.db,
  );

/** The next notification. */
function next(listener: Listener): Promise<string> {
  return new Promise((resolve) => listener.on("news", resolve));
}

function reconnection(listener: Listener): Promise<void> {
  return new Promise((resolve) => listener.onReconnect(resolve));
}

describe("a listener", () => {
  test("hears what is told on its channels, in the order of the commits, by every handler", async () => {
    const { listener } = await start();
    const heard: string[][] = [[], []];
    const done = Promise.all(
      heard.map((list) => new Promise<void>((resolve) => listener.on("news", (payload) => void (list.push(payload) === 3 && resolve())))),
    );
    for (const word of ["one", "two", "three"]) await notify(word);
    await done;
    expect(heard).toEqual([
      ["one", "two", "three"],
      ["one", "two", "three"],
    ]);
  });

  test("does not hear other channels, nor other databases", async () => {
    const { listener } = await start();
    const heard: string[] = [];
    listener.on("news", (payload) => heard.push(payload));
    listener.on("other", (payload) => heard.push(payload));
    const elsewhere = new pg.Client(inject("postgres").connection);
    await elsewhere.connect();
    await elsewhere.query("select pg_notify('news', 'from another database')");
    await elsewhere.end();
    await sql`select pg_notify('other', 'x')`.execute(database.db);
    const last = next(listener);
    await notify("last");
    await last;
    expect(heard).toEqual(["last"]);
  });

  test("hears nothing of a transaction that is rolled back", async () => {
    const { listener } = await start();
    const heard = next(listener);
    await database.db
      .transaction()
      .execute(async (trx) => {
        await sql`select pg_notify('news', 'undone')`.execute(trx);
        throw new Error("rolled back");
      })
      .catch(() => {});
    await notify("done");
    expect(await heard).toBe("done");
  });

  test("that is cut off says so at once, comes back by itself, tells that something may be missing, and hears again", async () => {
    const { listener, problems } = await start();
    expect(listener.isHearing()).toBe(true);
    let couldHear: boolean | null = null;
    const back = reconnection(listener).then(() => (couldHear = listener.isHearing()));
    const noticed = expect.poll(() => listener.isHearing(), { interval: 1 }).toBe(false);
    await cutOff();
    await noticed;
    await back;
    expect(couldHear).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
    const heard = next(listener);
    await notify("again");
    expect(await heard).toBe("again");
    expect(await connections()).toHaveLength(1);
  });

  test("keeps trying while the server takes nobody", async () => {
    const { listener, problems } = await start();
    const { connection } = inject("postgres");
    const admin = new pg.Client(connection);
    await admin.connect();
    const name = (await sql<{ name: string }>`select current_database() as name`.execute(database.db)).rows[0]?.name ?? "";
    const back = reconnection(listener);
    try {
      await admin.query(`alter database ${name} allow_connections false`);
      await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'sentinal listener'", [name]);
      await expect.poll(() => problems.length).toBeGreaterThanOrEqual(3);
      expect(listener.isHearing()).toBe(false);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    await back;
    expect(listener.isHearing()).toBe(true);
    expect(await connections()).toHaveLength(1);
  });

  test("that has heard no ping of its own for two seconds does not say that it hears, until one comes back", async () => {
    const clock = { ms: 0 };
    const { listener } = await start({ now: () => clock.ms });
    clock.ms = 2_000;
    expect(listener.isHearing()).toBe(true);
    clock.ms = 2_001;
    expect(listener.isHearing()).toBe(false);
    await expect.poll(() => listener.isHearing()).toBe(true);
  });

  test("that is closed leaves no connection, also when it was cut off just then", async () => {
    const { listener } = await start();
    const { listener: other } = await start();
    await cutOff();
    await Promise.all([listener.close(), other.close()]);
    await expect.poll(connections).toEqual([]);
  });

  test("that cannot begin is refused and leaves no connection", async () => {
    await expect(startListener(database.connection, { hubId: "x", channels: ["\0"], onProblem: () => {} })).rejects.toThrow();
    await expect.poll(connections).toEqual([]);
  });
});

import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { inTransaction } from "../database/index.ts";
import { createTasks, type TaskOptions, type Tasks } from "./index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const options: TaskOptions = { concurrency: 1, expireInSeconds: 60, retries: 2 };

/** A hub's tasks; `start` is the caller's. */
function newTasks(): Tasks {
  const tasks = createTasks(database.connection, pino({ enabled: false }));
  onTestFinished(() => tasks.stop());
  return tasks;
}

const enqueue = (tasks: Tasks, name: string, data: object) => inTransaction(database.db, (trx) => tasks.enqueue(trx, name, data));

/** A promise and what fulfils it. */
function signal<Value = void>() {
  let give = (_value: Value) => {};
  const given = new Promise<Value>((resolve) => (give = resolve));
  return { given, give };
}

describe("a task", () => {
  test("runs when its transaction is committed, with what it was given", async () => {
    const tasks = newTasks();
    const ran = signal<object>();
    tasks.handle("commit.1", options, async (data) => ran.give(data));
    await tasks.start();
    await enqueue(tasks, "commit.1", { run: 7, text: "é\n" });
    expect(await ran.given).toEqual({ run: 7, text: "é\n" });
  });

  test("of a transaction that is rolled back never runs", async () => {
    const tasks = newTasks();
    const ran: object[] = [];
    const last = signal();
    tasks.handle<{ word: string }>("rollback.1", options, async (data) => {
      ran.push(data);
      if (data.word === "last") last.give();
    });
    await tasks.start();
    const undone = inTransaction(database.db, async (trx) => {
      await tasks.enqueue(trx, "rollback.1", { word: "undone" });
      throw new Error("rolled back");
    });
    await expect(undone).rejects.toThrow("rolled back");
    await enqueue(tasks, "rollback.1", { word: "last" });
    await last.given;
    expect(ran).toEqual([{ word: "last" }]);
    const left = await sql`select 1 from pgboss.job where name = 'rollback.1' and data->>'word' = 'undone'`.execute(database.db);
    expect(left.rows).toEqual([]);
  });

  test("that fails is tried again", async () => {
    const tasks = newTasks();
    let runs = 0;
    const done = signal();
    tasks.handle("retry.1", options, async () => {
      runs++;
      if (runs === 1) throw new Error("the first time");
      done.give();
    });
    await tasks.start();
    await enqueue(tasks, "retry.1", {});
    await done.given;
    expect(runs).toBe(2);
  });

  test("of a hub that was killed is given to another soon, long before its own time is over", async () => {
    const dead = newTasks();
    const begun = signal();
    const never = signal();
    dead.handle("killed.1", options, async () => {
      begun.give();
      await never.given;
    });
    await dead.start();
    await enqueue(dead, "killed.1", {});
    await begun.given;
    // As it stands in the database when nobody has given a sign of life for that long.
    const silent =
      await sql`update pgboss.job set heartbeat_on = now() - interval '21 seconds' where name = 'killed.1' and state = 'active' returning 1`.execute(
        database.db,
      );
    expect(silent.rows).toHaveLength(1);
    const heir = newTasks();
    const taken = signal();
    heir.handle("killed.1", options, async () => taken.give());
    await heir.start();
    await taken.given;
    never.give();
  });

  test("that nobody handles is a mistake of ours, and so are two handlers for one", async () => {
    const tasks = newTasks();
    await expect(enqueue(tasks, "unknown.1", {})).rejects.toThrow("no handler for the task unknown.1");
    tasks.handle("twice.1", options, async () => {});
    expect(() => tasks.handle("twice.1", options, async () => {})).toThrow("two handlers for the task twice.1");
  });
});

describe("stopping", () => {
  test("waits for the tasks that have begun; what has not begun waits for the next start", async () => {
    const tasks = newTasks();
    const begun = signal();
    const goOn = signal();
    const started: number[] = [];
    const finished: number[] = [];
    tasks.handle<{ n: number }>("drain.1", options, async ({ n }) => {
      started.push(n);
      begun.give();
      await goOn.given;
      finished.push(n);
    });
    await tasks.start();
    await enqueue(tasks, "drain.1", { n: 1 });
    await begun.given;
    const stopped = tasks.stop();
    // May still be fetched by a worker that was about to look.
    await enqueue(tasks, "drain.1", { n: 2 });
    goOn.give();
    await stopped;
    expect(finished).toContain(1);
    expect(finished).toEqual(started);

    if (finished.includes(2)) return;
    const next = newTasks();
    const rest = signal<number>();
    next.handle<{ n: number }>("drain.1", options, async ({ n }) => rest.give(n));
    await next.start();
    expect(await rest.given).toBe(2);
  });

  test("is possible before the start, and twice", async () => {
    const tasks = newTasks();
    await tasks.stop();
    const started = newTasks();
    await started.start();
    await started.stop();
    await started.stop();
  });
});

describe("several hubs", () => {
  test("share the tasks: each runs once", async () => {
    const hubs = [newTasks(), newTasks()];
    const ran: number[] = [];
    const all = signal();
    for (const tasks of hubs) {
      tasks.handle<{ n: number }>("shared.1", { ...options, concurrency: 2 }, async ({ n }) => {
        ran.push(n);
        if (ran.length === 20) all.give();
      });
      await tasks.start();
    }
    await Promise.all(Array.from({ length: 20 }, (_unused, n) => enqueue(hubs[n % 2] ?? newTasks(), "shared.1", { n })));
    await all.given;
    expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_unused, n) => n));
  });
});

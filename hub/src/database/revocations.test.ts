import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { startListener } from "./listen.ts";
import { createRevocations, revocationChannel, type Revocations, type Subject } from "./revocations.ts";
import { inTransaction } from "./transaction.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

type Hub = Revocations & { heard: (Subject | "all")[] };

async function startHub(): Promise<Hub> {
  const listener = await startListener(database.connection, { hubId: randomBytes(8).toString("hex"), channels: [revocationChannel], onProblem: () => {} });
  onTestFinished(() => listener.close());
  const revocations = createRevocations(listener);
  const heard: (Subject | "all")[] = [];
  revocations.onRevoked((subject) => heard.push(subject));
  return Object.assign(revocations, { heard });
}

/** As the parts of the hub do it. */
async function revoke(hub: Revocations, subject: Subject): Promise<void> {
  await inTransaction(database.db, (trx) => hub.notify(trx, subject));
  hub.apply(subject);
}

describe("a revocation", () => {
  test("is known to the hub that makes it as soon as it is made", async () => {
    const hub = await startHub();
    const before = hub.epoch();
    const done = revoke(hub, "api_token:7");
    await done;
    expect(hub.heard).toContain("api_token:7");
    expect(hub.epoch()).toBeGreaterThan(before);
  });

  test("reaches every other hub, for each kind of subject", async () => {
    const [one, other] = [await startHub(), await startHub()];
    const subjects: Subject[] = ["api_token:7", "session:00000000-0000-4000-8000-000000000000", "user:9"];
    const before = other.epoch();
    for (const subject of subjects) await revoke(one, subject);
    await expect.poll(() => other.heard).toEqual(subjects);
    expect(other.epoch()).toBe(before + subjects.length);
  });

  test("that is rolled back is none", async () => {
    const [one, other] = [await startHub(), await startHub()];
    await inTransaction(database.db, async (trx) => {
      await one.notify(trx, "user:1");
      throw new Error("rolled back");
    }).catch(() => {});
    await revoke(one, "user:2");
    await expect.poll(() => other.heard).toEqual(["user:2"]);
  });

  test("that may have been missed while the hub was cut off counts for all", async () => {
    const hub = await startHub();
    const before = hub.epoch();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sentinal listener'`.execute(
      database.db,
    );
    await expect.poll(() => hub.heard, { timeout: 10_000 }).toContain("all");
    expect(hub.epoch()).toBeGreaterThan(before);
    expect(hub.isHearing()).toBe(true);
  });

  test.each(["", "all", "user:", "user:1 ", "api_token:x", "session:x", "cat:1", "user:1\nuser:2"])(
    "of %j, which is no subject, is not believed",
    async (payload) => {
      const hub = await startHub();
      await sql`select pg_notify(${revocationChannel}, ${payload})`.execute(database.db);
      await sql`select pg_notify(${revocationChannel}, 'user:5')`.execute(database.db);
      await expect.poll(() => hub.heard).toEqual(["user:5"]);
    },
  );
});

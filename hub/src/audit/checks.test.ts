import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { announceHead, createAuditChecks, headText, recordAudit } from "./index.ts";
import { sealAll } from "./seal.ts";

let database: TestDatabase;
let lines: Record<string, unknown>[] = [];
const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  vi.useRealTimers();
  await database.close();
});
beforeEach(async () => {
  vi.useRealTimers();
  lines = [];
  await sql`truncate audit_entries restart identity`.execute(database.db);
  await sql`delete from hub_state`.execute(database.db);
});

async function seal(): Promise<string> {
  await recordAudit(database.db, { actor: { kind: "hub" }, action: "thing.done" });
  await sealAll(database.db);
  const row = await database.db.selectFrom("audit_entries").select(["position", "hash"]).orderBy("position", "desc").executeTakeFirstOrThrow();
  return headText({ position: row.position ?? 0, hash: row.hash ?? "" });
}

describe("the head", () => {
  const heads = () => lines.flatMap((line) => line["audit_head"] ?? []);

  test("is told at the start, each day and at the stop, as it is then", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const first = await seal();
    const announcements = await announceHead({ db: database.db, log });
    expect(heads()).toEqual([first]);
    const second = await seal();
    vi.advanceTimersByTime(24 * 3_600_000);
    await vi.waitFor(() => expect(heads()).toEqual([first, second]));
    const third = await seal();
    await announcements.stop();
    expect(heads()).toEqual([first, second, third]);
    vi.advanceTimersByTime(24 * 3_600_000);
    expect(heads()).toHaveLength(3);
  });

  test("of an empty log is not told", async () => {
    await (await announceHead({ db: database.db, log })).stop();
    expect(lines).toEqual([]);
  });
});

describe("checks by the hub", () => {
  test("run once a day over all hubs, and remember what they found", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let nowMs = Date.parse("2026-11-22T07:00:00Z");
    const make = () => createAuditChecks({ db: database.db, log, now: () => nowMs });
    const [one, other] = [make(), make()];
    await seal();
    one.start();
    other.start();
    expect((await one.state()).verified).toBeNull();
    vi.advanceTimersByTime(3_600_000);
    await vi.waitFor(async () => expect((await other.state()).verified).toMatchObject({ at: "2026-11-22T07:00:00.000Z", is_intact: true, checked: 1 }));
    nowMs += 22 * 3_600_000;
    vi.advanceTimersByTime(3_600_000);
    nowMs += 3_600_000;
    vi.advanceTimersByTime(3_600_000);
    await vi.waitFor(async () => expect((await one.state()).verified).toMatchObject({ at: "2026-11-23T06:00:00.000Z" }));
    await one.stop();
    await other.stop();
    expect(lines).toEqual([]);
  });

  test("that find a broken log say so in the hub's log", async () => {
    await seal();
    await sql`update audit_entries set action = 'thing.forged'`.execute(database.db);
    const checks = createAuditChecks({ db: database.db, log });
    checks.begin();
    checks.begin();
    await vi.waitFor(async () => expect((await checks.state()).is_verifying).toBe(false));
    expect(lines).toMatchObject([{ level: 50, audit_problems: [{ kind: "changed", id: 1 }] }]);
    expect((await checks.state()).verified).toMatchObject({ is_intact: false, problems: [{ kind: "changed" }] });
    await checks.stop();
  });

  test("that a stop interrupts leave no outcome and no complaint", async () => {
    await seal();
    const checks = createAuditChecks({ db: database.db, log });
    checks.begin();
    await checks.stop();
    expect(await checks.state()).toMatchObject({ verified: null, is_verifying: false });
    expect(lines).toEqual([]);
  });

  test("tell no outcome where somebody wrote something else in its place", async () => {
    await sql`insert into hub_state (name, value) values ('audit_verified', '{"is_intact": "yes"}')`.execute(database.db);
    expect((await createAuditChecks({ db: database.db, log }).state()).verified).toBeNull();
  });
});

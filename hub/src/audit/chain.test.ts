import { createHash } from "node:crypto";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { recordAudit, startSealing, verifyAudit } from "./index.ts";
import { canonicalText, sealAll } from "./seal.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await sql`truncate audit_entries restart identity`.execute(database.db);
  await sql`delete from hub_state`.execute(database.db);
});

async function record(count: number): Promise<void> {
  for (let index = 1; index <= count; index++) {
    await recordAudit(database.db, {
      actor: { kind: "user", id: index },
      action: "thing.done",
      subject: { kind: "thing", id: index },
      address: "192.0.2.1",
      requestId: `request-${index}`,
      detail: { b: index, a: ["x", "y"], c: null },
    });
  }
}

async function chain() {
  return database.db.selectFrom("audit_entries").select(["id", "position", "hash"]).orderBy("position").execute();
}

describe("sealing", () => {
  test("gives every entry the next place and the hash over itself and the one before", async () => {
    await record(3);
    expect(await sealAll(database.db)).toBe(3);

    const rows = (
      await sql<{ position: number; hash: Buffer; line: string }>`
        select position, hash, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as line from audit_entries order by position
      `.execute(database.db)
    ).rows;
    let before = Buffer.alloc(32);
    for (const [index, row] of rows.entries()) {
      const number = index + 1;
      const text = `[${number},"${row.line}","user","${number}","thing.done","thing","${number}","done","192.0.2.1","request-${number}",{"a":["x","y"],"b":${number},"c":null}]`;
      before = createHash("sha256").update(before).update(text).digest();
      expect(row.position).toBe(number);
      expect(row.hash.toString("hex")).toBe(before.toString("hex"));
    }
    expect(await verifyAudit(database.db)).toEqual({
      isIntact: true,
      checked: 3,
      head: { position: 3, hash: before.toString("hex") },
      problems: [],
      isCutOff: false,
    });
  });

  test("goes on where it stopped, also over more than one batch", async () => {
    await record(2);
    await sealAll(database.db);
    await sql`insert into audit_entries (actor_kind, action, outcome) select 'hub', 'thing.done', 'done' from generate_series(1, 2500)`.execute(database.db);
    expect(await sealAll(database.db)).toBe(2_500);
    const verification = await verifyAudit(database.db);
    expect(verification).toMatchObject({ isIntact: true, checked: 2_502, head: { position: 2_502 } });
  });

  test("takes an entry that became visible late, after those with higher ids", async () => {
    let commit = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let hasWritten = (): void => {};
    const written = new Promise<void>((resolve) => {
      hasWritten = resolve;
    });
    const slow = database.db.transaction().execute(async (trx) => {
      await recordAudit(trx, { actor: { kind: "hub" }, action: "slow.done" });
      hasWritten();
      await waiting;
    });
    await written;
    await record(2);
    await sealAll(database.db);
    commit();
    await slow;
    await sealAll(database.db);

    expect((await chain()).map((row) => [row.id, row.position])).toEqual([
      [2, 1],
      [3, 2],
      [1, 3],
    ]);
    expect(await verifyAudit(database.db)).toMatchObject({ isIntact: true, checked: 3, problems: [] });
  });

  test("by many hubs at once makes one chain", async () => {
    const writing = Array.from({ length: 5 }, () => record(20));
    const hubs = Array.from({ length: 4 }, async () => {
      for (let pass = 0; pass < 10; pass++) await sealAll(database.db);
    });
    await Promise.all([...writing, ...hubs]);
    await sealAll(database.db);
    expect(await verifyAudit(database.db)).toMatchObject({ isIntact: true, checked: 100, head: { position: 100 }, problems: [] });
  });

  test("runs by itself, and once more at the end", async () => {
    const sealing = startSealing({ db: database.db, log: pino({ enabled: false }) });
    await record(1);
    await vi.waitFor(async () => expect((await verifyAudit(database.db)).checked).toBe(1), { timeout: 10_000, interval: 50 });
    await record(1);
    await sealing.stop();
    expect(await verifyAudit(database.db)).toMatchObject({ isIntact: true, checked: 2, problems: [] });
  });

  test("does not depend on the order in which names of the detail come", () => {
    const entry = {
      id: 1,
      at: "",
      actor_kind: "hub",
      actor_id: null,
      action: "a.b",
      subject_kind: null,
      subject_id: null,
      outcome: "done",
      address: null,
      request_id: null,
    };
    expect(canonicalText({ ...entry, detail: { b: 1, a: { d: 1, c: 2 }, 10: 1, 9: 1 } })).toBe(
      canonicalText({ ...entry, detail: { 9: 1, 10: 1, a: { c: 2, d: 1 }, b: 1 } }),
    );
  });
});

describe("verifying", () => {
  async function sealed(count: number): Promise<void> {
    await record(count);
    await sealAll(database.db);
  }

  /** Puts the entries with these ids at new places; with `withHash` they take the hash that belongs there along. */
  async function move(places: Readonly<Record<number, number>>, withHash: boolean): Promise<void> {
    const before = await chain();
    const ids = Object.keys(places).map(Number);
    await database.db
      .updateTable("audit_entries")
      .set({ position: sql`-position` })
      .where("id", "in", ids)
      .execute();
    for (const id of ids) {
      const there = before.find((row) => row.position === places[id]);
      await database.db
        .updateTable("audit_entries")
        .set({ position: places[id] ?? 0, ...(withHash && { hash: there?.hash ?? null }) })
        .where("id", "=", id)
        .execute();
    }
  }

  test("names an entry that waits for its seal, and does not call the log broken for it", async () => {
    await sealed(2);
    await record(1);
    const verification = await verifyAudit(database.db);
    expect(verification.problems).toMatchObject([{ kind: "unsealed", id: 3, isLate: false }]);
    expect(verification.isIntact).toBe(true);
  });

  test("calls the log broken for an entry that was never sealed", async () => {
    await sealed(2);
    await record(1);
    await sql`update audit_entries set at = at - interval '1 minute' where id = 3`.execute(database.db);
    expect(await verifyAudit(database.db)).toMatchObject({ isIntact: false, problems: [{ kind: "unsealed", id: 3, isLate: true }] });
  });

  test.each([
    ["the time", sql`at = at + interval '1 microsecond'`],
    ["the kind of actor", sql`actor_kind = 'hub'`],
    ["the actor", sql`actor_id = '99'`],
    ["the action", sql`action = 'thing.undone'`],
    ["the kind of subject", sql`subject_kind = 'other'`],
    ["the subject", sql`subject_id = null`],
    ["the outcome", sql`outcome = 'refused'`],
    ["the address", sql`address = '192.0.2.2'`],
    ["the request", sql`request_id = 'another'`],
    ["the detail", sql`detail = detail || '{"b": 77}'`],
    ["the hash", sql`hash = sha256(hash)`],
    ["the hash, removed", sql`hash = null`],
  ])("names an entry with a change in %s", async (_what, change) => {
    await sealed(5);
    await sql`update audit_entries set ${change} where id = 3`.execute(database.db);
    const verification = await verifyAudit(database.db);
    expect(verification.isIntact).toBe(false);
    expect(verification.problems[0]).toEqual({ kind: "changed", id: 3, position: 3 });
  });

  test("names only the entry that was changed", async () => {
    await sealed(5);
    await sql`update audit_entries set actor_id = '99' where id in (2, 4)`.execute(database.db);
    expect((await verifyAudit(database.db)).problems).toEqual([
      { kind: "changed", id: 2, position: 2 },
      { kind: "changed", id: 4, position: 4 },
    ]);
  });

  test("names missing entries at the beginning, within and at the end", async () => {
    await sealed(9);
    await sql`delete from audit_entries where id in (1, 4, 5, 9)`.execute(database.db);
    expect((await verifyAudit(database.db)).problems).toEqual([
      { kind: "missing", from: 1, to: 1 },
      { kind: "missing", from: 4, to: 5 },
      { kind: "missing", from: 9, to: 9 },
    ]);
  });

  test("still names an end that was cut off after new entries came", async () => {
    await sealed(5);
    await sql`delete from audit_entries where id in (4, 5)`.execute(database.db);
    await record(2);
    await sealAll(database.db);
    expect((await verifyAudit(database.db)).problems).toEqual([{ kind: "missing", from: 4, to: 5 }]);
  });

  test.each([false, true])("names entries that changed places (hash taken from the new place: %s)", async (withHash) => {
    await sealed(8);
    await move({ 3: 4, 4: 3 }, withHash);
    expect((await verifyAudit(database.db)).problems).toEqual([
      { kind: "reordered", id: 4, position: 3, sealedAt: 4 },
      { kind: "reordered", id: 3, position: 4, sealedAt: 3 },
    ]);
  });

  test("names an entry that was moved to the end", async () => {
    await sealed(6);
    await sql`update audit_entries set position = 7 where id = 2`.execute(database.db);
    expect((await verifyAudit(database.db)).problems).toEqual([
      { kind: "missing", from: 2, to: 2 },
      { kind: "reordered", id: 2, position: 7, sealedAt: 2 },
    ]);
  });

  test("names an entry that was put in before the chain", async () => {
    await sealed(2);
    await sql`insert into audit_entries (actor_kind, action, outcome, position, hash) values ('hub', 'forged', 'done', -1, sha256('x'))`.execute(database.db);
    expect((await verifyAudit(database.db)).problems).toEqual([{ kind: "changed", id: 3, position: -1 }]);
  });

  test("notices a chain that was made anew from the first entry", async () => {
    await sealed(4);
    const head = await database.db.selectFrom("hub_state").selectAll().where("name", "=", "audit_head").executeTakeFirstOrThrow();
    await sql`update audit_entries set position = null, hash = null`.execute(database.db);
    await sql`update audit_entries set action = 'forged' where id = 1`.execute(database.db);
    await sql`delete from hub_state`.execute(database.db);
    await sealAll(database.db);
    await database.db
      .updateTable("hub_state")
      .set({ value: JSON.stringify(head.value) })
      .execute();
    expect(await verifyAudit(database.db)).toMatchObject({ isIntact: false, problems: [{ kind: "changed", position: 4 }] });
  });

  test("says when the hub no longer knows where its chain ended", async () => {
    await sealed(2);
    await sql`delete from hub_state`.execute(database.db);
    expect((await verifyAudit(database.db)).problems).toEqual([{ kind: "head_lost" }]);
  });

  test("names a thousand problems, and says that there are more", async () => {
    await sql`insert into audit_entries (actor_kind, action, outcome) select 'hub', 'thing.done', 'done' from generate_series(1, 2200)`.execute(database.db);
    await sealAll(database.db);
    await sql`update audit_entries set action = 'forged' where id <= 1100`.execute(database.db);
    const verification = await verifyAudit(database.db);
    expect(verification).toMatchObject({ isIntact: false, isCutOff: true, checked: 2_200 });
    expect(verification.problems).toHaveLength(1_000);
    expect(new Set(verification.problems.map((problem) => problem.kind))).toEqual(new Set(["changed"]));
  });
});

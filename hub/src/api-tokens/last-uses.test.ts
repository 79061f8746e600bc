import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createLastUses } from "../database/index.ts";

let database: TestDatabase;
let id = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const row = await database.db
    .insertInto("api_tokens")
    .values({ name: "CI", prefix: "sent_0", token_hash: Buffer.alloc(32), scopes: [] })
    .returning("id")
    .executeTakeFirstOrThrow();
  id = row.id;
});
afterAll(async () => {
  await database.close();
});

async function written(): Promise<number | null> {
  const row = await database.db.selectFrom("api_tokens").select("last_used_at").where("id", "=", id).executeTakeFirst();
  return row?.last_used_at?.getTime() ?? null;
}

test("the first use is written within seconds, the following ones once a minute at most", async () => {
  const start = Date.parse("2026-11-22T07:00:00Z");
  let clock = start;
  const uses = createLastUses({ db: database.db, log: pino({ enabled: false }), now: () => clock, table: "api_tokens" });
  const writes: number[] = [];
  let last: number | null = null;
  for (let seconds = 5; seconds <= 180; seconds += 5) {
    uses.note(id, clock, "192.0.2.1");
    clock = start + seconds * 1_000;
    await uses.writeDue();
    const stored = await written();
    if (stored !== last) writes.push(seconds);
    last = stored;
  }
  expect(writes).toEqual([5, 65, 125]);
  uses.note(id, clock, "192.0.2.1");
  await uses.close();
  expect(await written()).toBe(clock);
});

test("what cannot be written is kept for the next time", async () => {
  let clock = Date.parse("2026-11-22T08:00:00Z");
  const uses = createLastUses({ db: database.db, log: pino({ enabled: false }), now: () => clock, table: "api_tokens" });
  uses.note(id, clock, "192.0.2.1");
  await database.db.schema.alterTable("api_tokens").renameTo("api_tokens_away").execute();
  await expect(uses.flush()).rejects.toThrow("api_tokens");
  await database.db.schema.alterTable("api_tokens_away").renameTo("api_tokens").execute();
  const used = clock;
  clock += 1_000_000;
  await uses.close();
  expect(await written()).toBe(used);
});

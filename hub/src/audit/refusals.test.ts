import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createRefusals, type Refusals } from "./index.ts";

let database: TestDatabase;
let clock = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await database.db.deleteFrom("audit_entries").execute();
  clock = Date.parse("2026-11-22T07:00:00Z");
});

function refusals(db = database.db): Refusals {
  return createRefusals({ db, log: pino({ enabled: false }), now: () => clock });
}

async function entries() {
  return database.db
    .selectFrom("audit_entries")
    .select(["actor_kind", "action", "outcome", "address", "subject_kind", "subject_id", "detail"])
    .orderBy("id")
    .execute();
}

test("a thousand refusals of one kind are one entry with their number", async () => {
  const counted = refusals();
  for (let index = 0; index < 1_000; index++) {
    counted.count({ action: "sign_in.refused", reason: "credentials_wrong", address: "192.0.2.1", subject: { kind: "user", id: 7 } });
    clock += 10;
  }
  expect(await entries()).toEqual([]);
  await counted.flush();
  expect(await entries()).toEqual([
    {
      actor_kind: "anonymous",
      action: "sign_in.refused",
      outcome: "refused",
      address: "192.0.2.1",
      subject_kind: "user",
      subject_id: "7",
      detail: { reason: "credentials_wrong", count: 1_000, first_at: "2026-11-22T07:00:00.000Z", last_at: "2026-11-22T07:00:09.990Z" },
    },
  ]);
});

test("who tried and what they lacked stand in the entry, and keep it apart from others", async () => {
  const counted = refusals();
  const refusal = { action: "access.refused", reason: "role_missing", address: "192.0.2.1", subject: { kind: "route", id: "POST /x" } };
  for (const id of [7, 7, 8]) counted.count({ ...refusal, actor: { kind: "user", id }, needs: "the role Admin" });
  await counted.flush();
  const written = await database.db.selectFrom("audit_entries").select(["actor_kind", "actor_id", "detail"]).orderBy("id").execute();
  expect(written).toMatchObject([
    { actor_kind: "user", actor_id: "7", detail: { reason: "role_missing", needs: "the role Admin", count: 2 } },
    { actor_kind: "user", actor_id: "8", detail: { count: 1 } },
  ]);
});

test("reason, address and subject are kept apart", async () => {
  const counted = refusals();
  counted.count({ action: "api_token.refused", reason: "token_expired", address: "192.0.2.1", subject: { kind: "api_token", id: 1 } });
  counted.count({ action: "api_token.refused", reason: "token_revoked", address: "192.0.2.1", subject: { kind: "api_token", id: 1 } });
  counted.count({ action: "api_token.refused", reason: "token_expired", address: "192.0.2.2", subject: { kind: "api_token", id: 1 } });
  counted.count({ action: "api_token.refused", reason: "token_expired", address: "192.0.2.1", subject: { kind: "api_token", id: 2 } });
  await counted.flush();
  expect(await entries()).toHaveLength(4);
});

test("nothing is written twice", async () => {
  const counted = refusals();
  counted.count({ action: "sign_in.refused", reason: "credentials_wrong", address: "192.0.2.1" });
  await Promise.all([counted.flush(), counted.flush(), counted.stop()]);
  expect(await entries()).toHaveLength(1);
});

test("the rest is written at the end", async () => {
  const counted = refusals();
  counted.start();
  counted.count({ action: "sign_in.refused", reason: "credentials_wrong", address: "192.0.2.1" });
  await counted.stop();
  expect(await entries()).toHaveLength(1);
});

test("a flood from many addresses stays bounded, and none of it is lost", async () => {
  const counted = refusals();
  for (let index = 0; index < 50_000; index++) {
    counted.count({ action: "sign_in.refused", reason: "credentials_wrong", address: `2001:db8::${index.toString(16)}` });
  }
  await counted.flush();
  const written = await entries();
  expect(written.length).toBeLessThanOrEqual(1_001);
  expect(written.map((entry) => countOf(entry.detail)).reduce((sum, count) => sum + count, 0)).toBe(50_000);
  expect(written.at(-1)).toMatchObject({ address: null, detail: { count: 49_000 } });
});

test("what cannot be written is kept for the next time", async () => {
  const other = await createTestDatabase();
  const counted = refusals(other.db);
  counted.count({ action: "sign_in.refused", reason: "credentials_wrong", address: "192.0.2.1" });
  await other.db.schema.alterTable("audit_entries").renameTo("audit_entries_away").execute();
  await expect(counted.flush()).rejects.toThrow("audit_entries");
  counted.count({ action: "sign_in.refused", reason: "credentials_wrong", address: "192.0.2.1" });
  await other.db.schema.alterTable("audit_entries_away").renameTo("audit_entries").execute();
  await counted.flush();
  const rows = await other.db.selectFrom("audit_entries").select("detail").execute();
  await other.close();
  expect(rows.map((row) => countOf(row.detail))).toEqual([2]);
});

function countOf(detail: unknown): number {
  return typeof detail === "object" && detail !== null && "count" in detail ? Number(detail.count) : Number.NaN;
}

import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { deleteOldRows } from "./old-rows.ts";

let database: TestDatabase;
let user = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await sql`truncate users cascade`.execute(database.db);
  await sql`truncate invitations, password_resets, account_notices`.execute(database.db);
  const row = await database.db
    .insertInto("users")
    .values({ username: "ada", email: "ada@example.org", password_hash: "x", role: "Admin" })
    .returning("id")
    .executeTakeFirstOrThrow();
  user = row.id;
});

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
let hashes = 0;
const hash = () => Buffer.from(String(++hashes).padStart(32, "0"));

async function invitation(dates: { expires_at: Date; used_at?: Date; revoked_at?: Date }): Promise<void> {
  await database.db
    .insertInto("invitations")
    .values({ token_hash: hash(), role: "Viewer", created_by: user, ...dates })
    .execute();
}

async function reset(dates: { expires_at: Date; used_at?: Date; voided_at?: Date }): Promise<void> {
  await database.db
    .insertInto("password_resets")
    .values({ token_hash: hash(), user_id: user, ...dates })
    .execute();
}

async function notice(dismissedAt: Date | null): Promise<void> {
  await database.db
    .insertInto("account_notices")
    .values({ user_id: user, kind: "refresh_token_reused", created_at: daysAgo(400), dismissed_at: dismissedAt })
    .execute();
}

async function left(table: "invitations" | "password_resets" | "account_notices"): Promise<number> {
  return (await database.db.selectFrom(table).select("id").execute()).length;
}

test("invitations that were used, revoked or ran out three months ago are deleted, and no others", async () => {
  for (const days of [89, 91]) {
    await invitation({ expires_at: daysAgo(days) });
    await invitation({ expires_at: daysAgo(-10), used_at: daysAgo(days) });
    await invitation({ expires_at: daysAgo(-10), revoked_at: daysAgo(days) });
  }
  await invitation({ expires_at: daysAgo(-1) });
  expect(await deleteOldRows(database.db)).toBe(3);
  expect(await left("invitations")).toBe(4);
  expect(await deleteOldRows(database.db)).toBe(0);
});

test("links for a password that were used, voided or ran out three months ago are deleted, and no others", async () => {
  for (const days of [89, 91]) {
    await reset({ expires_at: daysAgo(days) });
    await reset({ expires_at: daysAgo(-1), used_at: daysAgo(days) });
    await reset({ expires_at: daysAgo(-1), voided_at: daysAgo(days) });
  }
  expect(await deleteOldRows(database.db)).toBe(3);
  expect(await left("password_resets")).toBe(3);
});

test("notices go three months after they were put away, and stay for as long as nobody did", async () => {
  await notice(daysAgo(91));
  await notice(daysAgo(89));
  await notice(null);
  expect(await deleteOldRows(database.db)).toBe(1);
  expect(await left("account_notices")).toBe(2);
});

test("two hubs that sweep at once delete each row once", async () => {
  for (let count = 0; count < 20; count++) await invitation({ expires_at: daysAgo(91) });
  const [first, second] = await Promise.all([deleteOldRows(database.db), deleteOldRows(database.db)]);
  expect(first + second).toBe(20);
  expect(await left("invitations")).toBe(0);
});

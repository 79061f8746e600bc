import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { unawaited } from "./hot-pool.ts";
import { type OpenDatabase, openDatabase } from "./open.ts";
import { inTransaction } from "./transaction.ts";

let database: TestDatabase;
let open: OpenDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  open = openDatabase(database.connection, { applicationName: "test", maxConnections: 1, onError: () => {} });
  await sql`create table notes (id int primary key, text text not null)`.execute(open.db);
});
afterAll(async () => {
  await open.close();
  await database.close();
});

const texts = async () => (await sql<{ text: string }>`select text from notes order by id`.execute(open.db)).rows.map((row) => row.text);

describe("a transaction on a hot connection", () => {
  test("takes effect as a whole, with the statements that nobody waited for, in their order", async () => {
    const seen = await inTransaction(open.hot, async (trx) => {
      await sql`${unawaited} insert into notes values (${1}, ${"one"})`.execute(trx);
      await sql`${unawaited} update notes set text = ${"first"} where id = ${1}`.execute(trx);
      return (await sql<{ text: string }>`select text from notes where id = ${1}`.execute(trx)).rows;
    });
    expect(seen).toEqual([{ text: "first" }]);
    expect(await texts()).toEqual(["first"]);
  });

  test("fails with the error of a statement that nobody waited for, and leaves nothing", async () => {
    const failing = inTransaction(open.hot, async (trx) => {
      await sql`insert into notes values (${2}, ${"two"})`.execute(trx);
      await sql`${unawaited} insert into notes values (${1}, ${"again"})`.execute(trx);
      await sql`select text from notes where id = ${1}`.execute(trx);
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await texts()).toEqual(["first"]);
  });

  test("fails at the commit when nothing was waited for after the failure", async () => {
    const failing = inTransaction(open.hot, async (trx) => {
      await sql`${unawaited} insert into notes values (${1}, ${"again"})`.execute(trx);
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await texts()).toEqual(["first"]);
  });

  test("leaves a connection that the next one can use", async () => {
    await inTransaction(open.hot, async (trx) => {
      await sql`${unawaited} insert into notes values (${3}, ${"three"})`.execute(trx);
    });
    expect(await texts()).toEqual(["first", "three"]);
  });
});

test("a statement is prepared once a connection, and runs with other values", async () => {
  for (const id of [3, 1, 3]) await sql`select text from notes where id = ${id}`.execute(open.hot);
  const prepared = await sql<{ count: number }>`
    select count(*) as count from pg_prepared_statements where statement = 'select text from notes where id = $1'`.execute(open.db);
  expect(prepared.rows).toEqual([{ count: 1 }]);
});

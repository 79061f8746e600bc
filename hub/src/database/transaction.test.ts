import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { type DatabaseTransaction, inTransaction, isUniqueViolation } from "./transaction.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`create table accounts (id int primary key, amount int not null, constraint accounts_amount unique (amount))`.execute(database.db);
  await sql`insert into accounts values (1, 100), (2, 200)`.execute(database.db);
});
afterAll(() => database.close());

const add = (trx: DatabaseTransaction, id: number) => sql`update accounts set amount = amount + 1 where id = ${id}`.execute(trx);
const amounts = async () => (await sql<{ amount: number }>`select amount from accounts order by id`.execute(database.db)).rows.map((row) => row.amount);

/** Resolves for all who wait when the last of them has come. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    come++;
    if (come >= size) open();
    await all;
  };
}

describe("a transaction", () => {
  test("is run again when PostgreSQL gave it up in a deadlock, and both take effect once", async () => {
    const before = await amounts();
    const meet = meeting(2);
    const runs = [0, 0];
    await Promise.all(
      [
        [1, 2],
        [2, 1],
      ].map(([from = 0, to = 0], index) =>
        inTransaction(database.db, async (trx) => {
          runs[index] = (runs[index] ?? 0) + 1;
          await add(trx, from);
          await meet();
          await add(trx, to);
        }),
      ),
    );
    // On a busy machine they may meet again.
    expect(Math.max(...runs)).toBeGreaterThan(1);
    expect(await amounts()).toEqual(before.map((amount) => amount + 2));
  });

  test("that fails by itself is not run again and leaves nothing", async () => {
    const before = await amounts();
    let runs = 0;
    const failing = inTransaction(database.db, async (trx) => {
      runs++;
      await add(trx, 1);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(runs).toBe(1);
    expect(await amounts()).toEqual(before);
  });

  test("that can never come through is given up after five runs", async () => {
    let runs = 0;
    const failing = inTransaction(database.db, async (trx) => {
      runs++;
      await sql`do $$ begin raise exception 'again' using errcode = 'serialization_failure'; end $$`.execute(trx);
    });
    await expect(failing).rejects.toMatchObject({ code: "40001" });
    expect(runs).toBe(5);
  });
});

describe("a violated constraint", () => {
  test("is told by its name", async () => {
    const error = await sql`insert into accounts select 3, amount from accounts limit 1`.execute(database.db).catch((caught: unknown) => caught);
    expect(isUniqueViolation(error, "accounts_amount")).toBe(true);
    expect(isUniqueViolation(error, "accounts_pkey")).toBe(false);
    expect(isUniqueViolation(new Error("duplicate"), "accounts_amount")).toBe(false);
  });
});

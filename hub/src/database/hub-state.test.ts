import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { databaseAnswers, forgetHubState, readHubState, rememberOnce } from "./hub-state.ts";
import { openDatabase } from "./open.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe("what the hub remembers of itself", () => {
  test("is written once: the first word stands, for all who come at the same moment", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_unused, index) => rememberOnce(database.db, "race", `word ${index}`)));
    expect(new Set(answers).size).toBe(1);
    expect(await rememberOnce(database.db, "race", "later")).toBe(answers[0]);
  });

  test("is null before it was written, and after it was forgotten", async () => {
    expect(await readHubState(database.db, "gone")).toBeNull();
    await rememberOnce(database.db, "gone", "x");
    await forgetHubState(database.db, "gone");
    expect(await readHubState(database.db, "gone")).toBeNull();
  });
});

describe("whether the database answers", () => {
  test("is true when it does", async () => {
    expect(await databaseAnswers(database.db)).toBe(true);
  });

  test("is false when it is closed", async () => {
    const { db, close } = openDatabase(database.connection, { applicationName: "test", maxConnections: 1, onError: () => {} });
    expect(await databaseAnswers(db)).toBe(true);
    await close();
    expect(await databaseAnswers(db)).toBe(false);
  });

  test("is false when it takes too long, instead of waiting for it", async () => {
    const { db, close } = openDatabase(database.connection, { applicationName: "test", maxConnections: 1, onError: () => {} });
    let end = () => {};
    const held = new Promise<void>((resolve) => (end = resolve));
    // The only connection is in use.
    const busy = db.connection().execute(async (own) => {
      await sql`select 1`.execute(own);
      await held;
    });
    expect(await databaseAnswers(db, 20)).toBe(false);
    end();
    await busy;
    expect(await databaseAnswers(db)).toBe(true);
    await close();
  });
});

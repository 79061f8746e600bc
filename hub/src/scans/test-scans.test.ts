import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { countTestFacets, listTests } from "./test-queries.ts";
import type { TestScope } from "./test-scans.ts";
import { addTests, newRepository, type NewResult, type NewScan } from "./testing/test-results.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const add = (scan: NewScan, results: readonly NewResult[]) => addTests(database.db, scan, results);

const list = async (scope: TestScope, visible: string | null = null) => (await listTests(database.db, scope, {}, visible, { sort: "name", limit: 200 })).items;
const names = async (scope: TestScope) => (await list(scope)).map((one) => one.name);

describe("a branch", () => {
  test("shows each test as it ended last there, also one that the newest scan does not have", async () => {
    const repository = newRepository();
    await add({ repository }, [{ name: "a", outcome: "failed" }, { name: "b" }, { name: "c", outcome: "skipped" }]);
    await add({ repository }, [{ name: "a" }, { name: "b", outcome: "failed" }]);
    const newest = await add({ repository }, [{ name: "a", outcome: "failed" }]);
    await add({ repository, branch: "feature" }, [{ name: "a" }, { name: "b" }, { name: "c" }, { name: "d" }]);
    const items = await list({ repository });
    expect(items.map(({ name, outcome, branch }) => [name, outcome, branch])).toEqual([
      ["a", "failed", "main"],
      ["b", "failed", "main"],
      ["c", "skipped", "main"],
    ]);
    expect(items[0]).toMatchObject({ scan_id: newest.id, run_id: newest.runId, repository });
    expect(await names({ repository, branch: "feature" })).toEqual(["a", "b", "c", "d"]);
    expect(await names({ repository, branch: "nowhere" })).toEqual([]);
  });

  test("goes by the start of runs, not by the arrival of their reports", async () => {
    const repository = newRepository();
    await add({ repository, startedAt: "2026-01-02T00:00:00Z" }, [{ name: "a" }]);
    await add({ repository, startedAt: "2026-01-01T00:00:00Z" }, [{ name: "a", outcome: "failed" }]);
    const [item] = await list({ repository });
    expect(item).toMatchObject({ outcome: "passed", history: [{ outcome: "failed" }, { outcome: "passed" }] });
  });

  test("is kept apart from others that are listed with it", async () => {
    const repository = newRepository();
    const scans: [branch: string, tests: string[]][] = [
      ["one", ["a", "b", "c"]],
      ["two", ["b", "c"]],
      ["two", ["b"]],
      ["one", ["a"]],
    ];
    for (const [branch, tests] of scans)
      await add(
        { repository, branch, commit: branch },
        tests.map((name) => ({ name })),
      );
    const items = await list({ repository });
    expect(items.map(({ name, branch }) => `${branch} ${name}`).toSorted()).toEqual(["one a", "one b", "one c", "two b", "two c"]);
    for (const { branch, history } of items) for (const point of history) expect(point.commit_hash).toBe(branch);
  });

  test("forgets a test that none of the last 10 scans has, of the same tool and category alone", async () => {
    const repository = newRepository();
    await add({ repository }, [{ name: "gone" }, { name: "there" }]);
    await add({ repository, tool: "junit" }, [{ name: "weekly" }]);
    await add({ repository, category: "e2e" }, [{ name: "nightly" }]);
    for (let scan = 1; scan < 10; scan++) await add({ repository }, [{ name: "there" }]);
    expect(await names({ repository })).toEqual(["gone", "nightly", "there", "weekly"]);
    await add({ repository }, [{ name: "there" }]);
    expect(await names({ repository })).toEqual(["nightly", "there", "weekly"]);
  });

  test("shows what runs so seldom that it is not among the newest runs", async () => {
    const repository = newRepository();
    await add({ repository, tool: "junit" }, [{ name: "yearly", outcome: "failed" }]);
    await sql`insert into runs (repository_id, commit_hash, branch, status)
      select id, 'c2', 'main', 'Success' from repositories cross join generate_series(1, 2500) where name = ${repository}`.execute(database.db);
    await add({ repository }, [{ name: "often" }]);
    expect(await names({ repository })).toEqual(["often", "yearly"]);
  });

  test("is the default one where none is named: as the repository says, else main, else each", async () => {
    const [told, main, neither] = [newRepository(), newRepository(), newRepository()];
    for (const branch of ["main", "develop"]) await add({ repository: told, branch, defaultBranch: "develop" }, [{ name: "a" }]);
    for (const branch of ["main", "develop"]) await add({ repository: main, branch }, [{ name: "a" }]);
    for (const branch of ["one", "two"]) await add({ repository: neither, branch }, [{ name: "a" }]);
    const branches = async (repository: string) => (await list({ repository })).map((one) => one.branch).toSorted();
    expect(await branches(told)).toEqual(["develop"]);
    expect(await branches(main)).toEqual(["main"]);
    expect(await branches(neither)).toEqual(["one", "two"]);
    const everywhere = await list({});
    for (const repository of [told, main, neither]) expect(everywhere.some((one) => one.repository === repository)).toBe(true);
  });
});

describe("a run", () => {
  test("shows each test once, as the last attempt that has it ended, and all tools together", async () => {
    const repository = newRepository();
    const first = await add({ repository }, [{ name: "a", outcome: "failed" }, { name: "b" }]);
    await add({ repository, runId: first.runId, tool: "junit" }, [{ name: "c" }]);
    const second = await add({ repository, runId: first.runId, attempt: 2 }, [{ name: "a", isFlaky: true }]);
    await add({ repository }, [{ name: "a", outcome: "error" }]);
    const items = await list({ runId: first.runId });
    expect(items.map(({ name, outcome, scan_id: scanId }) => [name, outcome, scanId])).toEqual([
      ["a", "passed", second.id],
      ["b", "passed", first.id],
      ["c", "passed", expect.any(Number)],
    ]);
    expect((await list({ scanId: first.id })).map(({ name, outcome }) => [name, outcome])).toEqual([
      ["a", "failed"],
      ["b", "passed"],
    ]);
    expect((await countTestFacets(database.db, { runId: first.runId }, {}, null)).outcome).toEqual([{ value: "passed", count: 3 }]);
    expect(await names({ runId: first.runId, scanId: second.id })).toEqual(["a"]);
    expect(await names({ runId: first.runId, branch: "other" })).toEqual([]);
    expect(await names({ runId: first.runId, repository: "other/one" })).toEqual([]);
  });
});

test("what is not to be seen is in no list, and counted nowhere", async () => {
  const [own, other] = [newRepository(), newRepository()];
  await add({ repository: own }, [{ name: "own" }]);
  const foreign = await add({ repository: other }, [{ name: "foreign" }]);
  for (const scope of [{ scanId: foreign.id }, { runId: foreign.runId }, { repository: other }, { repository: other, branch: "main" }]) {
    expect(await list(scope, own)).toEqual([]);
    expect((await countTestFacets(database.db, scope, {}, own)).outcome).toEqual([]);
  }
  expect((await list({}, own)).map((one) => one.name)).toEqual(["own"]);
});

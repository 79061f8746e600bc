import type { Test } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { findTest, listTests, type TestSort } from "./test-queries.ts";
import type { TestScope } from "./test-scans.ts";
import { type AddedScan, addTests, newRepository, type NewResult, type NewScan } from "./testing/test-results.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const add = (scan: NewScan, results: readonly NewResult[]) => addTests(database.db, scan, results);
const list = async (scope: TestScope, sort: TestSort = "name") => (await listTests(database.db, scope, {}, null, { sort, limit: 200 })).items;

/** All pages of a list, each of that length at most. */
async function allPages(scope: TestScope, sort: TestSort, limit: number): Promise<Test[]> {
  const items: Test[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listTests(database.db, scope, {}, null, { sort, limit, cursor: cursor ?? undefined });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}

const many = (count: number): NewResult[] =>
  Array.from({ length: count }, (_unused, index) => ({
    name: `test ${index % 5}`,
    file: `${index}.ts`,
    outcome: (["failed", "passed", "error", "skipped"] as const)[index % 4] ?? "passed",
    isFlaky: index % 6 === 0,
    ...(index % 3 > 0 && { durationMs: (index % 7) + 0.125 }),
  }));

describe("the order of tests", () => {
  const repository = newRepository();
  let scanId: number;
  beforeAll(async () => {
    const scan = await add({ repository }, [
      { name: "b passed", durationMs: 3 },
      { name: "a skipped", outcome: "skipped" },
      { name: "z failed", outcome: "failed", durationMs: 10.5 },
      { name: "a flaky", isFlaky: true, durationMs: 10.25 },
      { name: "c error", outcome: "error", durationMs: 1 },
      { name: "a passed", durationMs: 0 },
      { name: "y failed, flaky", outcome: "failed", isFlaky: true, durationMs: 70_000 },
    ]);
    scanId = scan.id;
  });

  test.each<[TestSort, string[]]>([
    ["failed", ["c error", "y failed, flaky", "z failed", "a flaky", "a skipped", "a passed", "b passed"]],
    ["slow", ["y failed, flaky", "z failed", "a flaky", "b passed", "c error", "a passed", "a skipped"]],
    ["name", ["a flaky", "a passed", "a skipped", "b passed", "c error", "y failed, flaky", "z failed"]],
    ["flaky", ["a flaky", "y failed, flaky", "c error", "z failed", "a skipped", "a passed", "b passed"]],
  ])("%s", async (sort, expected) => {
    expect((await list({ scanId }, sort)).map((one) => one.name)).toEqual(expected);
  });
});

describe("paging through tests", () => {
  test.each(([1, 2, 7, 40, 200] as const).flatMap((limit) => (["failed", "slow", "name", "flaky"] as const).map((sort): [number, TestSort] => [limit, sort])))(
    "by %i at a time, %s first, gives each once and in one order",
    async (limit, sort) => {
      const repository = newRepository();
      await add({ repository }, many(40));
      const items = await allPages({ repository }, sort, limit);
      expect(items.map((one) => one.file).toSorted()).toEqual(
        many(40)
          .map((one) => one.file)
          .toSorted(),
      );
      expect(items.map((one) => one.id)).toEqual((await list({ repository }, sort)).map((one) => one.id));
    },
  );

  test("goes on behind names of any length and any characters", async () => {
    const repository = newRepository();
    const starts = ["x".repeat(400), "\u{1F600}".repeat(250), '"\\\n\t', "%_'--", ""];
    const results = starts.flatMap((start) => ["a", "b"].map((end) => ({ name: `${start}${end}` })));
    await add({ repository }, results);
    expect((await allPages({ repository }, "name", 1)).map((one) => one.name).toSorted()).toEqual(results.map((one) => one.name).toSorted());
  });

  test("ends a page early where its answer would pass 200 KB, and leaves nothing out", async () => {
    const repository = newRepository();
    const results = Array.from({ length: 60 }, (_unused, index): NewResult => ({
      name: `${index} ${"n".repeat(900)}`,
      file: "f".repeat(1_900),
      suites: ["s".repeat(900), "\u00e9".repeat(900)],
      outcome: "failed",
      message: "\u{1F600}".repeat(1_000),
    }));
    const { id: scanId } = await add({ repository }, results);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listTests(database.db, { scanId }, {}, null, { sort: "name", limit: 200, cursor: cursor ?? undefined });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(200_000);
      expect(page.items.length).toBeGreaterThan(5);
      seen.push(...page.items.map((one) => one.name));
      cursor = page.next_cursor;
    }
    expect(seen.toSorted()).toEqual(results.map((one) => one.name).toSorted());
  });

  test("gives a test once for each branch, where no branch is known to be the default one", async () => {
    const repository = newRepository();
    for (const branch of ["one", "two", "three"]) await add({ repository, branch }, [{ name: "a" }]);
    expect((await allPages({ repository }, "failed", 1)).map((one) => one.branch).toSorted()).toEqual(["one", "three", "two"]);
  });

  test("refuses a cursor of another order, and one of nobody's", async () => {
    const repository = newRepository();
    await add({ repository }, many(3));
    const { next_cursor: cursor } = await listTests(database.db, { repository }, {}, null, { sort: "failed", limit: 1 });
    for (const foreign of [cursor ?? "", "x", Buffer.from("[1,2]").toString("base64url"), Buffer.from('[2,0,1,"a",1]').toString("base64url")]) {
      await expect(listTests(database.db, { repository }, {}, null, { sort: "name", limit: 1, cursor: foreign })).rejects.toMatchObject({
        code: "field_invalid",
        errors: [{ field: "cursor" }],
      });
    }
  });
});

describe("the history of a test", () => {
  test("holds its last 30 results on the branch of its run, newest last, gaps left out", async () => {
    const repository = newRepository();
    const scans: AddedScan[] = [];
    for (let index = 0; index < 34; index++) {
      const day = `2026-01-01T00:${String(index).padStart(2, "0")}:00Z`;
      scans.push(
        await add({ repository, commit: `c${index}`, startedAt: day }, [
          { name: "always", outcome: index % 2 === 0 ? "failed" : "passed", durationMs: index },
          ...(index % 3 === 0 ? [{ name: "at times", isFlaky: index === 3 }] : []),
        ]),
      );
      if (index % 5 === 0) await add({ repository, branch: "feature", startedAt: day }, [{ name: "always", outcome: "error" }]);
    }
    for (const scope of [{ repository }, { scanId: scans[0]?.id }]) {
      const [always, atTimes] = await list(scope);
      expect(always?.history.map((point) => point.commit_hash)).toEqual(Array.from({ length: 30 }, (_unused, index) => `c${index + 4}`));
      expect(atTimes?.history.map((point) => point.commit_hash)).toEqual(Array.from({ length: 12 }, (_unused, index) => `c${index * 3}`));
      expect(always?.history.at(-1)).toEqual({
        run_id: scans[33]?.runId,
        scan_id: scans[33]?.id,
        commit_hash: "c33",
        at: "2026-01-01T00:33:00.000Z",
        outcome: "passed",
        flaky: false,
        duration_ms: 33,
      });
    }
    const [always] = await list({ scanId: scans[33]?.id });
    const detail = await findTest(database.db, always?.id ?? 0, {}, null);
    expect(detail).toMatchObject({ fail_rate: 0.5, flaky_rate: 0, history: always?.history });
    expect((await list({ repository, branch: "feature" }))[0]?.history).toHaveLength(7);
  });
});

describe("failing since", () => {
  test("is what the state of the branch says, and null where the test does not fail there", async () => {
    const repository = newRepository();
    const results: NewResult[] = [{ name: "a", outcome: "failed" }, { name: "b" }];
    const scan = await add({ repository }, results);
    const feature = await add({ repository, branch: "feature" }, results);
    const state = { has_failed: true, changed_at: "2026-01-01T00:00:00Z", changed_run_id: 17 };
    await database.db
      .insertInto("test_states")
      .values([
        { ...state, branch_scope_id: scan.branchScopeId, test_id: scan.tests["a"] ?? 0, is_failing: true },
        { ...state, branch_scope_id: scan.branchScopeId, test_id: scan.tests["b"] ?? 0, is_failing: false },
      ])
      .execute();
    const since = async (scope: TestScope) => (await list(scope)).map((one) => one.failing_since);
    expect(await since({ repository })).toEqual([{ run_id: 17, at: "2026-01-01T00:00:00.000Z" }, null]);
    expect(await since({ scanId: scan.id })).toEqual([{ run_id: 17, at: "2026-01-01T00:00:00.000Z" }, null]);
    expect(await since({ scanId: feature.id })).toEqual([null, null]);
  });
});

describe("one test", () => {
  test("comes with its whole message, trace, attempts and detail", async () => {
    const attempt = { outcome: "failed", duration_ms: 2.5, message: "m".repeat(1_500), trace: "t".repeat(5_000) };
    const scan = await add({ repository: newRepository() }, [
      {
        name: "a",
        outcome: "failed",
        suites: ["s"],
        file: "a.ts",
        line: 3,
        message: "x".repeat(900),
        errorType: "TypeError",
        trace: "at a.ts:3",
        attempts: [attempt, { outcome: "error", duration_ms: null, message: null, trace: null }],
        detail: { stdout: "<script>alert(1)</script>" },
      },
    ]);
    const id = scan.tests["a"] ?? 0;
    expect((await list({ scanId: scan.id }))[0]?.message).toHaveLength(500);
    expect(await findTest(database.db, id, {}, null)).toMatchObject({
      id,
      suites: ["s"],
      file: "a.ts",
      line: 3,
      message: "x".repeat(900),
      error_type: "TypeError",
      trace: "at a.ts:3",
      attempts: [
        { outcome: "failed", duration_ms: 2.5, message: "m".repeat(1_000), trace: "t".repeat(4_000) },
        { outcome: "error", duration_ms: null, message: null, trace: null },
      ],
      detail: { stdout: "<script>alert(1)</script>" },
      fail_rate: 1,
      flaky_rate: 0,
    });
  });

  test("is shown as the scan had it, else as the branch has it, else as the default branch, else where it was seen last", async () => {
    const repository = newRepository();
    const old = await add({ repository, defaultBranch: "trunk", branch: "trunk" }, [{ name: "a", outcome: "skipped" }]);
    const trunk = await add({ repository, branch: "trunk" }, [{ name: "a", outcome: "failed" }]);
    const feature = await add({ repository, branch: "feature" }, [{ name: "a" }, { name: "b" }]);
    const id = trunk.tests["a"] ?? 0;
    const seen = async (test_: number, asked: { branch?: string; scanId?: number }, visible: string | null = null) =>
      (await findTest(database.db, test_, asked, visible))?.scan_id;
    expect(await seen(id, { scanId: old.id })).toBe(old.id);
    expect(await seen(id, { branch: "feature" })).toBe(feature.id);
    expect(await seen(id, {})).toBe(trunk.id);
    expect(await seen(feature.tests["b"] ?? 0, {})).toBe(feature.id);
    expect(await seen(feature.tests["b"] ?? 0, { branch: "trunk" })).toBeUndefined();
    expect(await seen(feature.tests["b"] ?? 0, { scanId: trunk.id })).toBeUndefined();
    expect(await seen(id, { scanId: old.id, branch: "feature" })).toBeUndefined();
    expect(await seen(id, {}, repository)).toBe(trunk.id);
    expect(await seen(id, {}, "another/one")).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { listTestErrors, listTestSuites } from "./test-groups.ts";
import { addTests, newRepository, type NewResult, type NewScan } from "./testing/test-results.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const add = (scan: NewScan, results: readonly NewResult[]) => addTests(database.db, scan, results);

describe("equal errors", () => {
  test("are one group, the largest first, with the first ten of its tests", async () => {
    const [one, two] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
    const failures = (count: number, prefix: string, rest: Partial<NewResult>): NewResult[] =>
      Array.from({ length: count }, (_unused, index) => ({ name: `${prefix}${String(index).padStart(2, "0")}`, outcome: "failed", ...rest }));
    const scan = await add({ repository: newRepository() }, [
      ...failures(12, "many", { errorHash: one, errorType: "E", message: "took 5 ms".padEnd(900, "!") }),
      ...failures(3, "few", { errorHash: two, message: "no" }),
      ...failures(2, "plain", { message: "no hash", outcome: "error" }),
      ...failures(1, "silent", {}),
      { name: "skipped", outcome: "skipped", message: "no hash" },
    ]);
    const { items, left_out: leftOut } = await listTestErrors(database.db, scan.id);
    expect(items.map(({ message, error_type: type, count }) => [message.length, type, count])).toEqual([
      [500, "E", 12],
      [2, null, 3],
      [7, null, 2],
      [0, null, 1],
    ]);
    expect(items[0]?.tests).toEqual(Array.from({ length: 10 }, (_unused, index) => ({ id: scan.tests[`many0${index}`], name: `many0${index}` })));
    expect(leftOut).toBe(0);
  });

  test("beyond 200 groups, or 200 KB, are counted and left out", async () => {
    const results = Array.from({ length: 230 }, (_unused, index): NewResult => ({ name: `test ${index}`, outcome: "failed", message: `error ${index}` }));
    const scan = await add({ repository: newRepository() }, results);
    const { items, left_out: leftOut } = await listTestErrors(database.db, scan.id);
    expect([items.length, leftOut]).toEqual([200, 30]);
    const wide = await add(
      { repository: newRepository() },
      results.map((one) => ({ ...one, message: `${one.message} ${"\u{1F600}".repeat(500)}` })),
    );
    const cut = await listTestErrors(database.db, wide.id);
    expect(Buffer.byteLength(JSON.stringify(cut))).toBeLessThanOrEqual(200_000);
    expect(cut.items.length + cut.left_out).toBe(230);
    expect(cut.items.length).toBeGreaterThan(50);
  });
});

describe("suites", () => {
  test("count the tests that stand right in them, those with failures first", async () => {
    const scan = await add({ repository: newRepository() }, [
      { name: "a", suites: ["A"], durationMs: 1.5 },
      { name: "b", suites: ["A", "B"], durationMs: 2, isFlaky: true },
      { name: "c", suites: ["A", "B"], outcome: "skipped" },
      { name: "d", suites: ["Z"], outcome: "failed", durationMs: 4 },
      { name: "e", suites: ["Z"], outcome: "error" },
      { name: "Z", suites: ["Z"], outcome: "error", kind: "suite" },
      { name: "f", className: "K", file: "k.ts" },
      { name: "g", file: "g.ts" },
      { name: "h" },
    ]);
    const none = { failed: 0, errors: 0, passed: 0, skipped: 0, flaky: 0, total: 1, duration_ms: null };
    const { items, left_out: leftOut } = await listTestSuites(database.db, scan.id);
    expect(items[0]).toEqual({ ...none, path: ["Z"], failed: 1, errors: 2, total: 2, duration_ms: 4 });
    expect(items.slice(1).toSorted((a, b) => JSON.stringify(a.path).localeCompare(JSON.stringify(b.path)))).toEqual(
      [
        { ...none, path: [], passed: 1 },
        { ...none, path: ["A"], passed: 1, duration_ms: 1.5 },
        { ...none, path: ["A", "B"], passed: 1, skipped: 1, flaky: 1, total: 2, duration_ms: 2 },
        { ...none, path: ["g.ts"], passed: 1 },
        { ...none, path: ["K"], passed: 1 },
      ].toSorted((a, b) => JSON.stringify(a.path).localeCompare(JSON.stringify(b.path))),
    );
    expect(leftOut).toBe(0);
  });
});

import { describe, expect, test } from "vitest";
import { readAll } from "../testing/read-all.ts";
import { tapReader } from "./reader.ts";

const read = (lines: string | readonly string[]) => readAll(tapReader, typeof lines === "string" ? lines : lines.join("\n"));
const codes = ({ problems }: Awaited<ReturnType<typeof read>>) => problems.map(({ severity, code }) => `${severity} ${code}`);

describe("a subtest", () => {
  const names = ({ tests }: Awaited<ReturnType<typeof read>>) => tests.map(({ kind, suites, name }) => [kind, ...suites, name].join(" / "));

  test("in four blanks is named in front of it, in it, or behind it; the point behind it is no test", async () => {
    const inner = ["    ok 1 - a", "        ok 1 - deep", "        1..1", "    ok 2 - inner", "    1..2", "ok 1 - outer", "1..1"];
    const expected = ["case / outer / a", "case / outer / inner / deep"];
    const inFront = ["# Subtest: outer", "    # Subtest: a", inner[0] ?? "", "    # Subtest: inner", "        # Subtest: deep", ...inner.slice(1)];
    const inside = ["    # Subtest: outer", inner[0] ?? "", "        # Subtest: inner", ...inner.slice(1)];
    for (const lines of [inner, inFront, inside]) {
      const got = await read(lines);
      expect(names(got)).toEqual(expected);
      expect(got.problems).toEqual([]);
    }
  });

  test("of one name in another of the same has both", async () => {
    const lines = [
      "# Subtest: a",
      "    # Subtest: a",
      "        # Subtest: a",
      "        ok 1 - a",
      "        1..1",
      "    ok 1 - a",
      "    1..1",
      "ok 1 - a",
      "1..1",
    ];
    expect(names(await read(lines))).toEqual(["case / a / a / a"]);
  });

  test("in braces is named by the point that opens it", async () => {
    const lines = [
      "1..3",
      "not ok 1 - a.test.ts # time=3ms {",
      "    1..2",
      "    ok 1 - cart {",
      "        1..1",
      "        ok 1 - adds {",
      "    }",
      "    not ok 2 - b",
      "}",
      "ok 2 - c {",
      "}",
      "ok 3 - d",
      "{",
      "    ok 1 - e",
      "    1..1",
      "}",
    ];
    const got = await read(lines);
    expect(names(got)).toEqual(["case / cart / adds {", "case / b", "case / c", "case / d / e"]);
    expect(got.tests.map(({ file }) => file)).toEqual(["a.test.ts", "a.test.ts", null, null]);
    expect(got.problems).toEqual([]);
  });

  test("that failed while none of its tests did is an error of its own", async () => {
    const error = { kind: "suite", outcome: "error", statusWord: "failed", name: "suite", suites: [] };
    const hook = await read(["# Subtest: suite", "    ok 1 - a", "    1..1", "not ok 1 - suite", "  ---", "  error: 'after broke'", "  ...", "1..1"]);
    expect(hook.tests).toMatchObject([{ kind: "case" }, { ...error, message: "after broke" }]);
    expect((await read(["1..1", "not ok 1 - suite {", "    1..1", "    ok 1 - a", "}"])).tests).toMatchObject([
      { kind: "case" },
      { ...error, message: "It failed, and none of its tests did" },
    ]);
    expect((await read(["    not ok 1 - a", "    1..1", "not ok 1 - suite", "1..1"])).tests).toMatchObject([{ kind: "case", outcome: "failed" }]);
    expect((await read(["    ok 1 - a", "    1..1", "not ok 1 - suite # TODO", "1..1"])).tests).toMatchObject([{ kind: "case" }]);
  });

  test("without tests is one test", async () => {
    expect((await read(["# Subtest: a", "    1..0 # SKIP none", "ok 1 - a # SKIP none", "1..1"])).tests).toMatchObject([
      { kind: "case", name: "a", statusWord: "skipped" },
    ]);
  });

  test("whose plan is not kept is an error and makes the report partial", async () => {
    const got = await read(["# Subtest: suite", "    1..3", "    ok 1 - a", "not ok 1 - suite", "1..1"]);
    expect(names(got)).toEqual(["case / suite / a", "suite / suite"]);
    expect(got.problems).toMatchObject([{ severity: "partial", code: "plan_mismatch", message: "The plan of suite is for 3 tests, and 1 were run" }]);
  });

  test("of another indentation is what is said, and no subtest", async () => {
    const got = await read(["1..1", "not ok 1 - a", "  ok 1 - said", "   1..2", "      ok 2 - said"]);
    expect(names(got)).toEqual(["case / a"]);
    expect(got.tests[0]?.message).toBe("ok 1 - said\n 1..2\n    ok 2 - said");
  });
});

describe("a plan", () => {
  test("stands in front, behind, or is missing", async () => {
    expect(codes(await read(["1..2", "ok 1", "ok 2"]))).toEqual([]);
    expect(codes(await read(["ok 1", "ok 2", "1..2"]))).toEqual([]);
    const missing = await read(["TAP version 13", "ok 1", "ok 2"]);
    expect(codes(missing)).toEqual(["partial plan_missing"]);
    expect(missing.tests).toHaveLength(2);
  });

  test("of no tests is clean, with a reason or without", async () => {
    expect(await read("1..0 # SKIP no database")).toMatchObject({ tests: [], problems: [], summary: { tool: "TAP", shape: "tap" } });
    expect(await read("TAP version 14\n1..0\n")).toMatchObject({ tests: [], problems: [], summary: { shape: "tap-14" } });
  });

  test.each([
    [["1..3", "ok 1", "ok 2"], "The plan is for 3 tests, and 2 were run"],
    [["ok 1", "ok 2", "1..1"], "The plan is for 1 tests, and 2 were run"],
  ])("that is not kept is an error and makes the report partial: %j", async (lines, message) => {
    const got = await read(lines);
    expect(got.tests).toMatchObject([{ kind: "case" }, { kind: "case" }, { kind: "suite", outcome: "error", name: "TAP plan", message }]);
    expect(got.problems).toMatchObject([{ severity: "partial", code: "plan_mismatch", message }]);
  });

  test("of each of several reports behind each other counts for its own", async () => {
    const parts = [
      ["TAP version 13", "1..2", "ok 1 - a", "ok 2 - b"],
      ["TAP version 13", "ok 1 - c", "1..1"],
      ["ok 1 - d", "ok 2 - e", "1..2"],
      ["1..1", "ok 1 - f"],
    ];
    const got = await read(parts.flat());
    expect(got.tests.map(({ name }) => name)).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(got.problems).toEqual([]);
    expect(codes(await read(["TAP version 13", "1..2", "ok 1 - a", ...(parts[1] ?? [])]))).toEqual(["partial plan_mismatch"]);
  });
});

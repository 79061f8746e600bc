import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { jestReader } from "./reader.ts";

const read = (content: unknown) => readAll(jestReader, content);
const name = "/home/runner/work/shop/shop/t/a.test.ts";
const assertion = (members: Record<string, unknown> = {}) => ({
  ancestorTitles: ["cart", "totals"],
  fullName: "cart totals adds",
  title: "adds",
  status: "passed",
  duration: 2.5,
  failureMessages: [],
  ...members,
});
const file = (...assertionResults: unknown[]) => ({ assertionResults, message: "", name, status: "passed" });
const report = (...testResults: unknown[]) => ({ numTotalTestSuites: 1, numTotalTests: 0, success: true, testResults });
const first = async (members: Record<string, unknown>) => (await read(report(file(assertion(members))))).tests[0];

describe("a test", () => {
  test("is read with its suites, its file and its failure", async () => {
    const failureMessages = [
      "Error: \u001b[2mexpect(\u001b[22mreceived\u001b[2m)\u001b[22m.toBe(expected)\n\nExpected: 2\n    at Object.<anonymous> (t/a.test.ts:3:9)\n    at b",
      "TypeError: second\n    at c",
    ];
    const { tests, problems } = await read(report(file(assertion({ status: "failed", failureMessages, location: { line: 7, column: 3 } }))));
    expect(problems).toEqual([]);
    expect(tests).toMatchObject([
      {
        kind: "case",
        outcome: "failed",
        statusWord: "failed",
        isFlaky: false,
        suites: ["cart", "totals"],
        name: "adds",
        file: "t/a.test.ts",
        line: 7,
        durationMs: 2.5,
        message: "Error: expect(received).toBe(expected)\n\nExpected: 2",
        trace: "    at Object.<anonymous> (t/a.test.ts:3:9)\n    at b",
        errorType: "Error",
        attempts: [],
        detail: { column: 3, further_failures: [{ message: "TypeError: second", trace: "    at c" }] },
        identity: ["case", '["cart","totals"]', null, "adds", "t/a.test.ts", null],
      },
    ]);
  });

  test.each([
    ["passed", "passed"],
    ["failed", "failed"],
    ["skipped", "skipped"],
    ["pending", "skipped"],
    ["todo", "skipped"],
    ["disabled", "skipped"],
    ["focused", "passed"],
  ])("of status %s is %s, and keeps its word", async (status, outcome) => {
    expect(await first({ status })).toMatchObject({ statusWord: status, outcome });
  });

  test("that passed behind failed tries is flaky, as Vitest and as Jest say it", async () => {
    const tries = ["Error: one\n    at a", "Error: two\n    at b"];
    const attempts = [
      { outcome: "failed", durationMs: null, message: "Error: one", trace: "    at a" },
      { outcome: "failed", durationMs: null, message: "Error: two", trace: "    at b" },
    ];
    expect(await first({ failureMessages: tries })).toMatchObject({ outcome: "passed", isFlaky: true, attempts, message: null, trace: null });
    expect(await first({ invocations: 3, retryReasons: tries })).toMatchObject({ outcome: "passed", isFlaky: true, attempts });
    expect(await first({ invocations: 2 })).toMatchObject({ isFlaky: true, attempts: [] });
    expect(await first({ invocations: 1, retryReasons: [] })).toMatchObject({ isFlaky: false, attempts: [] });
    expect(await first({ status: "failed", retryReasons: tries, failureMessages: ["Error: last"] })).toMatchObject({
      isFlaky: false,
      attempts,
      message: "Error: last",
    });
  });

  test("without a title has its full name, and one that says nothing is told", async () => {
    expect(await first({ title: null })).toMatchObject({ name: "cart totals adds" });
    const { tests, problems } = await read(report(file({}, { title: "a" }, 5, null)));
    expect(tests).toMatchObject([{ name: "a", statusWord: "unknown", outcome: "skipped" }]);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      "partial entry_unreadable",
      "warning entry_missing",
      "partial status_missing",
    ]);
  });
});

describe("a file", () => {
  test("that did not load is an error of its own", async () => {
    const message = "  \u001b[1m● \u001b[22mTest suite failed to run\n\n    Cannot find module 'x'\n\n      at Resolver (y.js:1:1)";
    const { tests } = await read(report({ assertionResults: [], message, name, status: "failed" }, { assertionResults: [], name: "b", status: "failed" }));
    expect(tests).toMatchObject([
      {
        kind: "suite",
        outcome: "error",
        name: "t/a.test.ts",
        file: "t/a.test.ts",
        message: "● Test suite failed to run\n\n    Cannot find module 'x'",
        trace: "      at Resolver (y.js:1:1)",
        identity: ["suite", null, null, "t/a.test.ts", "t/a.test.ts", null],
      },
      { kind: "suite", name: "b", message: "The file failed, and none of its tests did" },
    ]);
  });

  test("that failed around its tests is one too, but none where a test tells of it", async () => {
    const around = await read(report({ ...file(assertion()), status: "failed", message: "after broke" }));
    expect(around.tests).toMatchObject([{ kind: "case" }, { kind: "suite", message: "after broke" }]);
    const told = await read(report({ ...file(assertion({ status: "failed" })), status: "failed", message: "● cart › totals › adds" }));
    expect(told.tests).toMatchObject([{ kind: "case", outcome: "failed" }]);
    const fine = await read(report({ ...file(assertion()), status: "focused" }, file()));
    expect(fine.tests).toMatchObject([{ kind: "case", outcome: "passed" }]);
  });

  test("has its name on each test, wherever it stands", async () => {
    const { name: _name, ...rest } = file(assertion(), assertion({ title: "b" }));
    expect(await read(report({ name, ...rest }))).toEqual(await read(report({ ...rest, name })));
    expect((await read(report(rest))).tests).toMatchObject([{ file: null }, { file: null }]);
  });
});

describe("a report", () => {
  const tool = async (content: unknown) => (await read(content)).summary?.tool;

  test("is told apart by the members that only one of the two writes", async () => {
    expect(await tool({ ...report(file(assertion({ meta: {} }))), snapshot: {} })).toBe("Vitest");
    expect(await tool(report({ ...file(), status: "failed" }))).toBe("Vitest");
    expect(await tool({ ...report(file(assertion())), wasInterrupted: false, openHandles: [] })).toBe("Jest");
    expect(await tool({ ...report(), numRuntimeErrorTestSuites: 0 })).toBe("Jest");
    expect(await tool(report(file(assertion({ invocations: 1, numPassingAsserts: 0 }))))).toBe("Jest");
    expect(await tool({ testResults: [file(assertion())] })).toBe("Jest");
  });

  test("as a reporter of Jest gets it is read as well", async () => {
    const testResults = [{ testFilePath: name, failureMessage: null, testResults: [assertion()] }];
    const own = { numTotalTests: 1, testResults };
    expect(await read(own)).toMatchObject({ tests: [{ name: "adds", file: "t/a.test.ts" }], problems: [], summary: { tool: "Jest" } });
    expect(recognise(bytesOf(own))?.reader.format).toBe("jest");
  });

  test("of an interrupted run is partial, and one that counts more tests than it holds is not complete", async () => {
    expect((await read({ ...report(file(assertion())), wasInterrupted: true })).problems).toMatchObject([{ severity: "partial", code: "interrupted" }]);
    const { summary, problems } = await read({ ...report(file(assertion())), numTotalTests: 2 });
    expect(summary?.isComplete).toBe(false);
    expect(problems).toMatchObject([{ severity: "warning", code: "counts_differ" }]);
  });

  test("of no tests is clean", async () => {
    expect(await read(report())).toMatchObject({ tests: [], problems: [] });
  });

  test("passes over a map of coverage of many megabytes", async () => {
    const { tests, problems } = await readAll(jestReader, { coverageMap: { a: "x".repeat(40_000_000) }, ...report(file(assertion())) }, 65_536);
    expect(tests).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test.each(["null", "[]", "{}", '{"numTotalTests":1}', '{"testResults":[]}', '{"testResults":[{"name":"a"}]}'])(
    "that is none is refused: %s",
    async (content) => {
      const { summary, problems } = await read(content);
      expect(summary).toBeNull();
      expect(problems.at(-1)).toMatchObject({ severity: "refused" });
    },
  );
});

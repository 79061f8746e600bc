import { describe, expect, test } from "vitest";
import { recognise } from "../registry.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { ctrfReader } from "./reader.ts";

const read = (content: unknown) => readAll(ctrfReader, content);
const report = (...tests: unknown[]) => ({
  reportFormat: "CTRF",
  specVersion: "0.0.0",
  results: { tool: { name: "vitest", version: "5.1" }, summary: { tests: tests.length, passed: tests.length }, tests },
});
const first = async (members: Record<string, unknown>) => (await read(report({ name: "t", status: "passed", duration: 5, ...members }))).tests[0];

describe("a test", () => {
  test("is read with its place, its failure and what else it tells", async () => {
    const { tests, summary, problems } = await read(
      report({
        name: "adds\n  numbers",
        status: "failed",
        duration: 12.5,
        suite: ["cart", "totals"],
        filePath: "/home/runner/work/shop/shop/t/a.test.ts",
        line: 7,
        message: "\u001b[31mAssertionError\u001b[39m: expected 1 to be 2",
        trace: "AssertionError: expected 1 to be 2\n    at a.ts:1:1",
        rawStatus: "timedOut",
        tags: ["slow"],
        parameters: { b: 2, a: "x" },
        extra: { ticket: "A-1", nested: { deep: { deeper: { deepest: { lost: 1 } } } } },
        stdout: ["one\n", "two"],
        screenshot: "iVBOR",
      }),
    );
    expect(problems).toEqual([]);
    expect(summary).toEqual({ tool: "vitest", toolVersion: "5.1", shape: "0.0.0", artifact: null, artifactScope: "" });
    expect(tests).toMatchObject([
      {
        kind: "case",
        outcome: "failed",
        statusWord: "failed",
        isFlaky: false,
        suites: ["cart", "totals"],
        className: null,
        name: "adds numbers",
        file: "t/a.test.ts",
        line: 7,
        durationMs: 12.5,
        message: "AssertionError: expected 1 to be 2",
        errorType: "AssertionError",
        trace: "AssertionError: expected 1 to be 2\n    at a.ts:1:1",
        attempts: [],
        detail: { raw_status: "timedOut", tags: ["slow"], parameters: { a: "x", b: 2 }, extra: { ticket: "A-1" }, stdout: "one\ntwo" },
      },
    ]);
  });

  test.each([
    ["passed", "passed"],
    ["failed", "failed"],
    ["skipped", "skipped"],
    ["pending", "skipped"],
    ["other", "skipped"],
    ["broken", "error"],
  ])("of status %s is %s, and keeps its word", async (status, outcome) => {
    expect(await first({ status: status.toUpperCase() })).toMatchObject({ statusWord: status, outcome });
  });

  test("without a status is told and counts as skipped, and one without a name is kept too", async () => {
    const { tests, problems } = await read(report({ name: "a" }, { status: "passed" }, {}));
    expect(tests).toMatchObject([
      { name: "a", outcome: "skipped", statusWord: "unknown" },
      { name: "unknown", outcome: "passed" },
    ]);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      "partial status_missing",
      "partial entry_unreadable",
      "warning counts_differ",
    ]);
  });

  test.each<[Record<string, unknown>, boolean]>([
    [{ flaky: true }, true],
    [{ flaky: true, status: "failed" }, true],
    [{ retries: 2 }, true],
    [{ retries: "1" }, true],
    [{ retries: 0 }, false],
    [{ retries: 2, flaky: false }, false],
    [{ retries: 2, status: "failed" }, false],
    [{ retryAttempts: [{ attempt: 1, status: "failed" }] }, true],
    [{ retryAttempts: [{ attempt: 1, status: "passed" }] }, false],
    [{ retryAttempts: {} }, false],
  ])("with %j: is it flaky? %s", async (members, isFlaky) => {
    expect((await first(members))?.isFlaky).toBe(isFlaky);
  });

  test("has its earlier tries in their order, and not its last one twice", async () => {
    const retryAttempts = [
      { attempt: 2, status: "failed", duration: 4, message: "second", trace: "at b" },
      { attempt: 1, status: "failed", message: "first" },
      { attempt: 3, status: "passed" },
    ];
    const attempts = (await first({ retries: 2, retryAttempts }))?.attempts;
    expect(attempts).toEqual([
      { outcome: "failed", durationMs: null, message: "first", trace: null },
      { outcome: "failed", durationMs: 4, message: "second", trace: "at b" },
    ]);
    expect((await first({ retries: 2, retryAttempts: retryAttempts.slice(0, 2) }))?.attempts).toEqual(attempts);
  });

  test("has the same identity whatever its run was like, and another one for other parameters", async () => {
    const plain = (await first({ suite: "a > b", parameters: { x: 1, y: 2 } }))?.identity;
    expect((await first({ suite: ["a", "b"], parameters: { y: 2, x: 1 }, status: "failed", duration: 1, line: 3, message: "m" }))?.identity).toEqual(plain);
    expect((await first({ suite: ["a", "b"], parameters: { x: 1, y: 3 } }))?.identity).not.toEqual(plain);
    expect((await first({ suite: ["a > b"], parameters: { x: 1, y: 2 } }))?.identity).not.toEqual(plain);
  });

  test("whose message holds its stack has it parted", async () => {
    expect(await first({ status: "failed", message: "TypeError: x\n    at a (b.js:1:1)" })).toMatchObject({
      message: "TypeError: x",
      trace: "    at a (b.js:1:1)",
      errorType: "TypeError",
    });
  });
});

describe("a report", () => {
  test("without format name or summary is read all the same", async () => {
    const bare = { results: { tests: [{ name: "a", status: "passed" }] } };
    expect(await read(bare)).toMatchObject({ tests: [{ name: "a" }], problems: [], summary: { tool: "CTRF", shape: "ctrf" } });
    expect(recognise(bytesOf(bare))?.reader.format).toBe("ctrf");
  });

  test("that counts more tests than it holds is not complete", async () => {
    const { summary, problems } = await read({
      ...report(),
      results: { tool: { name: "x" }, summary: { tests: 3 }, tests: [{ name: "a", status: "passed" }] },
    });
    expect(summary?.isComplete).toBe(false);
    expect(problems).toMatchObject([{ severity: "warning", code: "counts_differ" }]);
  });

  test("of no tests is clean", async () => {
    expect(await read(report())).toMatchObject({ tests: [], problems: [] });
  });

  test.each(["null", "[]", "{}", '{"results":[]}', '{"results":{"tests":[]}}', '{"stats":{},"tests":[]}'])("that is none is refused: %s", async (content) => {
    const { summary, problems } = await read(content);
    expect(summary).toBeNull();
    expect(problems).toMatchObject([{ severity: "refused" }]);
  });
});

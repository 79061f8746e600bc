import fc from "fast-check";
import { expect, test } from "vitest";
import { checkBounds, checkChangedBytes, checkCuts } from "../testing/hostility.ts";
import { readAll } from "../testing/read-all.ts";
import { oddly, oddValues, randomFrom, rewritten, seeds } from "../testing/rewriting.ts";
import { ctrfReader } from "./reader.ts";

const failed = {
  name: "é",
  status: "failed",
  duration: 1,
  suite: ["a"],
  filePath: "a.ts",
  line: 1,
  message: "m",
  trace: "t",
  retries: 1,
  flaky: false,
  retryAttempts: [{ attempt: 1, status: "failed", message: "x" }],
  tags: ["a"],
  labels: { a: "b" },
  parameters: { a: 1 },
  stdout: ["a"],
  stderr: "b",
  steps: [{ name: "s", status: "passed" }],
  extra: { a: { b: 1 } },
};
const report = {
  reportFormat: "CTRF",
  specVersion: "1.0.0",
  results: { tool: { name: "x" }, summary: { tests: 3 }, tests: [failed, { name: "b", status: "passed", duration: 1 }, { name: "c", status: "pending" }] },
};
const optional = new Set([
  "reportFormat",
  "specVersion",
  "duration",
  "line",
  "message",
  "trace",
  "tags",
  "labels",
  "stdout",
  "stderr",
  "extra",
  "steps",
  "version",
]);

test("a report cut at any byte gives nothing that the whole one has not, and says so", () => checkCuts(ctrfReader, report));

test("a report never makes the reader throw, whatever was done to its bytes", () => checkChangedBytes(ctrfReader, report));

test("a report has the same tests with unknown members, without optional ones, in any order", async () => {
  const essence = async (content: unknown, pieceBytes?: number) => {
    const { tests, problems } = await readAll(ctrfReader, content, pieceBytes);
    return { problems, tests: tests.map(({ identity, statusWord, outcome, isFlaky }) => ({ identity, statusWord, outcome, isFlaky })) };
  };
  // Unknown members inside of the parameters would be parameters.
  const { parameters: _parameters, ...plain } = failed;
  const whole = { ...report, results: { ...report.results, tests: [plain, ...report.results.tests.slice(1)] } };
  const expected = await essence(whole);
  await fc.assert(
    fc.asyncProperty(seeds, fc.integer({ min: 1, max: 999 }), async (seed, pieceBytes) => {
      expect(await essence(rewritten(whole, optional, randomFrom(seed)), pieceBytes)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("any JSON in any place is read without an error, and what is given fits the database", async () => {
  const entries = fc.array(fc.oneof(oddly(failed), oddValues), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(entries, oddValues, oddValues, async (tests, tool, summary) => {
      checkBounds(await readAll(ctrfReader, { ...report, specVersion: tool, results: { tool: { name: tool, version: summary }, summary, tests } }));
    }),
    { numRuns: 300 },
  );
});

test("very long texts and lists are cut", async () => {
  const long = "\u001b[31mé\u001b[0m".repeat(100_000);
  const lines = Array.from({ length: 100_000 }, () => "line");
  const entry = {
    ...failed,
    name: long,
    suite: [...lines, long],
    message: long,
    trace: long,
    stdout: lines,
    stderr: long,
    tags: lines,
    extra: { [long]: long, lines },
    retryAttempts: lines.map(() => ({ attempt: 1, status: "failed", message: "x" })),
  };
  const read = await readAll(ctrfReader, { ...report, results: { ...report.results, tests: [entry] } }, 65_536);
  expect(read.tests).toHaveLength(1);
  checkBounds(read);
});

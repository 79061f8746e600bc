import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { checkBounds, checkChangedBytes, checkCuts } from "../testing/hostility.ts";
import { readAll } from "../testing/read-all.ts";
import { oddly, oddValues, randomFrom, rewritten, seeds } from "../testing/rewriting.ts";
import { jestReader } from "./reader.ts";

const failed = {
  ancestorTitles: ["é"],
  fullName: "é a",
  title: "a",
  status: "failed",
  duration: 1,
  failureMessages: ["Error: x\n    at y", "Error: z"],
  location: { line: 1, column: 2 },
  invocations: 2,
  retryReasons: ["Error: first"],
  meta: {},
};
const passed = { ancestorTitles: [], title: "b", status: "passed", failureMessages: [] };
const files = [
  { assertionResults: [failed, passed], endTime: 2, message: "● é", name: "/home/runner/work/shop/shop/a.ts", startTime: 1, status: "failed", summary: "" },
  { assertionResults: [], message: "does not load", name: "b.ts", status: "failed" },
];
const report = { numTotalTestSuites: 2, numTotalTests: 2, testResults: files, wasInterrupted: false };
const optional = new Set(["fullName", "duration", "location", "meta", "startTime", "endTime", "summary", "numTotalTestSuites", "wasInterrupted"]);

describe("a report", () => {
  test("cut at any byte gives nothing that the whole one has not, and says so", () =>
    checkCuts(jestReader, { ...report, testResults: files.map(({ name, ...rest }) => ({ name, ...rest })) }));

  test("cut in front of a file's name gives none of its tests, and says how many", async () => {
    const text = JSON.stringify(report);
    const { tests, problems } = await readAll(jestReader, text.slice(0, text.indexOf('"name"')));
    expect(tests).toEqual([]);
    expect(problems).toMatchObject([
      { severity: "partial", code: "entries_lost", message: "2 tests were read, but not the name of their file" },
      { severity: "partial", code: "cut_off" },
    ]);
  });

  test("never makes the reader throw, whatever was done to its bytes", () => checkChangedBytes(jestReader, report));

  test("has the same tests with unknown members, without optional ones, in any order", async () => {
    const essence = async (content: unknown, pieceBytes?: number) => {
      const { tests, problems } = await readAll(jestReader, content, pieceBytes);
      return { problems, tests: tests.map(({ identity, statusWord, outcome, isFlaky, attempts }) => ({ identity, statusWord, outcome, isFlaky, attempts })) };
    };
    const expected = await essence(report);
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 1, max: 999 }), async (seed, pieceBytes) => {
        expect(await essence(rewritten(report, optional, randomFrom(seed)), pieceBytes)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

test("any JSON in any place is read without an error, and what is given fits the database", async () => {
  const entries = fc.array(fc.oneof(oddly(failed), oddValues), { maxLength: 4 });
  const file = fc.record({ assertionResults: entries, name: oddValues, message: oddValues, status: oddValues }, { requiredKeys: ["assertionResults"] });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(file, oddValues), { maxLength: 3 }), oddValues, async (testResults, numTotalTests) => {
      checkBounds(await readAll(jestReader, { numTotalTests, testResults: [...testResults, files[1]] }));
    }),
    { numRuns: 300 },
  );
});

test("a file with more tests than may wait for its name gives all of them, and says what they lack", async () => {
  const long = JSON.stringify({ ...failed, failureMessages: ["x".repeat(1_000_000)] });
  const count = Math.ceil(limits.heldBytes / 1_000_000) + 5;
  const content = `{"numTotalTests":${count},"testResults":[{"assertionResults":[${Array.from({ length: count }, () => long).join(",")}],"name":"a.ts","status":"failed"}]}`;
  const read = await readAll(jestReader, content, 65_536);
  expect(read.tests).toHaveLength(count);
  expect(read.problems).toMatchObject([{ severity: "partial", code: "late_member" }]);
  checkBounds(read);
});

test("very long texts and lists are cut", async () => {
  const long = "\u001b[31mé\u001b[0m\n".repeat(100_000);
  const many = Array.from({ length: 1_000 }, () => `Error: ${long.slice(0, 1_000)}`);
  const entry = { ...failed, title: long, ancestorTitles: [...many, long], failureMessages: [long, ...many], retryReasons: many, meta: { [long]: long, many } };
  const read = await readAll(
    jestReader,
    {
      numTotalTests: 1,
      testResults: [
        { name: long, message: long, status: "failed", assertionResults: [entry] },
        { name: "b", message: long, status: "failed", assertionResults: [] },
      ],
    },
    65_536,
  );
  expect(read.tests).toHaveLength(2);
  checkBounds(read);
});

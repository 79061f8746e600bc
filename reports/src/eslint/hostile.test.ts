import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkBounds, checkChangedBytes, checkCuts } from "../testing/hostility.ts";
import { readAll } from "../testing/read-all.ts";
import { oddly, oddValues, randomFrom, rewritten, seeds } from "../testing/rewriting.ts";
import { eslintReader } from "./reader.ts";

const message = {
  ruleId: "no-undef",
  severity: 2,
  message: "'x' is not defined.",
  line: 3,
  column: 5,
  endLine: 3,
  endColumn: 6,
  fix: { range: [1, 2], text: "é" },
};
const fatal = { ruleId: null, fatal: true, severity: 2, message: "Parsing error" };
const files = [
  { filePath: "/home/runner/work/shop/shop/a.js", messages: [message, fatal], suppressedMessages: [], errorCount: 2, source: 'const a = "é";' },
  { filePath: "b.js", messages: [{ ...message, severity: 1 }], errorCount: 0, warningCount: 1 },
];
const withMetadata = { metadata: { rulesMeta: { "no-undef": { docs: { url: "https://a.example/b" } } } }, results: files };
const optional = new Set(["source", "errorCount", "warningCount", "suppressedMessages", "column", "endLine", "endColumn", "fix", "metadata"]);

describe.each([
  { name: "a list", report: files },
  { name: "one with metadata", report: withMetadata },
])("a report ($name)", ({ report }) => {
  test("cut at any byte gives nothing that the whole one has not, and says so", () => checkCuts(eslintReader, report));

  test("never makes the reader throw, whatever was done to its bytes", () => checkChangedBytes(eslintReader, report));

  test("has the same findings with unknown members, without optional ones, in any order", async () => {
    const essence = async (content: unknown, pieceBytes?: number) => {
      const { findings, problems } = await readAll(eslintReader, content, pieceBytes);
      return { problems, findings: findings.map(({ identity, variant, severity, line }) => ({ identity, variant, severity, line })) };
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
  const entries = fc.array(fc.oneof(oddly(message), oddValues), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(entries, oddValues, async (messages, filePath) => checkBounds(await readAll(eslintReader, [files[0], { messages, filePath }]))),
    { numRuns: 300 },
  );
});

test("messages that wait for the name of their file are bounded", async () => {
  const long = { ...message, message: "x".repeat(1_000_000) };
  const content = `[{"messages":[${`${JSON.stringify(long)},`.repeat(40)}${JSON.stringify(message)}],"filePath":"a.js"}]`;
  const { findings, problems } = await readAll(eslintReader, content, 65_536);
  expect(findings.length).toBeGreaterThan(30);
  expect(findings.length).toBeLessThan(41);
  expect(findings.every(({ path }) => path === "a.js")).toBe(true);
  expect(problems).toMatchObject([{ severity: "partial", code: "too_much_held" }]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { checkBounds, checkChangedBytes } from "../testing/hostility.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { tapReader } from "./reader.ts";

const report = [
  "TAP version 14",
  "1..5",
  "# Subtest: é",
  "    ok 1 - a",
  "    not ok 2 - b # TODO later",
  "      ---",
  "      message: 'x",
  "        y'",
  "      ...",
  "    1..2",
  "ok 1 - é",
  "not ok 2 - c {",
  "    1..1",
  "    not ok 1 - d # time=3ms",
  "        ---",
  '        at: "a.js:1:2"',
  "        ...",
  "}",
  "not ok 3 - e",
  "  said",
  "# said too",
  "ok 4 - f # SKIP no",
  "    ok 1 - g",
  "ok 5 - h",
  "",
].join("\n");

describe("a report", () => {
  test("cut at any byte never throws, and says so where a test is missing", async () => {
    const bytes = bytesOf(report);
    const whole = await readAll(tapReader, bytes);
    expect(whole.problems).toEqual([]);
    expect(whole.tests).toHaveLength(6);
    for (let end = 0; end < bytes.length; end++) {
      const read = await readAll(tapReader, bytes.subarray(0, end));
      checkBounds(read);
      const isSaid = read.problems.some(({ severity }) => severity !== "warning");
      if (!isSaid && read.tests.filter(({ kind }) => kind === "case").length < whole.tests.length) expect.fail(`at byte ${end}: taken for a whole report`);
    }
  });

  test("never makes the reader throw, whatever was done to its bytes", () => checkChangedBytes(tapReader, report));

  test("is the same in any pieces", async () => {
    const whole = await readAll(tapReader, report);
    for (const pieceBytes of [1, 2, 3, 13, 100]) expect(await readAll(tapReader, report, pieceBytes)).toEqual(whole);
  });

  test("of any lines in any order is read without an error, alike in any pieces", async () => {
    const parts = fc.constantFrom(
      "ok",
      "not ok",
      " 1",
      " 2",
      " - a",
      " # TODO",
      " # SKIP b",
      " {",
      "# Subtest: c",
      "1..2",
      "1..0",
      "TAP version 13",
      "Bail out!",
      "---",
      "...",
      "message: m",
      "x: |-",
      '"',
      "- ",
      "}",
      "{",
      "\u001b[31m",
      "\\#",
      "é",
    );
    const line = fc
      .tuple(fc.constantFrom("", "  ", "    ", "        ", "            "), fc.array(parts, { maxLength: 4 }))
      .map(([indent, words]) => indent + words.join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 25 }), fc.constantFrom("\n", "\r\n"), fc.integer({ min: 1, max: 40 }), async (lines, end, pieceBytes) => {
        const read = await readAll(tapReader, lines.join(end));
        checkBounds(read);
        expect(await readAll(tapReader, lines.join(end), pieceBytes)).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  test("has the same tests with other output, comments and blank lines between its points", async () => {
    const points = ["ok 1 - a", "not ok 2 - b", "ok 3 - c # SKIP d", "ok 4 - e # TODO"];
    const between = fc.array(fc.constantFrom("", "# comment", "output", "pragma -strict", "  ---\n  new_in_version_9: 1\n  ...", "\t"), { maxLength: 3 });
    const expected = (await readAll(tapReader, ["1..4", ...points].join("\n"))).tests.map(({ identity, statusWord }) => ({ identity, statusWord }));
    await fc.assert(
      fc.asyncProperty(fc.array(between, { minLength: 4, maxLength: 4 }), async (gaps) => {
        const lines = ["1..4", ...points.flatMap((point, index) => [point, ...(gaps[index] ?? [])])];
        const { tests, problems } = await readAll(tapReader, lines.join("\n"));
        expect(tests.map(({ identity, statusWord }) => ({ identity, statusWord }))).toEqual(expected);
        expect(problems).toEqual([]);
      }),
    );
  });
});

describe("hostile content", () => {
  test("a line of 10 MB is cut, alike in any pieces", async () => {
    const content = `1..3\nok 1 - ${"x".repeat(10_000_000)}\nnot ok 2 - b\n  ---\n  message: ${"é".repeat(5_000_000)}\n  ...\nok 3 - c\n`;
    const whole = await readAll(tapReader, content, 65_536);
    checkBounds(whole);
    expect(whole.tests.map(({ name }) => name.slice(0, 5))).toEqual(["xxxxx", "b", "c"]);
    expect(await readAll(tapReader, content, 997)).toEqual(whole);
  });

  test("no end of line at all costs no more", async () => {
    const { problems } = await readAll(tapReader, "x".repeat(10_000_000), 13);
    expect(problems).toMatchObject([{ severity: "refused", code: "not_tap" }]);
  });

  test("subtests inside each other are read as deep as the limit, and that is said", async () => {
    const deep = Array.from({ length: 300 }, (_unused, depth) => `${" ".repeat(depth * 4)}# Subtest: s${depth}`);
    const read = await readAll(tapReader, [...deep, `${" ".repeat(1_200)}ok 1 - deepest`, "1..0"].join("\n"));
    checkBounds(read);
    expect(read.problems.map(({ code }) => code)).toContain("too_deep");
    const within = await readAll(tapReader, [...deep.slice(0, limits.suites), `${" ".repeat(limits.suites * 4)}ok 1 - deepest`].join("\n"));
    expect(within.tests[0]?.suites).toHaveLength(limits.suites);
  });

  test("tests that wait for the name of their subtest are bounded, and all are given", async () => {
    const count = 60_000;
    const points = Array.from({ length: count }, (_unused, index) => `    ok ${index + 1} - t${index}`);
    const { tests, problems } = await readAll(tapReader, [...points, `    1..${count}`, "ok 1 - named late", "1..1"].join("\n"), 65_536);
    expect(tests).toHaveLength(count);
    expect(problems).toMatchObject([{ severity: "partial", code: "late_member" }]);
  });

  test("a block of a million lines, and one of a million names, keep little", async () => {
    const lines = Array.from({ length: 300_000 }, (_unused, index) => `  key${index}: value`);
    const read = await readAll(
      tapReader,
      ["1..2", "not ok 1", "  ---", ...lines, "  message: last", "  ...", "not ok 2", "  ---", "  stack: |-", ...lines, "  ..."].join("\n"),
      65_536,
    );
    checkBounds(read);
    expect(read.tests).toHaveLength(2);
  });

  test("a huge plan and huge numbers are numbers", async () => {
    const read = await readAll(tapReader, `1..${"9".repeat(15)}\nok ${"9".repeat(400)} - a\n`);
    checkBounds(read);
    expect(read.problems).toMatchObject([{ code: "plan_mismatch" }]);
  });
});

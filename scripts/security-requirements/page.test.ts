import { expect, test } from "vitest";
import { securityRequirementsPage, unfounded } from "./page.ts";
import { doesNotApply, inFile, met, notMet } from "./requirement.ts";

const own = "scripts/security-requirements/page.test.ts";
const real = inFile(own, "a claim rests on tests that exist");

test("a claim rests on tests that exist", () => {
  expect(unfounded([met("1.1.1", 1, "words", real), notMet("1.1.2", 1, "words", "a reason", real), doesNotApply("1.1.3", 1, "words", "a reason")])).toEqual([]);
});

test("what names no test, a test that is not there, or a file that is not there is no claim", () => {
  expect(unfounded([met("1.1.1", 1, "words", [])])).toEqual(["1.1.1: names no test"]);
  expect(unfounded([met("1.1.1", 1, "words", inFile(own, "a claim rests on tests"))])).toEqual([`1.1.1: ${own} has no test "a claim rests on tests"`]);
  expect(unfounded([notMet("1.1.1", 1, "words", "a reason", inFile("missing.test.ts", "x"))])).toEqual(['1.1.1: missing.test.ts has no test "x"']);
});

test("words in a file are no test of that name", () => {
  expect(unfounded([met("1.1.1", 1, "words", inFile(own, "vitest"))])).toHaveLength(1);
});

test("the page tells each requirement once, with its state", () => {
  const page = securityRequirementsPage("");
  const rows = page.split("\n").filter((line) => /^\| \d/.test(line));
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.every((row) => /\| (?:\*\*met\*\*: \[|not met: \S|does not apply: \S)/.test(row))).toBe(true);
});

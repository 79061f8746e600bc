import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { testDocuments } from "./test-documents.ts";

describe("failed tests that are documents", () => {
  it("are doctest's, at the place of the example", () => {
    const text = `${"*".repeat(70)}\nFile "a.py", line 2, in a.add\nFailed example:\n    add(1, 1)\nExpected:\n    3\nGot:\n    2\n***Test Failed*** 1 failures.\n`;
    expect(sightingsOf(testDocuments, text)).toMatchObject([
      { line: 2, strength: "cause", test: "a.add", key: "a.add add(1, 1)" },
      { line: 9, strength: "summary" },
    ]);
  });

  it("are behave's", () => {
    expect(sightingsOf(testDocuments, "    Then b # s.py:4\n      Assertion Failed: nope\n\nFailing scenarios:\n  a.feature:2  one\n")).toMatchObject([
      { line: 2, category: "code.test", strength: "cause" },
      { line: 5, strength: "likely", test: "one" },
    ]);
  });

  it("are Robot Framework's, and not the suites that hold them", () => {
    const text = `Adds numbers                  | FAIL |\n1 != 2\n${"-".repeat(78)}\nSuite                         | FAIL |\n2 tests, 1 passed, 1 failed\n${"=".repeat(78)}\n`;
    expect(sightingsOf(testDocuments, text)).toMatchObject([
      { line: 1, strength: "cause", test: "Adds numbers", key: "Adds numbers 1 != 2" },
      { line: 4, strength: "summary" },
    ]);
  });

  it("are nothing of runs that passed", () => {
    expect(sightingsOf(testDocuments, "Adds | PASS |\n1 feature passed, 0 failed, 0 skipped\n2 tests, 2 passed, 0 failed\n")).toEqual([]);
  });
});

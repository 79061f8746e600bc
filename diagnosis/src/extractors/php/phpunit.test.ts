import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { phpunit } from "./phpunit.ts";

describe("failed tests of PHP", () => {
  it("are found by their numbers below PHPUnit's headings", () => {
    const text = [
      "There was 1 error:",
      "",
      "1) Tests\\ATest::testErr",
      "RuntimeException: boom",
      "",
      "--",
      "",
      "There were 2 failures:",
      "",
      "1) Tests\\ATest::testEq",
      "Failed asserting that 2 is identical to 1.",
      "",
      '2) Tests\\ATest::testD with data set "one" (false)',
      "Failed asserting that false is true.",
      "",
      "ERRORS!",
      "Tests: 7, Assertions: 3, Errors: 1, Failures: 2.",
    ].join("\n");
    expect(sightingsOf(phpunit, text)).toMatchObject([
      { line: 3, category: "code.test", strength: "cause", test: "Tests\\ATest::testErr", key: "Tests\\ATest::testErr RuntimeException: boom" },
      { line: 10, strength: "cause", test: "Tests\\ATest::testEq" },
      { line: 13, strength: "cause" },
      { line: 17, strength: "summary" },
    ]);
  });

  it.each([
    ["There was 1 risky test:\n\n1) Tests\\ATest::testRisky\nThis test did not perform any assertions", 3, "code.test", "summary"],
    [" ✘ Adds\n   │\n   │ Failed asserting that 2 is identical to 1.", 1, "code.test", "cause"],
    ["   FAILED  Tests\\Feature\\ExampleTest > it works", 1, "code.test", "cause"],
    ["  • Tests\\Unit\\ExampleTest > it adds", 1, "code.test", "cause"],
    ["  ⨯ it works", 1, "code.test", "likely"],
    ["Error in bootstrap script: Error:", 1, "code.import_error", "cause"],
    ['Cannot open file "nosuch".', 1, "config.workflow", "cause"],
    ["--- Failed scenarios:\n\n    features/a.feature:12", 3, "code.test", "likely"],
    ["3 scenarios (2 passed, 1 failed)", 1, "code.test", "summary"],
    ["  Tests:    1 failed, 3 passed (4 assertions)", 1, "code.test", "summary"],
  ])("are found as others show them: %s", (text, line, category, strength) => {
    expect(sightingsOf(phpunit, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it("are not there when all pass", () => {
    expect(
      sightingsOf(
        phpunit,
        "OK (7 tests, 9 assertions)\nThere was 1 skipped test:\n\n1) A::b\nTests: 7, Assertions: 9, Skipped: 1.\n ✔ Adds\n  Tests:    3 passed (4 assertions)\n",
      ),
    ).toEqual([]);
  });
});

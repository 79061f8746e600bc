import { describe, expect, test } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { deno } from "./deno.ts";
import { tap } from "./tap.ts";
import { ava, browserRunners, checkMarks, cypress, lab, nodeTest, smallRunners } from "./test-runners.ts";

describe("test runners", () => {
  test.each<[string, Extractor, string, number, string]>([
    ["TAP", tap, "TAP version 13\nok 1 - a\nnot ok 2 - b is c\n  ---\n", 3, "code.test"],
    ["nested TAP", tap, "# Subtest: a\n    not ok 1 - b # time=3ms\n", 2, "code.test"],
    ["tape", tap, "not ok 1 one is two\n", 1, "code.test"],
    ["ESLint as TAP", tap, "not ok 1 - /w/a.js\n  ---\n  message: x\n  severity: error\n  data:\n    ruleId: semi\n", 1, "code.lint"],
    ["AVA 4", ava, "  ✘ [fail]: a › adds\n", 1, "code.test"],
    ["AVA's files", ava, "  Uncaught exception in test/c.js\n\n  Error: Cannot find module './nope'\n", 1, "code.import_error"],
    ["node:test", nodeTest, "▶ top\n  ✖ sub (0.162381ms)\n", 2, "code.test"],
    ["uvu", smallRunners, '   FAIL  math  "adds"\n    Expected values to be strictly equal:\n', 1, "code.test"],
    ["lab", lab, "Failed tests:\n\n  1) suite adds:\n", 3, "code.test"],
    ["nodeunit", smallRunners, "✖ adds\n\nAssertion Message: eq\n", 1, "code.test"],
    ["Bun", smallRunners, "(fail) suite > adds [0.12ms]\n", 1, "code.test"],
    ["Cypress without a server", cypress, "Cypress could not verify that this server is running:\n", 1, "code.test"],
    ["TestCafe", browserRunners, " ✖ logs in\n\n   1) AssertionError: expected\n", 1, "code.test"],
    ["Nightwatch", browserRunners, "   ✖ 1) login page\n", 1, "code.test"],
    ["Deno's tests", deno, "adds ... FAILED (5ms)\n", 1, "code.test"],
    ["Deno's linter", deno, "error[no-explicit-any]: `any` type is not allowed\n", 1, "code.lint"],
    ["Deno's formatter", deno, "error: Found 1 not formatted file in 3 files\n", 1, "code.lint"],
    ["Deno's type check", deno, "error: TS2322 [ERROR]: Type 'string' is not assignable to type 'number'.\n", 1, "code.typecheck"],
    ["Deno's modules", deno, 'error: Module not found "file:///w/b.ts".\n', 1, "code.import_error"],
  ])("%s: a failed test is a cause", (_, extractor, text, line, category) => {
    expect(sightingsOf(extractor, text)[0]).toMatchObject({ line, category, strength: "cause" });
  });

  test("marks beside others that passed tell a failed test, whichever tool prints them", () => {
    expect(sightingsOf(checkMarks, "  ✔ a › subtracts\n  ✖ a › adds Error thrown in test\n")).toMatchObject([
      { line: 2, strength: "likely", category: "code.test" },
    ]);
    expect(sightingsOf(checkMarks, "  ✖ adds\n")).toEqual([]);
  });

  test("AVA before 4 is known by its marks", () => {
    expect(diagnoseStep("  ✔ subtracts\n  ✖ adds\n  ─\n\n  adds\n\n  test/a.js:1\n\n  1 test failed\n")).toMatchObject({
      category: "code.test",
      cause: { text: "✖ adds" },
    });
  });

  test("what is to be done, skipped or passed is no failure", () => {
    expect(sightingsOf(tap, "not ok 1 - later # TODO\nnot ok 2 - never # SKIP\n# fail  0\n# pass 3\n")).toEqual([]);
    expect(sightingsOf(ava, "  ✔ adds\n  ─\n\n  3 tests passed\n")).toEqual([]);
    expect(sightingsOf(nodeTest, "✔ adds (1.2ms)\nℹ fail 0\n")).toEqual([]);
    expect(sightingsOf(smallRunners, "  Total:     3\n  Passed:    3\n\n OK: 3 assertions (2ms)\n")).toEqual([]);
    expect(sightingsOf(browserRunners, "Spec Files:\t 2 passed, 2 total (100% completed) in 00:00:10\n")).toEqual([]);
    expect(sightingsOf(deno, "adds ... ok (5ms)\n\nok | 1 passed | 0 failed (10ms)\n")).toEqual([]);
  });
});

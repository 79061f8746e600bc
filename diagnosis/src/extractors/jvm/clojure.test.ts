import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { clojure } from "./clojure.ts";

it("names failed tests of clojure.test, Kaocha and Midje", () => {
  const text =
    'FAIL in (adds) (core_test.clj:12)\nsums\nexpected: (= 1 2)\n  actual: (not (= 1 2))\n\nERROR in core-test/divides (core_test.clj:20)\nFAIL "sums" at (core_test.clj:30)\n';
  expect(sightingsOf(clojure, text).map(({ line, test }) => ({ line, test }))).toEqual([
    { line: 1, test: "adds" },
    { line: 6, test: "core-test/divides" },
    { line: 7, test: "sums" },
  ]);
});

it("names errors of the compiler", () => {
  expect(sightingsOf(clojure, "Syntax error compiling at (a/core.clj:12:3).\nUnable to resolve symbol: x\n")).toMatchObject([{ category: "code.compile" }]);
});

it("sees nothing in a run that passes", () => {
  expect(sightingsOf(clojure, "Ran 12 tests containing 30 assertions.\n0 failures, 0 errors.\nno error in (parens) of others\n")).toEqual([]);
});

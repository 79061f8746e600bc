import { describe, expect, test } from "vitest";
import { sightingsOf } from "../testing.ts";
import { vitest } from "./vitest.ts";

describe("Vitest's failures", () => {
  test("are the headings of failed tests", () => {
    const log =
      " ❯ src/a.test.ts (4 tests | 1 failed) 77ms\n   × suite > adds 19ms\n     → expected 3 to be 4\n\n⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯\n\n FAIL  src/a.test.ts > suite > adds\nAssertionError: expected 3 to be 4\n\n Test Files  1 failed (1)\n";
    expect(sightingsOf(vitest, log).map(({ line, strength }) => [line, strength])).toEqual([
      [2, "likely"],
      [7, "cause"],
      [10, "summary"],
    ]);
    expect(sightingsOf(vitest, log)[1]).toMatchObject({ test: "src/a.test.ts > suite > adds", category: "code.test" });
  });

  test.each([
    ['Error: Failed to resolve import "./nope" from "src/b.test.ts". Does the file exist?', "code.import_error"],
    ["Error: Cannot find package 'left' imported from '/w/src/b.test.ts'", "dependency.missing_module"],
    ["Error: Transform failed with 1 error:", "code.syntax"],
    ["ReferenceError: x is not defined", "code.test"],
  ])("of whole files are told by the reason: %s", (reason, category) => {
    expect(sightingsOf(vitest, ` FAIL  src/b.test.ts [ src/b.test.ts ]\n${reason}\n`)).toMatchObject([{ line: 1, strength: "cause", category }]);
  });

  test("that no test caught are causes too", () => {
    const log = "⎯⎯⎯⎯⎯⎯ Unhandled Errors ⎯⎯⎯⎯⎯⎯\n\nVitest caught 1 unhandled error during the test run.\n\n⎯⎯⎯⎯ Unhandled Rejection ⎯⎯⎯⎯⎯\nError: later\n";
    expect(sightingsOf(vitest, log)).toMatchObject([{ line: 5, strength: "cause", key: "Error: later" }]);
  });

  test("are none in a run that passes", () => {
    expect(sightingsOf(vitest, " ✓ src/a.test.ts (4 tests) 12ms\n\n Test Files  1 passed (1)\n      Tests  4 passed (4)\n")).toEqual([]);
  });
});

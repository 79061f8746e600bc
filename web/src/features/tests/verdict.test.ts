import { expect, test } from "vitest";
import { testCounts } from "../ci-runs/fixture.ts";
import { testVerdict } from "./verdict.ts";

const none = { new: 0, fixed: 0, reopened: 0, unchanged: 0 };
const passing = testCounts({ passed: 9 });
const failing = testCounts({ passed: 7, failed: 1, errors: 1 });

test.each([
  ["what started to fail is bad", failing, { ...none, new: 1, reopened: 1 }, "Worse than before: 2 tests started to fail", "bad"],
  ["what fails as before is bad still", failing, { ...none, unchanged: 2 }, "As before: 2 tests still fail", "bad"],
  ["fewer failures are told as such", failing, { ...none, unchanged: 2, fixed: 3 }, "Better than before: 3 tests fixed, 2 to go", "warn"],
  ["all passing again is good", passing, { ...none, fixed: 1 }, "All pass again: 1 test fixed", "good"],
  ["all passing is good", passing, none, "Nothing failed", "good"],
  ["counts alone are compared with nothing", passing, null, "Only counts came, so nothing can be compared", "idle"],
  ["tests that were all skipped are no success", testCounts({ skipped: 4 }), none, "No test ran", "warn"],
  ["an empty report is no success", testCounts({}), none, "The report holds no tests", "warn"],
] as const)("%s", (_promise, counts, changes, words, tone) => {
  expect(testVerdict(counts, changes, false, false)).toEqual({ words, tone });
});

test("a part of a report in which nothing failed is no success", () => {
  expect(testVerdict(passing, none, false, true)).toEqual({ words: "Nothing failed in the part that could be read", tone: "warn" });
});

test("without a scan before, failures are no change", () => {
  expect(testVerdict(failing, { ...none, new: 2 }, true, false).words).toBe("The first of their kind on this branch: 2 tests failed");
});

import { expect, test } from "vitest";
import { countWords, shortCount } from "./severity.ts";

test("counts read gravest first, and nothing is said to be nothing", () => {
  expect(countWords({ critical: 2, high: 0, medium: 1, low: 0, info: 0, unknown: 0, total: 3 })).toBe("2 critical, 1 medium");
  expect(countWords({ critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: 0 })).toBe("no findings");
  expect(countWords({ passed: 8, failed: 1, errors: 1, skipped: 3, flaky: 0, total: 13 })).toBe("8 passed, 2 failed, 3 skipped");
});

test("a count stays exact up to a thousand", () => {
  expect([shortCount(0), shortCount(999), shortCount(3_552), shortCount(14_210)]).toEqual(["0", "999", "3.6K", "14.2K"]);
});

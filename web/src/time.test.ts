import { describe, expect, test } from "vitest";
import { absoluteTime, daysUntil, durationWords, elapsedMs, relativeTime } from "./time.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const before = (ms: number) => new Date(now - ms).toISOString();

describe("a moment in a list", () => {
  test.each([
    [3_000, "just now"],
    [42_000, "42 s ago"],
    [4 * 60_000, "4 min ago"],
    [3 * 3_600_000 + 59 * 60_000, "3 h ago"],
    [26 * 3_600_000, "1 day ago"],
    [6 * 86_400_000, "6 days ago"],
  ])("%i ms ago reads %s", (distanceMs, words) => {
    expect(relativeTime(before(distanceMs), now)).toBe(words);
  });

  test("beyond seven days it is a date, with the year where it is another one", () => {
    expect(relativeTime("2026-11-12T12:00:00Z", now)).toBe("12 Nov");
    expect(relativeTime("2025-11-12T12:00:00Z", now)).toBe("12 Nov 2025");
  });

  test("what lies ahead is told as a distance, however far", () => {
    expect(relativeTime(before(-9 * 86_400_000), now)).toBe("in 9 days");
    expect(relativeTime(before(-90 * 86_400_000), now)).toBe("in 90 days");
  });

  test("a broken moment is said to be unknown", () => {
    expect(relativeTime("yesterday", now)).toBe("unknown time");
    expect(absoluteTime("yesterday")).toBe("unknown time");
  });
});

test("a moment in full names its zone", () => {
  expect(absoluteTime("2026-11-22T13:03:22Z", "Europe/Berlin")).toMatch(/^Sun,? 22 Nov 2026,? (at )?14:03:22 (CET|GMT\+1)$/);
});

test.each([
  [640, "640 ms"],
  [42_400, "42 s"],
  [252_000, "4 min 12 s"],
  [3_840_000, "1 h 04 min"],
  [5 * 86_400_000, "5 days"],
])("a duration of %i ms reads %s", (durationMs, words) => {
  expect(durationWords(durationMs)).toBe(words);
});

describe("elapsed time", () => {
  test("goes on while there is no end", () => {
    expect(elapsedMs("2026-11-22T11:59:00Z", null, now)).toBe(60_000);
  });
  test("is not known without a start, and never negative", () => {
    expect(elapsedMs(null, null, now)).toBeNull();
    expect(elapsedMs("2026-11-22T12:00:05Z", null, now)).toBe(0);
  });
});

test("a token that ends in an hour ends within a day, one that ended yesterday is past", () => {
  expect(daysUntil(before(-3_600_000), now)).toBe(1);
  expect(daysUntil(before(86_400_000), now)).toBe(-1);
});

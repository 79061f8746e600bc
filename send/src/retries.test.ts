import { describe, expect, test } from "vitest";
import { isPassing, pauseMs } from "./retries.ts";

const now = new Date("2026-11-22T10:00:00Z");

describe("the pause before another try", () => {
  test("doubles from one second up to thirty, half of it by chance", () => {
    expect([1, 2, 3, 4].map((attempt) => pauseMs(attempt, undefined, now, () => 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(pauseMs(3, undefined, now, () => 0)).toBe(2_000);
    expect(pauseMs(20, undefined, now, () => 1)).toBe(30_000);
  });

  test("is what the server asks for, in seconds or as a date", () => {
    expect(pauseMs(1, "7", now, () => 0)).toBe(7_000);
    expect(pauseMs(1, "0", now, () => 0)).toBe(0);
    expect(pauseMs(1, "Sun, 22 Nov 2026 10:00:30 GMT", now, () => 0)).toBe(30_000);
    expect(pauseMs(1, "Sun, 22 Nov 2026 09:00:00 GMT", now, () => 0)).toBe(0);
  });

  test("ends the tries when the server asks for more than two minutes", () => {
    expect(pauseMs(1, "121", now, () => 0)).toBeNull();
  });

  test("is our own when the server's wish makes no sense", () => {
    expect(pauseMs(1, "soon", now, () => 1)).toBe(1_000);
  });
});

test("only answers that another try may better are tried again", () => {
  expect([408, 425, 429, 500, 502, 503, 504].every(isPassing)).toBe(true);
  expect([200, 202, 301, 400, 401, 403, 404, 413, 415, 422].some(isPassing)).toBe(false);
});

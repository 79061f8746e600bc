import { describe, expect, test } from "vitest";
import { aPoint } from "./fixture.ts";
import { durationFigures, historyBars, historyWords, shareWords } from "./history.ts";

describe("the strip of a test's results", () => {
  test("keeps the newest 30, the newest in the last slot", () => {
    const points = Array.from({ length: 33 }, (_none, index) => aPoint({ scan_id: index + 1 }));
    const bars = historyBars(points);
    expect(bars).toHaveLength(30);
    expect(bars[0]).toMatchObject({ scanId: 4, slot: 0 });
    expect(bars.at(-1)).toMatchObject({ scanId: 33, slot: 29 });
    expect(historyBars([aPoint()])[0]?.slot).toBe(29);
  });

  test("draws each outcome in its own way; a flaky test that failed in the end has failed", () => {
    const looks = historyBars([
      aPoint(),
      aPoint({ outcome: "failed", flaky: true }),
      aPoint({ outcome: "error" }),
      aPoint({ flaky: true }),
      aPoint({ outcome: "skipped" }),
    ]).map((bar) => bar.look);
    expect(looks).toEqual(["passed", "failed", "failed", "flaky", "skipped"]);
  });

  test("makes the longest the tallest, and none too short to see", () => {
    const [short, long, unknown] = historyBars([aPoint({ duration_ms: 0 }), aPoint({ duration_ms: 9_000 }), aPoint({ duration_ms: null })]);
    expect(long?.height).toBe(1);
    expect(short?.height).toBeGreaterThanOrEqual(0.3);
    expect(unknown?.height).toBeGreaterThanOrEqual(0.3);
  });

  test("is said in words, with how the newest ended", () => {
    expect(historyWords([aPoint(), aPoint(), aPoint({ outcome: "failed" })])).toBe("Last 3 results: 2 passed, 1 failed; the newest failed");
    expect(historyWords([aPoint({ flaky: true })])).toBe("One result: flaky");
    expect(historyWords([])).toBe("No results yet");
  });
});

test("durations are told where two results know theirs", () => {
  expect(durationFigures([aPoint({ duration_ms: 10 }), aPoint({ duration_ms: null }), aPoint({ duration_ms: 30 }), aPoint({ duration_ms: 20 })])).toEqual({
    medianMs: 20,
    longestMs: 30,
  });
  expect(durationFigures([aPoint({ duration_ms: 10 }), aPoint({ duration_ms: null })])).toBeNull();
});

test("a rate is told as results first, for a share of few says little", () => {
  expect(shareWords(2 / 30, 30)).toBe("2 of 30 (7 %)");
  expect(shareWords(0, 12)).toBe("none of 12");
});

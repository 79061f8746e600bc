import type { RunStatus } from "@sentinal/contract";
import { describe, expect, test } from "vitest";
import { durationTrend, stripBars, stripSlots, stripWords } from "./strip.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const aStripRun = (id: number, status: RunStatus = "Success", durationMs: number | null = 60_000) => ({
  id,
  status,
  commit_hash: "4f2c9d1e8b",
  started_at: "2026-11-22T11:59:00Z",
  duration_ms: durationMs,
});

describe("the strip", () => {
  test("puts the newest run at the right and leaves free slots at the left", () => {
    const bars = stripBars([aStripRun(1), aStripRun(2)], now);
    expect(bars.map((bar) => [bar.runId, bar.slot])).toEqual([
      [1, 28],
      [2, 29],
    ]);
  });

  test("never shows more than its slots", () => {
    const bars = stripBars(
      Array.from({ length: 40 }, (_none, index) => aStripRun(index)),
      now,
    );
    expect(bars).toHaveLength(stripSlots);
    expect(bars.at(-1)?.runId).toBe(39);
  });

  test("is as high as a run was long, and shows the shortest too", () => {
    const bars = stripBars([aStripRun(1, "Success", 100), aStripRun(2, "Success", 100_000)], now);
    expect(bars[0]?.height).toBe(0.25);
    expect(bars[1]?.height).toBe(1);
  });

  test("lets a run that goes on grow", () => {
    const runs = [aStripRun(1, "Success", 240_000), aStripRun(2, "Running", null)];
    const [early, late] = [stripBars(runs, now), stripBars(runs, now + 120_000)];
    expect(late[1]?.height ?? 0).toBeGreaterThan(early[1]?.height ?? 1);
  });

  test("reads out what its colours say", () => {
    expect(stripWords([aStripRun(1), aStripRun(2, "Failed"), aStripRun(3)])).toBe("Last 3 runs: 2 success, 1 failed");
    expect(stripWords([])).toBe("No runs");
  });
});

describe("the trend of durations", () => {
  test("compares the last run with the median of those before", () => {
    const runs = [100, 100, 100, 100, 150].map((duration, index) => aStripRun(index, "Success", duration));
    expect(durationTrend(runs)).toEqual({ lastMs: 150, change: 0.5 });
  });
  test("says nothing from too few runs", () => {
    expect(durationTrend([aStripRun(1), aStripRun(2)])).toEqual({ lastMs: 60_000, change: null });
    expect(durationTrend([aStripRun(1, "Queued", null)])).toBeNull();
  });
});

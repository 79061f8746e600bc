import { expect, test } from "vitest";
import { severityCounts, testCounts } from "../ci-runs/fixture.ts";
import { trendBars } from "./trend.ts";

const at = "2026-11-22T12:00:00Z";

test("the gravest stand at the bottom, and what is not there takes no room", () => {
  const { bars, highest } = trendBars([
    { scan_id: 1, run_id: 1, created_at: at, counts: severityCounts({ low: 3, critical: 1, info: 1 }) },
    { scan_id: 2, run_id: 2, created_at: at, counts: severityCounts({}) },
  ]);
  expect(bars[0]?.parts).toEqual([
    { name: "critical", count: 1 },
    { name: "low", count: 4 },
  ]);
  expect(bars[1]?.parts).toEqual([]);
  expect(highest).toBe(5);
});

test("tests stack what failed below what passed", () => {
  const { bars } = trendBars([{ scan_id: 1, run_id: 1, created_at: at, counts: testCounts({ passed: 8, failed: 1, errors: 1, skipped: 4, flaky: 2 }) }]);
  expect(bars[0]?.parts).toEqual([
    { name: "bad", count: 2 },
    { name: "good", count: 8 },
  ]);
});

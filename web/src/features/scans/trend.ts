import type { ScanDetail, SeverityCounts, TestCounts } from "@sentinal/contract";
import { isTestCounts } from "../../severity.ts";

export type TrendPart = { name: "critical" | "high" | "medium" | "low" | "good" | "bad"; count: number };
export type TrendBar = { scanId: number; createdAt: string; parts: TrendPart[]; total: number };

/** The bars of a trend, oldest first; each stacked from the least at the top to the gravest at the bottom. */
export function trendBars(trend: ScanDetail["trend"]): { bars: TrendBar[]; highest: number } {
  const bars = trend.map((point) => {
    const parts = partsOf(point.counts).filter((part) => part.count > 0);
    return { scanId: point.scan_id, createdAt: point.created_at, parts, total: parts.reduce((sum, part) => sum + part.count, 0) };
  });
  return { bars, highest: Math.max(1, ...bars.map((bar) => bar.total)) };
}

function partsOf(counts: SeverityCounts | TestCounts): TrendPart[] {
  if (isTestCounts(counts)) {
    return [
      { name: "bad", count: counts.failed + counts.errors },
      // Flaky ones are among the passed and the failed.
      { name: "good", count: counts.passed },
    ];
  }
  return [
    { name: "critical", count: counts.critical },
    { name: "high", count: counts.high },
    { name: "medium", count: counts.medium },
    // The rest is of one kind for the eye; the table has it apart.
    { name: "low", count: counts.low + counts.info + counts.unknown },
  ];
}

import type { ScanSummary, SeverityCounts, TestCounts } from "@sentinal/contract";
import { isTestCounts } from "../../severity.ts";

/** What the scans of a run hold together, for its row on the board. */
export type ScanFigures = {
  /** Null while no scan that counts findings has come. */
  findings: SeverityCounts | null;
  /** Null while no tests have come. */
  tests: TestCounts | null;
  /** Scans still being read. */
  underWay: number;
  /** Scans that failed without a result. */
  failed: number;
  partial: number;
};

/** Adds up the scans; of one that came again for a later attempt only the last counts. */
export function addUpScans(scans: readonly ScanSummary[]): ScanFigures {
  const figures: ScanFigures = { findings: null, tests: null, underWay: 0, failed: 0, partial: 0 };
  for (const scan of lastAttempts(scans)) {
    if (scan.status === "queued" || scan.status === "running") figures.underWay++;
    if (!hasResult(scan)) {
      if (scan.status === "failed") figures.failed++;
      continue;
    }
    if (scan.partial) figures.partial++;
    if (isTestCounts(scan.counts)) figures.tests = sum(figures.tests, scan.counts);
    else figures.findings = sum(figures.findings, scan.counts);
  }
  return figures;
}

/** Whether the scan's counts say something: one that is still read has none yet, one that failed may have some. */
export function hasResult(scan: Pick<ScanSummary, "status" | "counts">): boolean {
  return scan.status === "completed" || (scan.status === "failed" && scan.counts.total > 0);
}

/** The newest attempt of each scan, in the order in which they came. */
export function lastAttempts(scans: readonly ScanSummary[]): ScanSummary[] {
  const newest = new Map<string, ScanSummary>();
  for (const scan of scans) {
    const key = JSON.stringify([scan.scan_type, scan.tool, scan.category]);
    const known = newest.get(key);
    if (known === undefined || scan.run_attempt >= known.run_attempt) newest.set(key, scan);
  }
  return scans.filter((scan) => [...newest.values()].includes(scan));
}

/** Adds name by name; both have the same names. */
function sum<Counts extends Record<string, number>>(one: Counts | null, other: Counts): Counts {
  if (one === null) return other;
  const total: Record<string, number> = {};
  for (const [name, count] of Object.entries(one)) total[name] = count + (other[name] ?? 0);
  return { ...one, ...total };
}

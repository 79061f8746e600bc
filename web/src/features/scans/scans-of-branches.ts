import type { Run, ScanSummary } from "@sentinal/contract";

/** The newest completed scan of the same kind on each branch, the branches in the order of their newest runs. */
export function scansOfBranches(runs: readonly Run[], like: Pick<ScanSummary, "scan_type" | "tool" | "category">): { branch: string; scanId: number }[] {
  const found = new Map<string, number>();
  for (const run of runs.toSorted((a, b) => b.id - a.id)) {
    const scan = run.scans.findLast(
      (one) => one.scan_type === like.scan_type && one.tool === like.tool && one.category === like.category && one.status === "completed",
    );
    if (scan !== undefined && !found.has(run.branch)) found.set(run.branch, scan.id);
  }
  return [...found].map(([branch, scanId]) => ({ branch, scanId }));
}

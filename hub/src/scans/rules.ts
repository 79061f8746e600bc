import type { RunFacts, ScanStatus, SenderStatus } from "@sentinal/contract";
import type { FoundRun } from "../ci-runs/index.ts";
import type { Reading } from "../reading/index.ts";
import type { Change } from "../realtime/index.ts";

/** The task that works in a large report. */
export const processImportTask = "imports.process.1";

/** What a report changed, for the dashboards. */
export function changesOf(run: Pick<FoundRun, "id" | "isNew">, scanId: number, status: ScanStatus): Change[] {
  return [
    { kind: run.isNew ? "run_created" : "run_updated", run: run.id, scan: scanId },
    ...(status === "completed" ? [{ kind: "scan_completed" as const, run: run.id, scan: scanId }] : []),
    ...(status === "failed" ? [{ kind: "scan_failed" as const, run: run.id, scan: scanId }] : []),
  ];
}

/**
 * The status of a scan by what is said of it (`results.status`) and of its run: failed when either is, so that one
 * sender's failure does not end with another sender's success.
 */
/**
 * Whether a report that was read whole is the whole of its scan. A run that failed says nothing against it: a scanner
 * that is told to fail the build by what it found has still found all of it. A scan of its own that failed does, and so
 * does whatever is under way or was cancelled.
 */
export function isWholeScan(ofScan: SenderStatus | undefined, ofRun: SenderStatus | undefined): boolean {
  return (ofScan === undefined || ofScan === "completed") && (ofRun === undefined || ofRun === "completed" || ofRun === "failed");
}

/** Whether what is missing from a report that was read so is no more: it is whole, and does not say itself that there is more. */
export function mayFix(reading: Reading): boolean {
  return !reading.isPartial && reading.summary?.isComplete !== false;
}

export function scanStatusOf(ofScan: SenderStatus | undefined, ofRun: SenderStatus | undefined): ScanStatus {
  const said = [ofScan, ofRun];
  if (said.includes("failed") || said.includes("cancelled")) return "failed";
  const status = ofScan ?? ofRun;
  return status === "running" || status === "queued" ? status : "completed";
}

/** What a report's sender says of the run and its attempt; absent when it says nothing. */
export function saidOf(facts: RunFacts, attempt: number, isRepeated: boolean): { status: SenderStatus; attempt: number; isRepeated: boolean } | undefined {
  return facts.status === undefined ? undefined : { status: facts.status, attempt, isRepeated };
}

import type { ScanStatus } from "@sentinal/contract";
import type { FoundRun } from "../ci-runs/index.ts";
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

export function scanStatusOf(status: string | undefined): ScanStatus {
  if (status === "running" || status === "queued") return status;
  return status === "failed" || status === "cancelled" ? "failed" : "completed";
}

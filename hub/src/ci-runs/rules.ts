import type { RunStatus, ScanStatus, SenderStatus } from "@sentinal/contract";

/**
 * A run's status as people read it: `Failed` when a sender says failed, a scan of the newest attempt failed or a
 * test failed; else what the sender said last; a sender that says nothing means completed.
 */
export function runStatus(senderStatus: SenderStatus | null, scans: readonly { status: ScanStatus; failedTests: number }[]): RunStatus {
  if (senderStatus === "cancelled") return "Cancelled";
  if (senderStatus === "failed" || scans.some((scan) => scan.status === "failed" || scan.failedTests > 0)) return "Failed";
  if (senderStatus === "running" || scans.some((scan) => scan.status === "running")) return "Running";
  if (senderStatus === "queued") return "Queued";
  return scans.some((scan) => scan.status === "queued") ? "Running" : "Success";
}

/** A run's status and its badge. */
export type Standing = { status: RunStatus; critical: number };

/** How a run stands by what senders said last and by the scans of its newest attempt. */
export function standingOf(senderStatus: SenderStatus | null, scans: readonly { status: ScanStatus; failedTests: number; critical: number }[]): Standing {
  return { status: runStatus(senderStatus, scans), critical: scans.reduce((sum, scan) => sum + scan.critical, 0) };
}

export function isOver(status: RunStatus): boolean {
  return status === "Success" || status === "Failed" || status === "Cancelled";
}

/** The page of a run at GitHub; null where the name is no GitHub repository or GitHub's id is not known. */
export function githubRunUrl(githubUrl: string, repository: string, githubRunId: number | null, attempt: number): string | null {
  if (githubRunId === null || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return null;
  return `${githubUrl}/${repository}/actions/runs/${githubRunId}/attempts/${attempt}`;
}

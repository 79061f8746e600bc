import type { RunStatus, ScanStatus, SenderStatus } from "@sentinal/contract";

/** What a scan says of its run. */
export type StandingScan = { status: ScanStatus; failedTests: number; critical: number };

/** A run's status and its badge. */
export type Standing = { status: RunStatus; critical: number };

/** The badge's column is an integer; the sum of what senders count may be more. */
const largestInteger = 2_147_483_647;

/**
 * How a run stands by what senders said last and by the scans of its newest attempt. `isUnread`: there are none, and
 * what was received could not be read. A failed gate fails a run that would be a success; one that goes on may still mend it.
 */
export function standingOf(
  senderStatus: SenderStatus | null,
  scans: readonly StandingScan[],
  { isUnread, isGateFailed }: { isUnread: boolean; isGateFailed: boolean } = { isUnread: false, isGateFailed: false },
): Standing {
  const critical = scans.reduce((sum, scan) => sum + scan.critical, 0);
  const status = isUnread ? "Failed" : runStatus(senderStatus, scans);
  return { status: isGateFailed && status === "Success" ? "Failed" : status, critical: Math.min(largestInteger, critical) };
}

/**
 * A run's status as people read it: `Failed` when a sender says failed, a scan of the newest attempt failed or a
 * test failed; else what the sender said last; a sender that says nothing means completed.
 */
export function runStatus(senderStatus: SenderStatus | null, scans: readonly Pick<StandingScan, "status" | "failedTests">[]): RunStatus {
  if (senderStatus === "cancelled") return "Cancelled";
  if (senderStatus === "failed" || scans.some((scan) => scan.status === "failed" || scan.failedTests > 0)) return "Failed";
  if (senderStatus === "running" || scans.some((scan) => scan.status === "running")) return "Running";
  if (senderStatus === "queued") return "Queued";
  return scans.some((scan) => scan.status === "queued") ? "Running" : "Success";
}

const stages: Readonly<Record<SenderStatus, number>> = { queued: 0, running: 1, completed: 2, failed: 2, cancelled: 2 };

/** Whether a run has come further by what is said of it: a repeated message may end a run, and never takes it back. */
export function isFurther(said: SenderStatus, before: SenderStatus | null): boolean {
  return before === null || stages[said] > stages[before];
}

export function isOver(status: RunStatus): boolean {
  return status === "Success" || status === "Failed" || status === "Cancelled";
}

/** The page of a run at GitHub; null where the name is no GitHub repository or GitHub's id is not known. */
export function githubRunUrl(githubUrl: string, repository: string, githubRunId: number | null, attempt: number): string | null {
  if (githubRunId === null || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return null;
  return `${githubUrl}/${repository}/actions/runs/${githubRunId}/attempts/${attempt}`;
}

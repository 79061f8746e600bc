import type { DashboardUpdate, Run } from "@sentinal/contract";
import type { Database } from "../database/index.ts";
import type { Change, Sockets } from "../realtime/index.ts";
import { findRuns } from "./queries.ts";

/** Tells this hub's sockets what changed: reads the rows once, however many watch. */
export async function broadcastChanges(db: Database, sockets: Sockets, changes: readonly Change[], githubUrl: string): Promise<void> {
  if (sockets.count() === 0) return;
  const runs = new Map((await findRuns(db, [...new Set(changes.map((change) => change.run))], githubUrl)).map((run) => [run.id, run]));
  for (const change of changes) {
    const run = runs.get(change.run);
    if (run === undefined) continue;
    if (change.kind !== "scan_progress" && change.kind !== "scan_failed") sockets.emitDashboard(run.repository, dashboardUpdate(change, run));
    if (change.kind === "scan_progress") sockets.emitScan(run.id, { type: "progress", run_id: run.id, data: { findings: change.progress ?? 0 } });
    if (change.kind === "scan_completed") sockets.emitScan(run.id, { type: "completed", run_id: run.id, data: scanData(change, run) });
    if (change.kind === "scan_failed") sockets.emitScan(run.id, { type: "failed", run_id: run.id, data: scanData(change, run) });
  }
}

function dashboardUpdate(change: Change, run: Run): DashboardUpdate {
  return {
    type: change.kind === "run_created" ? "new_run" : change.kind === "scan_completed" ? "scan_completed" : "run_updated",
    data: {
      id: run.id,
      repository: run.repository,
      commit_hash: run.commit_hash,
      branch: run.branch,
      status: run.status,
      critical_vulnerabilities: run.critical_vulnerabilities,
      scan_id: change.scan ?? null,
      updated_at: run.updated_at,
    },
  };
}

function scanData(change: Change, run: Run): Record<string, unknown> {
  const scan = run.scans.find((one) => one.id === change.scan);
  return { status: run.status, scan_id: change.scan ?? null, scan_type: scan?.scan_type ?? null, counts: scan?.counts ?? null, changes: scan?.changes ?? null };
}

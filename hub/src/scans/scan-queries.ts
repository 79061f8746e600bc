import type { Changes, Run, ScanDetail, ScanStatus, ScanType, SeverityCounts, TestCounts } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import { listImports } from "./imports.ts";
import { toolGateOf } from "./tool-gate.ts";

const trendLength = 30;

/** A scan with its run, its imports and the trend of its branch; null when there is none to see. */
export async function findScan(db: Database, id: number, findRun: (runId: number) => Promise<Run | null>): Promise<ScanDetail | null> {
  const scan = await db.selectFrom("scans").selectAll().where("id", "=", id).executeTakeFirst();
  if (scan === undefined) return null;
  const run = await findRun(scan.run_id);
  if (run === null) return null;
  const trend = await sql<{ scan_id: number; run_id: number; created_at: Date; counts: SeverityCounts | TestCounts }>`
    select s.id as scan_id, s.run_id, s.created_at, s.counts
      from scans s join runs r on r.id = s.run_id join repositories p on p.id = r.repository_id
     where p.name = ${run.repository} and r.branch = ${run.branch} and s.scan_type = ${scan.scan_type} and s.tool = ${scan.tool} and s.category = ${scan.category}
       and s.id <= ${id} and s.status = 'completed'
     order by s.id desc limit ${trendLength}`.execute(db);
  return {
    id: scan.id,
    run_id: scan.run_id,
    run_attempt: scan.run_attempt,
    scan_type: scan.scan_type as ScanType,
    tool: scan.tool,
    category: scan.category,
    status: scan.status as ScanStatus,
    partial: scan.partial,
    counts: scan.counts as SeverityCounts | TestCounts,
    changes: scan.changes as Changes | null,
    created_at: scan.created_at.toISOString(),
    updated_at: scan.updated_at.toISOString(),
    run,
    tool_version: scan.tool_version,
    target: scan.target,
    tool_gate: toolGateOf(scan.tool_gate),
    imports: await listImports(db, { scan: id }),
    trend: trend.rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() })).toReversed(),
  };
}

/** Whether there is such a scan, in a repository that is to be seen. */
export async function isScanVisible(db: Database, id: number, visible: string | null): Promise<boolean> {
  const scan = db
    .selectFrom("scans")
    .innerJoin("runs", "runs.id", "scans.run_id")
    .innerJoin("repositories", "repositories.id", "runs.repository_id")
    .where("scans.id", "=", id);
  return (await (visible === null ? scan : scan.where("repositories.name", "=", visible)).select("scans.id").executeTakeFirst()) !== undefined;
}

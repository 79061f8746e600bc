import type { RunStatus, ScanStatus } from "@sentinal/contract";
import { sql } from "kysely";
import type { DatabaseTransaction } from "../database/index.ts";
import { statusColumn } from "./find-or-create.ts";
import { isOver, standingOf } from "./rules.ts";

/** Settles the run's status and its badge from the scans of its newest attempt, after a report changed one of them. */
export async function settleRun(trx: DatabaseTransaction, runId: number): Promise<RunStatus> {
  const answer = await sql<{ sender_status: string | null; status: ScanStatus | null; failed: number; critical: number }>`
    select r.sender_status, s.status,
           coalesce((s.counts->>'failed')::int, 0) + coalesce((s.counts->>'errors')::int, 0) as failed,
           coalesce((s.counts->>'critical')::int, 0) as critical
      from runs r left join scans s on s.run_id = r.id and s.run_attempt = r.run_attempt
     where r.id = ${runId}`.execute(trx);
  const rows = answer.rows;
  const scans = rows.flatMap((row) => (row.status === null ? [] : [{ status: row.status, failedTests: row.failed, critical: row.critical }]));
  const { status, critical } = standingOf(statusColumn(rows[0]?.sender_status ?? null), scans);
  await sql`
    update runs set status = ${status}, critical_vulnerabilities = ${critical}, updated_at = now(),
           completed_at = case when ${isOver(status)} then coalesce(completed_at, now()) else null end
     where id = ${runId}`.execute(trx);
  return status;
}

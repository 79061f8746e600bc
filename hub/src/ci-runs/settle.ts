import type { RunGate, RunStatus, ScanStatus, SenderStatus } from "@sentinal/contract";
import { sql } from "kysely";
import { type Database, type DatabaseTransaction, inTransaction } from "../database/index.ts";
import { statusColumn } from "./find-or-create.ts";
import { judgeRun } from "./gate.ts";
import { isFurther, isOver, standingOf } from "./rules.ts";

/** What a sender said of the run, in which attempt, and whether the report that came with it had come before. */
export type Said = { status: SenderStatus; attempt: number; isRepeated: boolean };

/**
 * Settles the run's status and its badge from the scans of its newest attempt, after a report changed one of them.
 * `said` is what the report's sender said of the run, absent when it said nothing.
 */
export async function settleRun(trx: DatabaseTransaction, runId: number, said?: Said): Promise<{ status: RunStatus; gate: RunGate | null }> {
  const answer = await sql<{
    run_attempt: number;
    sender_status: string | null;
    is_unread: boolean;
    status: ScanStatus | null;
    failed: number;
    critical: number;
  }>`
    select r.run_attempt, r.sender_status, s.status,
           s.id is null and exists (select from imports i where i.run_id = r.id and i.status in ('refused', 'failed')) as is_unread,
           coalesce((s.counts->>'failed')::bigint, 0) + coalesce((s.counts->>'errors')::bigint, 0) as failed,
           coalesce((s.counts->>'critical')::bigint, 0) as critical
      from runs r left join scans s on s.run_id = r.id and s.run_attempt = r.run_attempt
     where r.id = ${runId}`.execute(trx);
  const rows = answer.rows;
  const [first] = rows;
  const before = statusColumn(first?.sender_status ?? null);
  const counts = said !== undefined && said.attempt === first?.run_attempt && (!said.isRepeated || isFurther(said.status, before));
  const senderStatus = counts ? said.status : before;
  const scans = rows.flatMap((row) => (row.status === null ? [] : [{ status: row.status, failedTests: row.failed, critical: row.critical }]));
  const gate = await judgeRun(trx, runId);
  const { status, critical } = standingOf(senderStatus, scans, { isUnread: first?.is_unread === true, isGateFailed: gate?.verdict === "failed" });
  await sql`
    update runs set status = ${status}, gate = ${gate === null ? null : JSON.stringify(gate)}::jsonb, sender_status = ${senderStatus}, critical_vulnerabilities = ${critical}, updated_at = now(),
           completed_at = case when ${isOver(status)} then coalesce(completed_at, now()) else null end
     where id = ${runId}`.execute(trx);
  return { status, gate };
}

/** Settles a run anew after people have decided on its findings: in a transaction of its own, for reports take the run's row before their findings. */
export async function settleAgain(db: Database, runId: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.selectFrom("runs").select("id").where("id", "=", runId).forUpdate().execute();
    await settleRun(trx, runId);
  });
}

import { type GateCondition, GateCondition as GateConditionSchema, type GateMetric, RunGate } from "@sentinal/contract";
import { sql } from "kysely";
import { z } from "zod";
import type { Database, DatabaseTransaction } from "../database/index.ts";

/** What a run's newest attempt measures. */
export type Measures = Readonly<Record<GateMetric, number>>;

/** The verdict of a gate; null where it has no conditions. */
export function judge(conditions: readonly GateCondition[], measures: Measures): RunGate | null {
  if (conditions.length === 0) return null;
  const judged = conditions.map(({ metric, at_most }) => {
    const actual = measures[metric];
    return { metric, at_most, actual, verdict: actual <= at_most ? ("passed" as const) : ("failed" as const) };
  });
  return { verdict: judged.some(({ verdict }) => verdict === "failed") ? "failed" : "passed", conditions: judged };
}

/** Measures a run and judges it by its repository's gate; null where there is none. */
export async function judgeRun(trx: DatabaseTransaction, runId: number): Promise<RunGate | null> {
  const answer = await sql<{ gate: unknown }>`
    select p.gate from runs r join repositories p on p.id = r.repository_id where r.id = ${runId}`.execute(trx);
  const conditions = conditionsOf(answer.rows[0]?.gate);
  return conditions.length === 0 ? null : judge(conditions, await measure(trx, runId));
}

/** Findings that a person or the tool has dismissed count in none. */
async function measure(trx: DatabaseTransaction, runId: number): Promise<Measures> {
  const answer = await sql<Measures>`
    with mine as (select s.id, s.scan_type, s.counts, s.tool_gate from runs r join scans s on s.run_id = r.id and s.run_attempt = r.run_attempt where r.id = ${runId}),
         seen as (
           select o.change, o.severity_rank from mine join occurrences o on o.scan_id = mine.id and o.change <> 'fixed'
             join runs r on r.id = ${runId}
            where not exists (
              select from finding_states st join branch_scopes b on b.id = st.branch_scope_id and b.branch = r.branch
               where st.finding_id = o.finding_id and st.state = 'dismissed'))
    select count(*) filter (where change in ('new', 'reopened') and severity_rank = 0) as new_critical,
           count(*) filter (where change in ('new', 'reopened') and severity_rank = 1) as new_high,
           count(*) filter (where change in ('new', 'reopened')) as new_findings,
           count(*) filter (where severity_rank = 0) as critical,
           count(*) filter (where severity_rank = 1) as high,
           count(*) as findings,
           (select coalesce(sum(coalesce((counts->>'failed')::bigint, 0) + coalesce((counts->>'errors')::bigint, 0)), 0)::bigint from mine where scan_type = 'test') as failed_tests,
           (select coalesce(sum((counts->>'flaky')::bigint), 0)::bigint from mine where scan_type = 'test') as flaky_tests,
           (select count(*) from mine where tool_gate->>'verdict' = 'failed') as failed_tool_gates,
           (select count(*) from imports i where i.run_id = ${runId} and i.status in ('partial', 'refused', 'failed')) as unread_reports
      from seen`.execute(trx);
  const [row] = answer.rows;
  if (row === undefined) throw new Error("a count without rows");
  return row;
}

/** The conditions of a repository's gate; none where it has no gate or has sent nothing yet. */
export async function findGate(db: Database, repository: string): Promise<GateCondition[]> {
  const row = await db.selectFrom("repositories").select("gate").where("name", "=", repository).executeTakeFirst();
  return conditionsOf(row?.gate);
}

/** The verdict on a run; null where there is none. */
export async function findRunGate(db: Database, runId: number): Promise<RunGate | null> {
  const row = await db.selectFrom("runs").select("gate").where("id", "=", runId).executeTakeFirst();
  return runGateOf(row?.gate);
}

/** A verdict as it is stored. */
export function runGateOf(stored: unknown): RunGate | null {
  return stored === null || stored === undefined ? null : RunGate.parse(stored);
}

function conditionsOf(stored: unknown): GateCondition[] {
  return stored === null || stored === undefined ? [] : z.array(GateConditionSchema).parse(stored);
}

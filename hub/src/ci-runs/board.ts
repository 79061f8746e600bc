import type { Board, RunStatus, WorkflowStrip } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "../database/index.ts";

const stripLength = 30;
const mostWorkflows = 40;
/** A workflow that has not run for so long has left the board. */
const withinDays = 30;

/** The board's figures and its workflows, newest activity first, at most 40. Who sees one repository (`visible`) hears nothing of others. */
export async function readBoard(db: Database, asked: string | undefined, visible: string | null): Promise<Board> {
  const repository = visible ?? asked;
  const [figures, workflows] = await Promise.all([readFigures(db, repository, visible), readWorkflows(db, repository)]);
  return { ...figures, workflows };
}

async function readFigures(db: Database, repository: string | undefined, visible: string | null): Promise<Omit<Board, "workflows">> {
  const inRepository = repository === undefined ? sql`true` : sql`p.name = ${repository}`;
  const answer = await sql<{
    critical_open: number;
    critical_new_today: number;
    tokens_ending_soon: number;
    failed_runs_today: number;
    failed_runs_yesterday: number;
    last_received_at: Date | null;
  }>`
    with critical as (
      select s.first_seen_at from finding_states s join branch_scopes b on b.id = s.branch_scope_id join finding_scopes sc on sc.id = b.scope_id
        join repositories p on p.id = sc.repository_id join findings f on f.id = s.finding_id
       where s.state = 'open' and f.severity_rank = 0 and ${inRepository}
         and b.branch = coalesce(p.default_branch, (select d.branch from branch_scopes d where d.scope_id = b.scope_id and d.branch in ('main', 'master') order by d.branch limit 1), b.branch)
    ), failed as (
      select r.created_at from runs r join repositories p on p.id = r.repository_id
       where r.status = 'Failed' and r.created_at > now() - interval '48 hours' and ${inRepository}
    )
    select (select count(*) from critical) as critical_open,
           (select count(*) from critical where first_seen_at > now() - interval '24 hours') as critical_new_today,
           (select count(*) from api_tokens where revoked_at is null and replaced_by is null and expires_at between now() and now() + interval '14 days'
               and ${visible === null ? sql`true` : sql`repository = ${visible}`}) as tokens_ending_soon,
           (select count(*) from failed where created_at > now() - interval '24 hours') as failed_runs_today,
           (select count(*) from failed where created_at <= now() - interval '24 hours') as failed_runs_yesterday,
           ${lastReceived(repository)} as last_received_at`.execute(db);
  const row = answer.rows[0];
  if (row === undefined) throw new Error("the board's figures gave no row");
  return { ...row, last_received_at: row.last_received_at?.toISOString() ?? null };
}

/** Of one repository by its newest runs: a report for a run that is older than those is no news of today. */
function lastReceived(repository: string | undefined): RawBuilder<unknown> {
  if (repository === undefined) return sql`(select max(received_at) from imports)`;
  return sql`(select max(i.received_at) from imports i
               where i.run_id in (select r.id from runs r join repositories p on p.id = r.repository_id where p.name = ${repository} order by r.id desc limit 100))`;
}

async function readWorkflows(db: Database, repository: string | undefined): Promise<WorkflowStrip[]> {
  const answer = await sql<{
    repository: string;
    workflow: string;
    branch: string;
    failing_since: Date | null;
    runs: { id: number; status: RunStatus; commit_hash: string; started_at: string; duration_ms: number | null }[];
  }>`
    with active as (
      select r.repository_id, coalesce(r.workflow, '') as workflow, r.branch, max(r.id) as newest
        from runs r join repositories p on p.id = r.repository_id
       where r.created_at > now() - make_interval(days => ${withinDays})
         and ${repository === undefined ? sql`true` : sql`p.name = ${repository}`}
         and (r.branch = p.default_branch or (p.default_branch is null and r.pull_request is null))
       group by 1, 2, 3 order by newest desc limit ${mostWorkflows}
    )
    select p.name as repository, a.workflow, a.branch,
           (select jsonb_agg(jsonb_build_object('id', s.id, 'status', s.status, 'commit_hash', s.commit_hash, 'started_at', coalesce(s.started_at, s.created_at),
                     'duration_ms', case when s.started_at is not null and s.completed_at >= s.started_at then round(extract(epoch from s.completed_at - s.started_at) * 1000) end) order by s.id)
              from (select * from runs x where x.repository_id = a.repository_id and coalesce(x.workflow, '') = a.workflow and x.branch = a.branch order by x.id desc limit ${stripLength}) s) as runs,
           (select min(coalesce(f.started_at, f.created_at)) from runs f
             where f.repository_id = a.repository_id and coalesce(f.workflow, '') = a.workflow and f.branch = a.branch and f.status = 'Failed'
               and f.id > coalesce((select max(g.id) from runs g where g.repository_id = a.repository_id and coalesce(g.workflow, '') = a.workflow and g.branch = a.branch and g.status = 'Success'), 0)) as failing_since
      from active a join repositories p on p.id = a.repository_id
     order by a.newest desc`.execute(db);
  return answer.rows.map((row) => ({
    ...row,
    failing_since: row.failing_since?.toISOString() ?? null,
    runs: row.runs.map((run) => ({ ...run, started_at: new Date(run.started_at).toISOString() })),
  }));
}

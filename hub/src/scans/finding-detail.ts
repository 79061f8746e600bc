import type { DismissalReason, FindingDetail, FindingEvent, FindingState } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import { findDismissals } from "./dismissals.ts";
import { findPlaces } from "./finding-places.ts";
import { findingColumns, findingOf, type FindingRow } from "./finding-queries.ts";

const mostEvents = 100;
const mostBranches = 100;

type DetailRow = FindingRow & { detail: Record<string, unknown> };

/** One finding on one branch (else where it was seen last), with what became of it on all branches; null when there is none to see. */
export async function findFinding(db: Database, id: number, branch: string | undefined, visible: string | null): Promise<FindingDetail | null> {
  const row = (await findStanding(db, id, branch, visible)) ?? (await findSighted(db, id, branch, visible));
  if (row === undefined) return null;
  const [places, dismissals, branches, reported, decided] = await Promise.all([
    findPlaces(db, { repository: row.repository, branch: row.branch, scanType: [row.scan_type], tool: [row.tool] }, visible),
    findDismissals(db, [row]),
    listBranches(db, id),
    listReported(db, id),
    listDecided(db, id),
  ]);
  const isStale = places.some((place) => place.branchScopeId === row.branch_scope_id && place.isStale);
  return {
    ...findingOf(row, isStale),
    detail: row.detail,
    dismissal: dismissals[0] ?? null,
    branches,
    timeline: [...reported, ...decided].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, mostEvents),
  };
}

async function findStanding(db: Database, id: number, branch: string | undefined, visible: string | null): Promise<DetailRow | undefined> {
  const answer = await sql<DetailRow>`
    select ${findingColumns}, f.detail
      from finding_states s join findings f on f.id = s.finding_id join branch_scopes b on b.id = s.branch_scope_id join finding_scopes sc on sc.id = b.scope_id
      join repositories r on r.id = sc.repository_id cross join (select null::text as change, null::int as line) o
     where s.finding_id = ${id} and ${branch === undefined ? sql`true` : sql`b.branch = ${branch}`} and ${visible === null ? sql`true` : sql`r.name = ${visible}`}
     order by s.changed_at desc, b.id limit 1`.execute(db);
  return answer.rows[0];
}

/** A finding that has no state on any branch, for only a report that came too late had it: as the newest scan saw it. */
async function findSighted(db: Database, id: number, branch: string | undefined, visible: string | null): Promise<DetailRow | undefined> {
  const answer = await sql<DetailRow>`
    select ${findingColumns}, f.detail
      from (select oc.line, null::text as change, oc.scan_id from occurrences oc where oc.finding_id = ${id}) o
      join scans scan on scan.id = o.scan_id join runs run on run.id = scan.run_id join findings f on f.id = ${id}
      join finding_scopes sc on sc.id = f.scope_id join repositories r on r.id = sc.repository_id
      join branch_scopes b on b.scope_id = sc.id and b.branch = run.branch
      left join finding_states s on s.finding_id = f.id and s.branch_scope_id = b.id
     where ${branch === undefined ? sql`true` : sql`b.branch = ${branch}`} and ${visible === null ? sql`true` : sql`r.name = ${visible}`}
     order by o.scan_id desc limit 1`.execute(db);
  return answer.rows[0];
}

/** Where it stands how, the branch that had it first coming first. */
async function listBranches(db: Database, id: number): Promise<FindingDetail["branches"]> {
  const answer = await sql<{ branch: string; state: FindingState; first_seen_at: Date; first_seen_run_id: number | null; first_seen_commit: string | null }>`
    select b.branch, s.state, s.first_seen_at, s.first_seen_run_id, r.commit_hash as first_seen_commit
      from finding_states s join branch_scopes b on b.id = s.branch_scope_id left join runs r on r.id = s.first_seen_run_id
     where s.finding_id = ${id} order by s.first_seen_at, b.id limit ${mostBranches}`.execute(db);
  return answer.rows.map((row) => ({ ...row, first_seen_at: row.first_seen_at.toISOString() }));
}

/** What reports told of it, newest first. */
async function listReported(db: Database, id: number): Promise<FindingEvent[]> {
  const answer = await sql<{ branch: string; event: "appeared" | "fixed" | "reopened"; at: Date; run_id: number; commit_hash: string }>`
    select r.branch, case o.change when 'new' then 'appeared' else o.change end as event, coalesce(r.started_at, r.created_at) as at, r.id as run_id, r.commit_hash
      from occurrences o join scans sc on sc.id = o.scan_id join runs r on r.id = sc.run_id
     where o.finding_id = ${id} and o.change in ('new', 'fixed', 'reopened')
     order by o.scan_id desc limit ${mostEvents}`.execute(db);
  return answer.rows.map((row) => ({ ...row, at: row.at.toISOString(), username: null, reason: null, comment: null }));
}

/** What people decided on it, newest first. */
async function listDecided(db: Database, id: number): Promise<FindingEvent[]> {
  const answer = await sql<{
    branch: string;
    event: "dismissed" | "reopened";
    at: Date;
    username: string | null;
    reason: DismissalReason | null;
    comment: string | null;
  }>`
    select b.branch, case a.action when 'dismiss' then 'dismissed' else 'reopened' end as event, a.at, u.username, a.reason, a.comment
      from finding_triage t join triage_acts a on a.id = t.act_id join branch_scopes b on b.id = t.branch_scope_id left join users u on u.id = a.user_id
     where t.finding_id = ${id} order by t.act_id desc, b.id limit ${mostEvents}`.execute(db);
  return answer.rows.map((row) => ({ ...row, at: row.at.toISOString(), run_id: null, commit_hash: null }));
}

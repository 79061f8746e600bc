import { type RawBuilder, sql } from "kysely";
import type { Database } from "../database/index.ts";

/** Which results are asked for: those of a scan, of a run, or the newest ones of branches. */
export type TestScope = {
  scanId?: number | undefined;
  runId?: number | undefined;
  repository?: string | undefined;
  /** Left out: the default branch. */
  branch?: string | undefined;
};

/** A scan of tests with its run. */
export type TestScan = {
  scan_id: number;
  run_id: number;
  commit_hash: string;
  at: Date;
  repository_id: number;
  repository: string;
  branch: string;
  tool: string;
  category: string;
};

/**
 * A branch shows a test as one of the last 10 scans of its tool and category saw it: what none of them has is gone.
 * One scan is not enough, for a run again of what failed holds nothing else.
 */
const scansOfBranch = 10;
/** For a test's last 30 results; not every scan holds every test. */
const scansOfHistory = 100;
const mostScans = 5_000;
const mostBranches = 1_000;
/** Runs of all branches together among which scans are looked for, and of one branch at least. */
const runsLookedAt = 2_000;
const runsOfBranch = 50;

/** The scans whose results are asked for, as far as they are to be seen; newest first, and of a run's attempts the last one first. */
export async function findTestScans(db: Database, scope: TestScope, visible: string | null): Promise<TestScan[]> {
  if (scope.scanId === undefined && scope.runId === undefined) return findScansOfBranches(db, scope, visible);
  const answer = await sql<TestScan>`
    select ${columns} from scans s join runs r on r.id = s.run_id join repositories p on p.id = r.repository_id
     where s.scan_type = 'test' and ${isSeen(scope, visible)}
       and ${scope.scanId === undefined ? sql`true` : sql`s.id = ${scope.scanId}`}
       and ${scope.runId === undefined ? sql`true` : sql`s.run_id = ${scope.runId}`}
       and ${scope.branch === undefined ? sql`true` : sql`r.branch = ${scope.branch}`}
     order by s.run_attempt desc, s.id desc limit ${mostScans}`.execute(db);
  return answer.rows;
}

/** The newest scans of the branches that these scans stand on, newest first. */
export function findHistoryScans(db: Database, scans: readonly TestScan[]): Promise<TestScan[]> {
  const branches = new Map(scans.map((scan) => [branchKey(scan), scan]));
  return findNewestScans(db, [...branches.values()], scansOfHistory);
}

/** Scans of one tool and category on one branch have the same key: in them a test is the same one. */
export function seriesKey(scan: TestScan): string {
  return JSON.stringify([scan.repository_id, scan.branch, scan.tool, scan.category]);
}

export function branchKey(scan: { repository_id: number; branch: string }): string {
  return JSON.stringify([scan.repository_id, scan.branch]);
}

async function findScansOfBranches(db: Database, scope: TestScope, visible: string | null): Promise<TestScan[]> {
  const isAsked =
    scope.branch === undefined
      ? sql`b.branch = coalesce(p.default_branch, (select d.branch from branch_scopes d where d.scope_id = b.scope_id and d.branch in ('main', 'master') order by d.branch limit 1), b.branch)`
      : sql`b.branch = ${scope.branch}`;
  const branches = await sql<{ repository_id: number; branch: string; newest: number[] | null }>`
    select p.id as repository_id, b.branch, jsonb_agg(b.newest_scan_id) filter (where b.newest_scan_id is not null) as newest
      from branch_scopes b join finding_scopes c on c.id = b.scope_id join repositories p on p.id = c.repository_id
     where c.scan_type = 'test' and ${isSeen(scope, visible)} and ${isAsked}
     group by p.id, b.branch order by max(b.newest_ordered_at) desc nulls last limit ${mostBranches}`.execute(db);
  const scans = await findNewestScans(db, branches.rows, scansOfBranch);
  // What runs seldom on a busy branch is not among its newest runs.
  const known = new Set(scans.map((scan) => scan.scan_id));
  const missing = branches.rows.flatMap((branch) => branch.newest ?? []).filter((id) => !known.has(id));
  if (missing.length === 0) return scans;
  const rare = await sql<TestScan>`
    select ${columns} from scans s join runs r on r.id = s.run_id join repositories p on p.id = r.repository_id
     where s.id = any(${missing}::bigint[])`.execute(db);
  return [...scans, ...rare.rows].toSorted((a, b) => b.at.getTime() - a.at.getTime() || b.scan_id - a.scan_id);
}

/** Of each tool and category that many scans at most. */
async function findNewestScans(db: Database, branches: readonly { repository_id: number; branch: string }[], most: number): Promise<TestScan[]> {
  if (branches.length === 0) return [];
  const runs = Math.max(runsOfBranch, Math.floor(runsLookedAt / branches.length));
  const answer = await sql<TestScan & { age: number }>`
    select * from (
      select ${columns}, row_number() over (partition by r.repository_id, r.branch, s.tool, s.category order by coalesce(r.started_at, r.created_at) desc, s.id desc) as age
        from unnest(${branches.map((one) => one.repository_id)}::bigint[], ${branches.map((one) => one.branch)}::text[]) a (repository_id, branch)
       cross join lateral (select * from runs r where r.repository_id = a.repository_id and r.branch = a.branch order by r.id desc limit ${runs}) r
        join repositories p on p.id = r.repository_id join scans s on s.run_id = r.id and s.scan_type = 'test') ranked
     where age <= ${most} order by age, scan_id desc limit ${mostScans}`.execute(db);
  return answer.rows.map(({ age: _age, ...scan }) => scan).toSorted((a, b) => b.at.getTime() - a.at.getTime() || b.scan_id - a.scan_id);
}

const columns = sql`s.id as scan_id, r.id as run_id, r.commit_hash, coalesce(r.started_at, r.created_at) as at, r.repository_id, p.name as repository, r.branch, s.tool, s.category`;

function isSeen(scope: TestScope, visible: string | null): RawBuilder<unknown> {
  return sql`${visible === null ? sql`true` : sql`p.name = ${visible}`} and ${scope.repository === undefined ? sql`true` : sql`p.name = ${scope.repository}`}`;
}

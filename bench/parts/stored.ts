import pg from "pg";
import type { ConnectionSettings } from "../../hub/src/database/index.ts";

/**
 * Fills a hub's database past the hub, faster than reports would: what it has imported into one repository is copied to
 * others, as it is stored and with other identities.
 */

export async function withClient<Result>(connection: ConnectionSettings, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ ...connection, statement_timeout: 0 });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off");
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What a repository got by its newest report. */
export type Stored = { repositoryId: string; runId: string; scanId: string; scopeId: string; branchScopeId: string };

export async function storedOf(client: pg.Client, repository: string): Promise<Stored> {
  const answer = await client.query<Stored>(
    `select p.id as "repositoryId", s.run_id as "runId", s.id as "scanId", c.id as "scopeId", b.id as "branchScopeId"
       from repositories p join finding_scopes c on c.repository_id = p.id join branch_scopes b on b.scope_id = c.id join scans s on s.id = b.newest_scan_id
      where p.name = $1 order by s.id desc limit 1`,
    [repository],
  );
  return only(answer.rows, `${repository} has had no report yet`);
}

/** Copies findings to another repository, as often as it takes; of twenty 16 are open there, 3 fixed and 1 dismissed. */
export async function copyFindings(client: pg.Client, from: Stored, repository: string, count: number): Promise<Stored> {
  const to = await openScan(client, from, repository);
  const columns = await columnsOf(client, "findings", ["id", "scope_id", "identity"]);
  await client.query(
    `with source as (select f.*, row_number() over (order by id) as place, count(*) over () as size from findings f where scope_id = $1),
          made as (
            insert into findings (scope_id, identity, ${columns})
            select $2::bigint, md5(identity::text || $2 || ' ' || copy)::uuid, ${columns}
              from source cross join lateral generate_series(0, ($5::int - place) / size) copy where place <= $5::int
            returning id, line, severity_rank, id % 20 as part),
          states as (
            insert into finding_states (branch_scope_id, finding_id, state, dismissed_by, first_seen_at, first_seen_run_id, changed_at, changed_run_id)
            select $3::bigint, id, case when part < 16 then 'open' when part < 19 then 'fixed' else 'dismissed' end, case when part = 19 then 'user' end, now(), $4::bigint, now(), $4::bigint
              from made)
     insert into occurrences (scan_id, finding_id, scope_id, change, line, severity_rank)
     select $6::bigint, id, $2::bigint, case when part = 0 then 'new' when part between 16 and 18 then 'fixed' else 'unchanged' end, line, severity_rank from made`,
    [from.scopeId, to.scopeId, to.branchScopeId, to.runId, count, to.scanId],
  );
  return to;
}

/** Copies tests to another repository, with the results of so many runs there; answers the newest one. */
export async function copyTests(client: pg.Client, from: Stored, repository: string, runs: number): Promise<Stored> {
  let to = await openScan(client, from, repository);
  const caseColumns = await columnsOf(client, "test_cases", ["id", "scope_id"]);
  const resultColumns = await columnsOf(client, "test_results", ["scan_id", "test_id"]);
  await client.query(`insert into test_cases (scope_id, ${caseColumns}) select $2::bigint, ${caseColumns} from test_cases where scope_id = $1 order by id`, [
    from.scopeId,
    to.scopeId,
  ]);
  for (let run = 0; run < runs; run++) {
    if (run > 0) to = await openScan(client, from, repository);
    await client.query(
      `insert into test_results (scan_id, test_id, ${resultColumns})
       select $1::bigint, t.id, ${listOf(resultColumns, "r")} from test_results r join test_cases c on c.id = r.test_id
         join test_cases t on t.scope_id = $2 and t.identity = c.identity and t.ordinal = c.ordinal
        where r.scan_id = $3`,
      [to.scanId, to.scopeId, from.scanId],
    );
  }
  await client.query(
    `insert into test_states (branch_scope_id, test_id, is_failing, has_failed, changed_at, changed_run_id)
     select $1::bigint, test_id, outcome in ('failed', 'error'), outcome in ('failed', 'error'), now(), $2::bigint from test_results where scan_id = $3`,
    [to.branchScopeId, to.runId, to.scanId],
  );
  return to;
}

/** Runs with a scan and an import each, over a month, one in ten failed. */
export async function addRuns(client: pg.Client, from: Stored, count: number): Promise<void> {
  const importColumns = await importColumnsOf(client);
  await client.query(
    `with run as (
       insert into runs (repository_id, commit_hash, branch, workflow, commit_message, actor, status, sender_status, started_at, completed_at, created_at)
       select $1::bigint, md5(n::text) || '00000000', case when n % 3 = 0 then 'feature-' || n % 50 else 'main' end, 'Workflow ' || n % 12, 'Change number ' || n, 'ada',
              case when n % 10 = 0 then 'Failed' else 'Success' end, 'completed', at, at + interval '4 minutes', at
         from generate_series(1, $2::int) n cross join lateral (select now() - (n * interval '30 days') / $2::int as at) time
       returning id),
       scan as (
       insert into scans (run_id, run_attempt, scan_type, tool, category, status, counts_from, counts, changes)
       select run.id, 1, s.scan_type, s.tool, s.category, s.status, s.counts_from, s.counts, s.changes from run join scans s on s.id = $3
       returning id, run_id)
     insert into imports (id, run_id, scan_id, scope_id, ${importColumns})
     select gen_random_uuid(), scan.run_id, scan.id, $4::bigint, ${listOf(importColumns, "i")} from scan join imports i on i.scan_id = $3`,
    [from.repositoryId, count, from.scanId, from.scopeId],
  );
}

/** What autovacuum and the checkpointer would do some time later, and would be measured then. */
export async function settle(client: pg.Client): Promise<void> {
  await client.query("vacuum analyze");
  await client.query("checkpoint");
}

/** A run, a scan and an import as those of the source, in another repository; the scan is the newest of its branch. */
async function openScan(client: pg.Client, from: Stored, repository: string): Promise<Stored> {
  const importColumns = await importColumnsOf(client);
  const answer = await client.query<Stored>(
    `with p as (insert into repositories (name, default_branch) values ($1, 'main') on conflict (name) do update set default_branch = 'main' returning id),
          r as (insert into runs (repository_id, commit_hash, branch, workflow, status, sender_status, started_at, completed_at)
                select p.id, md5(random()::text) || '00000000', 'main', 'Tests', 'Success', 'completed', now(), now() from p returning id),
          s as (insert into scans (run_id, run_attempt, scan_type, tool, category, status, counts_from, counts, changes, target)
                select r.id, 1, scan_type, tool, category, status, counts_from, counts, changes, target from scans, r where scans.id = $2 returning id),
          c as (insert into finding_scopes (repository_id, scan_type, tool, target)
                select p.id, scan_type, tool, target from finding_scopes, p where finding_scopes.id = $3
                on conflict (repository_id, scan_type, tool, target) do update set target = excluded.target returning id),
          b as (insert into branch_scopes (scope_id, branch, newest_ordered_at, newest_scan_id) select c.id, 'main', now(), s.id from c, s
                on conflict (scope_id, branch) do update set newest_ordered_at = excluded.newest_ordered_at, newest_scan_id = excluded.newest_scan_id returning id),
          i as (insert into imports (id, run_id, scan_id, scope_id, ${importColumns})
                select gen_random_uuid(), r.id, s.id, c.id, ${listOf(importColumns, "i")} from imports i, r, s, c where i.scan_id = $2)
     select p.id as "repositoryId", r.id as "runId", s.id as "scanId", c.id as "scopeId", b.id as "branchScopeId" from p, r, s, c, b`,
    [repository, from.scanId, from.scopeId],
  );
  return only(answer.rows, `no scan was made in ${repository}`);
}

function importColumnsOf(client: pg.Client): Promise<string> {
  return columnsOf(client, "imports", ["id", "run_id", "scan_id", "scope_id"]);
}

/** The columns of a table that are written, but for some. */
export async function columnsOf(client: pg.Client, table: string, without: readonly string[]): Promise<string> {
  const answer = await client.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' and not column_name = any($2) order by ordinal_position",
    [table, without],
  );
  return answer.rows.map((row) => row.column_name).join(", ");
}

function listOf(columns: string, table: string): string {
  return columns
    .split(", ")
    .map((column) => `${table}.${column}`)
    .join(", ");
}

function only<Row>(rows: readonly Row[], problem: string): Row {
  const [row] = rows;
  if (row === undefined) throw new Error(problem);
  return row;
}

import { randomUUID } from "node:crypto";
import type { FindingChange, TestOutcome } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../../database/index.ts";

export type NewScan = {
  repository: string;
  branch?: string;
  commit?: string;
  tool?: string;
  category?: string;
  /** Of a run that is there: one more attempt of it. */
  runId?: number;
  attempt?: number;
  startedAt?: string;
  defaultBranch?: string;
};

export type AddedScan = { id: number; runId: number; scopeId: number; branchScopeId: number };

export type NewResult = {
  name: string;
  outcome?: TestOutcome;
  kind?: "case" | "suite";
  suites?: string[];
  className?: string;
  file?: string;
  line?: number;
  isFlaky?: boolean;
  change?: FindingChange;
  durationMs?: number;
  message?: string;
  errorType?: string;
  errorHash?: string;
  trace?: string;
  attempts?: unknown;
  detail?: unknown;
};

/** A scan of tests as it stands in the tables, with its run, its scope and its branch. */
export async function addTestScan(db: Database, scan: NewScan): Promise<AddedScan> {
  const { repository, branch = "main", commit = "c1", tool = "jest", category = "", attempt = 1, startedAt = null, defaultBranch = null } = scan;
  const answer = await sql<{ id: number; run_id: number; scope_id: number }>`
    with repository as (
      insert into repositories (name, default_branch) values (${repository}, ${defaultBranch})
      on conflict (name) do update set default_branch = coalesce(excluded.default_branch, repositories.default_branch) returning id
    ), scope as (
      insert into finding_scopes (repository_id, scan_type, tool, target) select id, 'test', ${tool}, ${category} from repository
      on conflict (repository_id, scan_type, tool, target) do update set tool = excluded.tool returning id
    ), run as (
      insert into runs (repository_id, commit_hash, branch, status, started_at)
      select id, ${commit}, ${branch}, 'Success', ${startedAt}::timestamptz from repository where ${scan.runId ?? null}::bigint is null returning id
    ), scan as (
      insert into scans (run_id, run_attempt, scan_type, tool, category, status)
      select coalesce(${scan.runId ?? null}::bigint, (select id from run)), ${attempt}, 'test', ${tool}, ${category}, 'completed' returning id, run_id
    ) select scan.id, scan.run_id, scope.id as scope_id from scan, scope`.execute(db);
  const row = answer.rows[0];
  if (row === undefined) throw new Error("the scan was not added");
  const branchScope = await db
    .insertInto("branch_scopes")
    .values({ scope_id: row.scope_id, branch, newest_ordered_at: startedAt ?? new Date(), newest_scan_id: row.id })
    .onConflict((conflict) => conflict.columns(["scope_id", "branch"]).doUpdateSet({ newest_scan_id: row.id }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id: row.id, runId: row.run_id, scopeId: row.scope_id, branchScopeId: branchScope.id };
}

/** Results in a scan; tests of equal suites, class, name and file are the same one. Gives the ids of the tests by name. */
export async function addTestResults(db: Database, scan: AddedScan, results: readonly NewResult[]): Promise<Record<string, number>> {
  const ids: Record<string, number> = {};
  for (const result of results) {
    const { name, outcome = "passed", kind = "case", suites = [], className = null, file = null, line = null } = result;
    const test = await sql<{ id: number }>`
      insert into test_cases (scope_id, identity, ordinal, kind, suites, class_name, name, file, line)
      values (${scan.scopeId}, md5(${JSON.stringify([suites, className, name, file])})::uuid, 0, ${kind}, ${JSON.stringify(suites)}, ${className}, ${name}, ${file}, ${line})
      on conflict (scope_id, identity, ordinal) do update set line = excluded.line returning id`.execute(db);
    const id = test.rows[0]?.id;
    if (id === undefined) throw new Error("the test was not added");
    ids[name] = id;
    await db
      .insertInto("test_results")
      .values({
        scan_id: scan.id,
        test_id: id,
        outcome,
        status_word: outcome,
        is_flaky: result.isFlaky ?? false,
        change: result.change ?? null,
        duration_ms: result.durationMs ?? null,
        message: result.message ?? null,
        error_type: result.errorType ?? null,
        error_hash: result.errorHash ?? null,
        trace: result.trace ?? null,
        attempts: result.attempts === undefined ? null : JSON.stringify(result.attempts),
        detail: result.detail === undefined ? null : JSON.stringify(result.detail),
      })
      .execute();
  }
  return ids;
}

/** Both: a scan with its results. */
export async function addTests(db: Database, scan: NewScan, results: readonly NewResult[]): Promise<AddedScan & { tests: Record<string, number> }> {
  const added = await addTestScan(db, scan);
  return { ...added, tests: await addTestResults(db, added, results) };
}

export function newRepository(): string {
  return `team/${randomUUID()}`;
}

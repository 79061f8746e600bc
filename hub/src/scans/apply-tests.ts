import type { Changes, FindingChange, TestCounts } from "@sentinal/contract";
import { sql } from "kysely";
import { type DatabaseTransaction, unawaited } from "../database/index.ts";
import { countTest, noTestCounts, type TestSighting } from "../reading/index.ts";
import type { MatchingScope } from "./finding-rows.ts";

/** What goes on over the batches of one report's tests. */
export type TestProgress = { ordinals: Map<string, number>; changes: Changes };

/** Where a test stood on the branch before; `isFailing` null: it was not known there. */
type Before = { isFailing: boolean | null; hasFailed: boolean; isOwn: boolean };

type Placed = { testId: number; test: TestSighting; change: FindingChange | null; before: Before };

/** Writes one batch of results, and where their tests stand on the branch. `mayFix` is false for a report that is not whole. */
export async function applyTests(
  trx: DatabaseTransaction,
  scope: MatchingScope,
  tests: readonly TestSighting[],
  progress: TestProgress,
  mayFix: boolean,
): Promise<void> {
  const ids = await testIds(trx, scope.scopeId, tests, progress.ordinals);
  const before = await loadBefore(trx, scope, ids);
  const placed = tests.map((test, index): Placed => {
    const testId = ids[index];
    if (testId === undefined) throw new Error("a test was neither inserted nor found");
    const stood = before.get(testId) ?? { isFailing: null, hasFailed: false, isOwn: false };
    return { testId, test, before: stood, change: scope.isOld ? null : changeOf(stood, test, mayFix) };
  });
  await writeResults(trx, scope.scanId, placed);
  if (!scope.isOld) await writeStates(trx, scope, placed, mayFix);
  for (const { change } of placed) if (change !== null) progress.changes[change]++;
}

/** At the end of the report: a test that failed and passed at one commit of the repository is flaky, wherever that was; other scans' counts tell it. */
export async function markFlaky(trx: DatabaseTransaction, scope: MatchingScope): Promise<void> {
  await sql`
    with here as (select u.repository_id, u.commit_hash from scans s join runs u on u.id = s.run_id where s.id = ${scope.scanId}),
         others as (
           select s.id from here join runs u on u.repository_id = here.repository_id and u.commit_hash = here.commit_hash
             join scans s on s.run_id = u.id and s.scan_type = 'test'),
         mixed as (
           select r.test_id from test_results r join test_cases t on t.id = r.test_id and t.scope_id = ${scope.scopeId}
            where r.scan_id in (select id from others) and (select count(*) from others) > 1
            group by r.test_id having bool_or(r.outcome in ('failed', 'error')) and bool_or(r.outcome = 'passed')),
         marked as (
           update test_results r set is_flaky = true
            where r.scan_id in (select id from others) and r.test_id in (select test_id from mixed) and not r.is_flaky
           returning r.scan_id)
    update scans s set counts = jsonb_set(s.counts, '{flaky}', to_jsonb(coalesce((s.counts->>'flaky')::bigint, 0) + more.count)), updated_at = now()
      from (select scan_id, count(*) as count from marked where scan_id <> ${scope.scanId} group by scan_id) more
     where s.id = more.scan_id`.execute(trx);
}

/** What the scan holds now. */
export async function countResults(trx: DatabaseTransaction, scanId: number): Promise<{ counts: TestCounts; changes: Changes }> {
  const answer = await sql<{ kind: TestSighting["kind"]; outcome: TestSighting["outcome"]; is_flaky: boolean; change: FindingChange | null; count: number }>`
    select t.kind, r.outcome, r.is_flaky, r.change, count(*) as count from test_results r join test_cases t on t.id = r.test_id
     where r.scan_id = ${scanId} group by t.kind, r.outcome, r.is_flaky, r.change`.execute(trx);
  const counts = noTestCounts();
  const changes: Changes = { new: 0, fixed: 0, reopened: 0, unchanged: 0 };
  for (const row of answer.rows) {
    countTest(counts, { kind: row.kind, outcome: row.outcome, isFlaky: row.is_flaky }, row.count);
    if (row.change !== null) changes[row.change] += row.count;
  }
  return { counts, changes };
}

function isFailure({ outcome }: TestSighting): boolean {
  return outcome === "failed" || outcome === "error";
}

/** A test that is skipped says nothing of where it stands. */
function changeOf(before: Before, test: TestSighting, mayFix: boolean): FindingChange | null {
  if (isFailure(test)) return before.isFailing === true ? "unchanged" : before.hasFailed ? "reopened" : "new";
  return before.isFailing === true && test.outcome === "passed" && mayFix ? "fixed" : null;
}

/** The ids of the tests in their order, made where they are not known. In the order of identities, so that two reports at once do not wait in a ring. */
async function testIds(trx: DatabaseTransaction, scopeId: number, tests: readonly TestSighting[], ordinals: Map<string, number>): Promise<number[]> {
  const keyed = tests.map((test) => {
    const ordinal = ordinals.get(test.identity) ?? 0;
    ordinals.set(test.identity, ordinal + 1);
    return { test, ordinal, key: `${test.identity} ${ordinal}` };
  });
  const known = await sql<{ id: number; identity: string; ordinal: number; file: string | null; line: number | null }>`
    select id, identity, ordinal, file, line from test_cases
     where scope_id = ${scopeId} and identity = any(${[...new Set(tests.map(({ identity }) => identity))]}::uuid[])`.execute(trx);
  const rows = new Map(known.rows.map((row) => [`${row.identity} ${row.ordinal}`, row]));
  const due = keyed.filter(({ key, test }) => {
    const row = rows.get(key);
    return row === undefined || row.file !== test.file || row.line !== test.line;
  });
  const ids = new Map(known.rows.map((row) => [`${row.identity} ${row.ordinal}`, row.id]));
  if (due.length > 0) {
    const cases = `[${due.map(({ test, ordinal }) => `{"ordinal":${ordinal},${test.caseRow.slice(1)}`).join(",")}]`;
    const written = await sql<{ id: number; identity: string; ordinal: number }>`
      insert into test_cases (scope_id, identity, ordinal, kind, suites, class_name, name, file, line)
      select ${scopeId}, identity, ordinal, kind, suites, class_name, name, file, line
        from jsonb_to_recordset(${cases}::jsonb)
          as r(identity uuid, ordinal int, kind text, suites jsonb, class_name text, name text, file text, line int)
       order by identity, ordinal
      on conflict (scope_id, identity, ordinal) do update set file = excluded.file, line = excluded.line
      returning id, identity, ordinal`.execute(trx);
    for (const row of written.rows) ids.set(`${row.identity} ${row.ordinal}`, row.id);
  }
  return keyed.map(({ key }) => ids.get(key) ?? Number.NaN);
}

async function loadBefore(trx: DatabaseTransaction, scope: MatchingScope, ids: readonly number[]): Promise<Map<number, Before>> {
  const answer = await sql<{ test_id: number; is_failing: boolean; has_failed: boolean; is_own: boolean }>`
    select test_id, is_failing, has_failed, branch_scope_id = ${scope.branchScopeId} as is_own from test_states
     where test_id = any(${ids}::bigint[]) and branch_scope_id in (${scope.branchScopeId}, ${scope.groundId})
     order by is_own`.execute(trx);
  // The branch's own comes last and wins over the ground's.
  return new Map(answer.rows.map((row) => [row.test_id, { isFailing: row.is_failing, hasFailed: row.has_failed, isOwn: row.is_own }]));
}

/** A result for a test that the scan has already is its next try: it takes the place of the one before, which becomes an attempt. */
async function writeResults(trx: DatabaseTransaction, scanId: number, placed: readonly Placed[]): Promise<void> {
  const rows = placed.map(({ testId, change, test }) => `{"test_id":${testId},"change":${JSON.stringify(change)},${test.resultRow.slice(1)}`);
  await sql`
    ${unawaited} insert into test_results as o (scan_id, test_id, outcome, status_word, is_flaky, change, duration_ms, message, error_type, error_hash, trace, attempts, detail)
    select ${scanId}, test_id, outcome, status_word, is_flaky, change, duration_ms, message, error_type, error_hash, trace, attempts, detail
      from jsonb_to_recordset(${`[${rows.join(",")}]`}::jsonb)
        as r(test_id bigint, outcome text, status_word text, is_flaky boolean, change text, duration_ms real, message text, error_type text, error_hash uuid,
             trace text, attempts jsonb, detail jsonb)
    on conflict (scan_id, test_id) do update set
      outcome = excluded.outcome, status_word = excluded.status_word, duration_ms = excluded.duration_ms, message = excluded.message,
      error_type = excluded.error_type, error_hash = excluded.error_hash, trace = excluded.trace, detail = excluded.detail,
      is_flaky = o.is_flaky or excluded.is_flaky or (o.outcome in ('failed', 'error') and excluded.outcome = 'passed')
                 or (o.outcome = 'passed' and excluded.outcome in ('failed', 'error')),
      attempts = case when o.outcome = excluded.outcome then excluded.attempts
                      else coalesce(o.attempts, '[]') || jsonb_build_object('outcome', o.outcome, 'duration_ms', o.duration_ms, 'message', o.message, 'trace', o.trace)
                           || coalesce(excluded.attempts, '[]') end,
      change = case when excluded.change = 'unchanged' then coalesce(o.change, 'unchanged')
                    when excluded.change = 'fixed' and o.change in ('new', 'reopened') then null
                    else excluded.change end`.execute(trx);
}

/** Only what changes on the branch: a test that goes on as before costs no write. */
async function writeStates(trx: DatabaseTransaction, scope: MatchingScope, placed: readonly Placed[], mayFix: boolean): Promise<void> {
  const due = placed.filter(({ test, before }) => {
    if (isFailure(test)) return before.isFailing !== true || !before.isOwn;
    return test.outcome === "passed" && (before.isFailing === null || (before.isFailing && mayFix));
  });
  if (due.length === 0) return;
  await sql`
    ${unawaited} insert into test_states as s (branch_scope_id, test_id, is_failing, has_failed, changed_at, changed_run_id)
    select ${scope.branchScopeId}, test_id, is_failing, has_failed, ${scope.orderedAt}, ${scope.runId}
      from unnest(${due.map(({ testId }) => testId)}::bigint[], ${due.map(({ test }) => isFailure(test))}::boolean[],
                  ${due.map(({ test, before }) => before.hasFailed || isFailure(test))}::boolean[]) as r(test_id, is_failing, has_failed)
    on conflict (branch_scope_id, test_id) do update
       set is_failing = excluded.is_failing, has_failed = s.has_failed or excluded.has_failed,
           changed_at = excluded.changed_at, changed_run_id = excluded.changed_run_id`.execute(trx);
}

import { type FindingChange, type Test, TestDetail, type TestFacets, type TestOutcome, type TestPoint } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type Database, decodeCursor, encodeCursor } from "../database/index.ts";
import { fieldError } from "../http/index.ts";
import { withinAnswer } from "./answer-size.ts";
import { findHistoryScans, findTestScans, seriesKey, type TestScan, type TestScope } from "./test-scans.ts";
import { all, conditionsOf, outermostSuite, resultsOf, type TestFilter } from "./test-source.ts";

export const testSorts = ["failed", "slow", "name", "flaky"] as const;
export type TestSort = (typeof testSorts)[number];

type Row = {
  rank: number;
  name_start: string;
  id: number;
  scan_id: number;
  kind: Test["kind"];
  suites: unknown;
  class_name: string | null;
  name: string;
  file: string | null;
  line: number | null;
  outcome: TestOutcome;
  status_word: string;
  is_flaky: boolean;
  change: FindingChange | null;
  duration_ms: number | null;
  message: string | null;
  error_type: string | null;
  failing_at: Date | null;
  failing_run_id: number | null;
};

const mostFacetValues = 50;
const historyLength = 30;
const messageInLists = 500;
const testsAtOnce = 50;

const gravity = sql`case when o.outcome in ('failed', 'error') then 0 when o.is_flaky then 1 when o.outcome = 'skipped' then 2 else 3 end`;

/** What comes first, as a whole number; then the name decides. Durations count in microseconds, those that nobody knows come last. */
const ranks: Record<TestSort, RawBuilder<unknown>> = {
  failed: gravity,
  slow: sql`coalesce(-(least(greatest(o.duration_ms, 0), 1e12)::float8 * 1000)::bigint, 1)`,
  name: sql`0`,
  flaky: sql`case when o.is_flaky then 0 else 1 + ${gravity} end`,
};

/** Names are ordered by their start, so that a cursor stays short. */
const nameStart = sql`left(t.name, 200)`;

/**
 * Tests with their results: of a scan, of a run (each as its last attempt had it), else the newest on the branch. A page
 * ends early when its answer would grow too large.
 */
export async function listTests(
  db: Database,
  scope: TestScope,
  filter: TestFilter,
  visible: string | null,
  page: { sort: TestSort; limit: number; cursor?: string | undefined },
): Promise<{ items: Test[]; next_cursor: string | null }> {
  const sort = testSorts.indexOf(page.sort);
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, ["number", "number", "string", "number", "number"]);
  if (page.cursor !== undefined && after?.[0] !== sort) {
    throw fieldError("cursor", "is not one that this list gave out in this order", "Leave it out to start from the first page.");
  }
  const scans = await findTestScans(db, scope, visible);
  if (scans.length === 0) return { items: [], next_cursor: null };
  const isAfter =
    after === null
      ? sql`true`
      : sql`(${ranks[page.sort]}, ${nameStart}, o.test_id, o.scan_id) > (${after[1]}::bigint, ${after[2]}::text, ${after[3]}::bigint, ${after[4]}::bigint)`;
  const answer = await sql<Row>`
    with page as (
      select ${ranks[page.sort]}::bigint as rank, ${nameStart} as name_start, o.test_id, o.scan_id ${resultsOf(scans)}
       where ${all(Object.values(conditionsOf(filter)))} and ${isAfter}
       order by 1, 2, 3, 4 limit ${page.limit + 1})
    select page.rank, page.name_start, ${columns(sql`left(o.message, ${messageInLists})`)}
      from page join test_results o on o.scan_id = page.scan_id and o.test_id = page.test_id ${standing}
     order by page.rank, page.name_start, page.test_id, page.scan_id`.execute(db);
  const rows = answer.rows.slice(0, page.limit);
  let items: Test[] = [];
  // With their histories few fit an answer: the rest is not looked up.
  for (let start = 0; start < rows.length && items.length === start; start += testsAtOnce) {
    items = withinAnswer([...items, ...(await withHistory(db, rows.slice(start, start + testsAtOnce), scans))]);
  }
  const last = rows[items.length - 1];
  const hasMore = answer.rows.length > items.length && last !== undefined;
  return { items, next_cursor: hasMore ? encodeCursor([sort, last.rank, last.name_start, last.id, last.scan_id]) : null };
}

/** What is counted for each facet; each is counted without the filter of its own name, so that its other values stay in sight. */
const facets: Record<keyof TestFacets, RawBuilder<unknown>> = {
  outcome: sql`o.outcome`,
  change: sql`o.change`,
  flaky: sql`o.is_flaky::text`,
  file: sql`t.file`,
  suite: outermostSuite,
};

export async function countTestFacets(db: Database, scope: TestScope, filter: TestFilter, visible: string | null): Promise<TestFacets> {
  const scans = await findTestScans(db, scope, visible);
  if (scans.length === 0) return { outcome: [], change: [], flaky: [], file: [], suite: [] };
  const conditions = Object.entries(conditionsOf(filter)).filter(([name]) => name in facets);
  const rest = Object.entries(conditionsOf(filter)).filter(([name]) => !(name in facets));
  const held = (name: string) => sql.ref(`found.is_${name}`);
  const counted = Object.keys(facets).map((facet) => {
    const others = conditions.filter(([name]) => name !== facet).map(([name]) => held(name));
    return sql`(${facet}::text, case when ${all(others)} then ${sql.ref(`found.${facet}`)} end)`;
  });
  const columnsFound = [
    ...Object.entries(facets).map(([facet, value]) => sql`${value} as ${sql.ref(facet)}`),
    ...conditions.map(([name, condition]) => sql`${condition} as ${sql.ref(`is_${name}`)}`),
  ];
  // Tests that are alike are counted together before they are laid out by facet: there are far fewer kinds of them.
  const answer = await sql<{ facet: string; value: string; count: number }>`
    select facet, value, count from (
      select v.facet, v.value, sum(found.count)::bigint as count, row_number() over (partition by v.facet order by sum(found.count) desc, v.value) as place
        from (select ${sql.join(columnsFound)}, count(*) as count ${resultsOf(scans)}
               where ${all(rest.map(([, condition]) => condition))} group by ${sql.join(columnsFound.map((_column, index) => sql.lit(index + 1)))}) found
       cross join lateral (values ${sql.join(counted)}) v (facet, value)
       where v.value is not null group by v.facet, v.value) ranked
     where place <= ${mostFacetValues} order by facet, place`.execute(db);
  const valuesOf = (name: keyof TestFacets) => answer.rows.filter((row) => row.facet === name).map(({ value, count }) => ({ value, count }));
  return { outcome: valuesOf("outcome"), change: valuesOf("change"), flaky: valuesOf("flaky"), file: valuesOf("file"), suite: valuesOf("suite") };
}

/** Texts of tries before the last, of which there may be twenty. */
const attemptMessage = 1_000;
const attemptTrace = 4_000;

/**
 * One test with its result in the scan, else its newest on the branch, else on the default branch, else wherever it was
 * seen last; null when there is none to see.
 */
export async function findTest(
  db: Database,
  id: number,
  asked: { branch?: string | undefined; scanId?: number | undefined },
  visible: string | null,
): Promise<TestDetail | null> {
  const place = await sql<{ scan_id: number }>`
    select o.scan_id from test_results o join scans s on s.id = o.scan_id join runs r on r.id = s.run_id join repositories p on p.id = r.repository_id
     where o.test_id = ${id} and ${visible === null ? sql`true` : sql`p.name = ${visible}`}
       and ${asked.scanId === undefined ? sql`true` : sql`o.scan_id = ${asked.scanId}`}
       and ${asked.branch === undefined ? sql`true` : sql`r.branch = ${asked.branch}`}
     order by coalesce(r.branch = p.default_branch, r.branch in ('main', 'master')) desc, coalesce(r.started_at, r.created_at) desc, o.scan_id desc limit 1`.execute(
    db,
  );
  const scanId = place.rows[0]?.scan_id;
  if (scanId === undefined) return null;
  const answer = await sql<Row & { trace: string | null; attempts: unknown; detail: unknown }>`
    select ${columns(sql`o.message`)}, o.trace, o.attempts, o.detail from test_results o ${standing} where o.scan_id = ${scanId} and o.test_id = ${id}`.execute(
    db,
  );
  const [row] = answer.rows;
  const [test] = await withHistory(db, answer.rows, await findTestScans(db, { scanId }, visible));
  if (row === undefined || test === undefined) return null;
  const attempts = TestDetail.shape.attempts.catch([]).parse(row.attempts);
  return {
    ...test,
    trace: row.trace,
    attempts: attempts.map((attempt) => ({
      ...attempt,
      message: attempt.message?.slice(0, attemptMessage) ?? null,
      trace: attempt.trace?.slice(0, attemptTrace) ?? null,
    })),
    detail: TestDetail.shape.detail.catch({}).parse(row.detail),
    fail_rate: share(test.history, ({ outcome }) => outcome === "failed" || outcome === "error"),
    flaky_rate: share(test.history, ({ flaky }) => flaky),
  };
}

const columns = (
  message: RawBuilder<unknown>,
) => sql`t.id, o.scan_id, t.kind, t.suites, t.class_name, t.name, t.file, t.line, o.outcome, o.status_word, o.is_flaky,
  o.change, o.duration_ms, ${message} as message, o.error_type, case when st.is_failing then st.changed_at end as failing_at, st.changed_run_id as failing_run_id`;

/** The test of a result, and where it stands on the branch of its run. */
const standing = sql`join test_cases t on t.id = o.test_id join scans s on s.id = o.scan_id join runs r on r.id = s.run_id
  left join branch_scopes b on b.scope_id = t.scope_id and b.branch = r.branch
  left join test_states st on st.branch_scope_id = b.id and st.test_id = t.id`;

/** The rows as tests, each with its last results on its branch; `scans` are those that the rows may be of. */
async function withHistory(db: Database, rows: readonly Row[], scans: readonly TestScan[]): Promise<Test[]> {
  const byId = new Map(scans.map((scan) => [scan.scan_id, scan]));
  const found = rows.flatMap((row) => {
    const scan = byId.get(row.scan_id);
    return scan === undefined ? [] : [{ row, scan }];
  });
  const histories = await loadHistories(
    db,
    found.map(({ row, scan }) => ({ testId: row.id, scan })),
  );
  return found.map(({ row, scan }, index) => testOf(row, scan, histories[index] ?? []));
}

/** The last results of each test on the branch of its scan, newest last. */
async function loadHistories(db: Database, wanted: readonly { testId: number; scan: TestScan }[]): Promise<TestPoint[][]> {
  const past = await findHistoryScans(
    db,
    wanted.map(({ scan }) => scan),
  );
  if (past.length === 0) return [];
  const series = new Map<string, number>();
  for (const scan of past) if (!series.has(seriesKey(scan))) series.set(seriesKey(scan), series.size);
  const numberOf = (scan: TestScan) => series.get(seriesKey(scan)) ?? -1;
  const answer = await sql<{ item: number; age: number; outcome: TestOutcome; is_flaky: boolean; duration_ms: number | null }>`
    select item, age, outcome, is_flaky, duration_ms from (
      select w.item, p.age, o.outcome, o.is_flaky, o.duration_ms, row_number() over (partition by w.item order by p.age) as place
        from unnest(${wanted.map(({ testId }) => testId)}::bigint[], ${wanted.map(({ scan }) => numberOf(scan))}::int[]) with ordinality w (test_id, series, item)
        join unnest(${past.map((scan) => scan.scan_id)}::bigint[], ${past.map(numberOf)}::int[]) with ordinality p (scan_id, series, age) on p.series = w.series
        join test_results o on o.scan_id = p.scan_id and o.test_id = w.test_id) numbered
     where place <= ${historyLength} order by item, age desc`.execute(db);
  const histories = wanted.map((): TestPoint[] => []);
  for (const { item, age, outcome, is_flaky: flaky, duration_ms } of answer.rows) {
    // Ordinals of PostgreSQL start at 1.
    const scan = past[age - 1];
    if (scan === undefined) continue;
    histories[item - 1]?.push({
      run_id: scan.run_id,
      scan_id: scan.scan_id,
      commit_hash: scan.commit_hash,
      at: scan.at.toISOString(),
      outcome,
      flaky,
      duration_ms,
    });
  }
  return histories;
}

const Suites = z.array(z.string()).catch([]);

function testOf(row: Row, scan: TestScan, history: TestPoint[]): Test {
  return {
    id: row.id,
    repository: scan.repository,
    branch: scan.branch,
    run_id: scan.run_id,
    scan_id: row.scan_id,
    kind: row.kind,
    suites: Suites.parse(row.suites),
    class_name: row.class_name,
    name: row.name,
    file: row.file,
    line: row.line,
    outcome: row.outcome,
    status_word: row.status_word,
    flaky: row.is_flaky,
    change: row.change,
    duration_ms: row.duration_ms,
    message: row.message,
    error_type: row.error_type,
    failing_since: row.failing_at === null || row.failing_run_id === null ? null : { run_id: row.failing_run_id, at: row.failing_at.toISOString() },
    history,
  };
}

function share(points: readonly TestPoint[], isCounted: (point: TestPoint) => boolean): number {
  return points.length === 0 ? 0 : points.filter(isCounted).length / points.length;
}

import { type RawBuilder, sql } from "kysely";
import { branchKey, seriesKey, type TestScan } from "./test-scans.ts";

/** What a list of tests may be narrowed by; several values of one filter mean any of them. */
export type TestFilter = {
  outcome?: readonly string[] | undefined;
  change?: readonly string[] | undefined;
  flaky?: boolean | undefined;
  kind?: readonly string[] | undefined;
  file?: readonly string[] | undefined;
  /** Names of suites, outermost first: tests in there and below. */
  suite?: readonly string[] | undefined;
  text?: string | undefined;
};

/** Where a test stands: the suites around it, else its class, else its file; a JSON list of names, outermost first. */
export const suitePath = sql`case when jsonb_array_length(t.suites) > 0 then t.suites when t.class_name <> '' then jsonb_build_array(t.class_name)
  when t.file <> '' then jsonb_build_array(t.file) else '[]'::jsonb end`;
export const outermostSuite = sql`coalesce(t.suites->>0, nullif(t.class_name, ''), nullif(t.file, ''))`;

/**
 * `from …`: results `o` of tests `t`. Where several scans of a branch hold a test, its newest result stands.
 * `scans` are newest first. Nearly all results come from the newest scan of each tool and category, which is read as it
 * stands; the ones before are searched only for tests that it does not have.
 */
export function resultsOf(scans: readonly TestScan[]): RawBuilder<unknown> {
  const newest = [...new Map(scans.toReversed().map((scan) => [seriesKey(scan), scan])).values()];
  const older = scans.filter((scan) => !newest.includes(scan));
  const read = sql`select * from test_results where scan_id = any(${idsOf(newest)}::bigint[])`;
  if (older.length === 0) return sql`from (${read}) o join test_cases t on t.id = o.test_id`;
  const branches = [...new Set(scans.map(branchKey))];
  const branchesOf = (list: readonly TestScan[]) => list.map((scan) => branches.indexOf(branchKey(scan)));
  // The limit keeps PostgreSQL from reading the whole table for the few results that are left.
  return sql`from (
      ${read}
      union all
      select o.* from (
        select r.test_id, min(c.ordinal) as ordinal
          from unnest(${idsOf(older)}::bigint[], ${branchesOf(older)}::int[]) with ordinality c (scan_id, branch, ordinal) join test_results r on r.scan_id = c.scan_id
         where not exists (
           select from unnest(${idsOf(newest)}::bigint[], ${branchesOf(newest)}::int[]) n (scan_id, branch) join test_results seen on seen.scan_id = n.scan_id
            where n.branch = c.branch and seen.test_id = r.test_id)
         group by r.test_id, c.branch) missing
      cross join lateral (
        select * from test_results r where r.scan_id = (${idsOf(older)}::bigint[])[missing.ordinal] and r.test_id = missing.test_id limit 1) o
    ) o join test_cases t on t.id = o.test_id`;
}

function idsOf(scans: readonly TestScan[]): number[] {
  return scans.map((scan) => scan.scan_id);
}

/** One condition for each filter that is set, by its name. */
export function conditionsOf(filter: TestFilter): Partial<Record<keyof TestFilter, RawBuilder<unknown>>> {
  return {
    ...(isSet(filter.outcome) && { outcome: anyOf(sql`o.outcome`, filter.outcome) }),
    ...(isSet(filter.change) && { change: anyOf(sql`o.change`, filter.change) }),
    ...(filter.flaky !== undefined && { flaky: sql`o.is_flaky = ${filter.flaky}` }),
    ...(isSet(filter.kind) && { kind: anyOf(sql`t.kind`, filter.kind) }),
    ...(isSet(filter.file) && { file: anyOf(sql`t.file`, filter.file) }),
    ...(isSet(filter.suite) && { suite: isInSuite(filter.suite) }),
    ...(filter.text !== undefined && filter.text !== "" && { text: textMatches(filter.text) }),
  };
}

function isSet(values: readonly string[] | undefined): values is readonly string[] {
  return values !== undefined && values.length > 0;
}

export function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

function anyOf(column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> {
  return sql`${column} = any(${[...values]}::text[])`;
}

function isInSuite(path: readonly string[]): RawBuilder<unknown> {
  return all(path.map((name, depth) => (depth === 0 ? sql`${outermostSuite} = ${name}` : sql`t.suites->>${depth}::int = ${name}`)));
}

function textMatches(text: string): RawBuilder<unknown> {
  const pattern = `%${text.slice(0, 200).replace(/[\\%_]/g, "\\$&")}%`;
  // The list as it is written out is quick to search, and tells most lists apart; not for what JSON escapes.
  const mayBeInSuites = /["\\\p{Cc}]/u.test(text) ? sql`true` : sql`t.suites::text ilike ${pattern}`;
  return sql`(t.name ilike ${pattern} or t.class_name ilike ${pattern} or t.file ilike ${pattern} or o.message ilike ${pattern}
    or (${mayBeInSuites} and exists (select from jsonb_array_elements_text(t.suites) suite where suite ilike ${pattern})))`;
}

import type { TestErrorGroup, TestSuite } from "@sentinal/contract";
import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { withinAnswer } from "./answer-size.ts";
import { suitePath } from "./test-source.ts";

const mostGroups = 200;
const mostSuites = 2_000;
const testsOfGroup = 10;
const messageLength = 500;
const nameLength = 200;

/** Some of a list, and how many of it are left out. */
export type Part<Item> = { items: Item[]; left_out: number };

/** Failures of a scan by their error, largest group first; the caller has checked that the scan is to be seen. */
export async function listTestErrors(db: Database, scanId: number): Promise<Part<TestErrorGroup>> {
  const answer = await sql<{ message: string; error_type: string | null; count: number; tests: TestErrorGroup["tests"]; groups: number }>`
    with failures as (
      select o.test_id, coalesce(o.error_hash::text, o.message, '') as error, left(t.name, ${nameLength}) as name
        from test_results o join test_cases t on t.id = o.test_id where o.scan_id = ${scanId} and o.outcome in ('failed', 'error')),
    numbered as (select *, row_number() over (partition by error order by name, test_id) as place, count(*) over (partition by error) as count from failures),
    groups as (
      select error, max(count) as count, min(test_id) filter (where place = 1) as first_id, count(*) over () as groups,
             jsonb_agg(jsonb_build_object('id', test_id, 'name', name) order by place) as tests
        from numbered where place <= ${testsOfGroup} group by error order by 2 desc, 3 limit ${mostGroups})
    select left(coalesce(o.message, ''), ${messageLength}) as message, o.error_type, g.count, g.tests, g.groups
      from groups g join test_results o on o.scan_id = ${scanId} and o.test_id = g.first_id
     order by g.count desc, g.first_id`.execute(db);
  const items = withinAnswer(answer.rows.map(({ groups: _groups, ...group }) => group));
  return { items, left_out: (answer.rows[0]?.groups ?? 0) - items.length };
}

const Path = z.array(z.string()).catch([]);

/** Counts of a scan's tests by the suite that each stands right in: suites with failures first, then by path. */
export async function listTestSuites(db: Database, scanId: number): Promise<Part<TestSuite>> {
  const answer = await sql<Omit<TestSuite, "path"> & { path: unknown; suites: number }>`
    select ${suitePath} as path,
           count(*) filter (where o.outcome = 'failed') as failed, count(*) filter (where o.outcome = 'error') as errors,
           count(*) filter (where o.outcome = 'passed') as passed, count(*) filter (where o.outcome = 'skipped') as skipped,
           count(*) filter (where o.is_flaky) as flaky, count(*) filter (where t.kind = 'case') as total,
           round(sum(o.duration_ms)::numeric, 3)::float8 as duration_ms, count(*) over () as suites
      from test_results o join test_cases t on t.id = o.test_id
     where o.scan_id = ${scanId}
     group by 1 order by count(*) filter (where o.outcome in ('failed', 'error')) = 0, 1 limit ${mostSuites}`.execute(db);
  const items = withinAnswer(answer.rows.map(({ suites: _suites, ...suite }) => ({ ...suite, path: Path.parse(suite.path) })));
  return { items, left_out: (answer.rows[0]?.suites ?? 0) - items.length };
}

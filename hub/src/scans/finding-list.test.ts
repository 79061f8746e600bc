import { Facets, type FindingSort, severities } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { countFacets } from "./finding-facets.ts";
import type { FindingFilter } from "./finding-filters.ts";
import { decodeFindingCursor, encodeFindingCursor, type FindingKey, openFindingKeys } from "./finding-list.ts";
import { listFindings } from "./finding-queries.ts";

/*
 * So many findings, in so many places, that lists are walked and facets reckoned from a sample; what a plain query over
 * all of it says is what they must say.
 */
const repositories = 20;
const ofEach = 2_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await sql`insert into repositories (name, default_branch) select 'team/repository-' || n, 'main' from generate_series(1, ${repositories}) n`.execute(db);
  await sql`insert into finding_scopes (repository_id, scan_type, tool, target) select id, 'trivy', 'Trivy', '' from repositories`.execute(db);
  await sql`insert into finding_scopes (repository_id, scan_type, tool, target) select id, 'lint', 'ESLint', '' from repositories`.execute(db);
  await sql`insert into branch_scopes (scope_id, branch, newest_ordered_at) select id, branch, '2026-01-31' from finding_scopes, (values ('main'), ('feature')) v (branch)`.execute(
    db,
  );
  await sql`
    insert into findings (scope_id, identity, ordinal, variant, content_hash, kind, severity, severity_rank, rule, title, message, target, path, package_name, fixed_version, detail)
    select sc.id, md5(sc.id || ' ' || n)::uuid, 0, '', md5('')::uuid, case when sc.scan_type = 'lint' then 'issue' else 'vulnerability' end,
           (${severities}::text[])[1 + h % 6], h % 6, 'rule ' || h % 97, 'Title ' || h % 50, 'm', case when sc.scan_type = 'trivy' then 'target-' || h % 5 end,
           case when sc.scan_type = 'lint' then 'src/' || h % 11 || '/Größe-' || h % 301 || '.ts' end, case when sc.scan_type = 'trivy' then 'package-' || h % 400 end,
           case when sc.scan_type = 'trivy' and h % 3 = 0 then '1.0.1' end, case when sc.scan_type = 'lint' and h % 4 = 0 then '{"fixable":true}'::jsonb else '{}' end
      from finding_scopes sc, generate_series(1, ${ofEach / 2}) n, lateral (select ('x' || substr(md5(n || ' ' || sc.id), 1, 6))::bit(24)::int as h) hash`.execute(
    db,
  );
  await sql`
    insert into finding_states (branch_scope_id, finding_id, state, dismissed_by, first_seen_at, changed_at)
    select b.id, f.id, case when f.id % 10 = 0 then 'fixed' when f.id % 50 = 1 then 'dismissed' else 'open' end, case when f.id % 50 = 1 then 'user' end, now(), now()
      from findings f join branch_scopes b on b.scope_id = f.scope_id where b.branch = 'main' or f.id % 4 = 0`.execute(db);
  await sql`analyze findings, finding_states, branch_scopes`.execute(db);
});
afterAll(() => database.close());

type Case = [name: string, filter: FindingFilter, plain: RawBuilder<unknown>];

const cases: Case[] = [
  ["all", {}, sql`true`],
  ["what is open", { state: ["open"] }, sql`s.state = 'open'`],
  ["what is dismissed or fixed", { state: ["dismissed", "fixed"] }, sql`s.state <> 'open'`],
  ["one severity", { severity: ["medium"], state: ["open"] }, sql`f.severity = 'medium' and s.state = 'open'`],
  ["severities that do not touch", { severity: ["critical", "low", "unknown"] }, sql`f.severity in ('critical', 'low', 'unknown')`],
  ["a rule", { rule: ["rule 7"], state: ["open"] }, sql`f.rule = 'rule 7' and s.state = 'open'`],
  ["two rules and a severity", { rule: ["rule 7", "rule 8"], severity: ["high"] }, sql`f.rule in ('rule 7', 'rule 8') and f.severity = 'high'`],
  ["a target that half of the places have", { target: ["target-3"], state: ["open"] }, sql`f.target = 'target-3' and s.state = 'open'`],
  ["a package", { packageName: ["package-33"] }, sql`f.package_name = 'package-33'`],
  ["a folder", { path: ["src/3/"], state: ["open"] }, sql`f.path like 'src/3/%' and s.state = 'open'`],
  ["a file and a folder", { path: ["src/4/", "src/1/Größe-12.ts"] }, sql`(f.path like 'src/4/%' or f.path = 'src/1/Größe-12.ts')`],
  ["a text", { text: "TITLE 13", state: ["open"] }, sql`f.title ilike '%title 13%' and s.state = 'open'`],
  ["a text beyond ASCII", { text: "GRÖSSE-12".replace("SS", "ß") }, sql`f.path ilike '%größe-12%'`],
  ["a text that nothing has", { text: "nowhere" }, sql`false`],
  ["a tool", { tool: ["ESLint"], state: ["open"] }, sql`sc.tool = 'ESLint' and s.state = 'open'`],
  ["what a linter mends", { scanType: ["lint"], fixable: true }, sql`sc.scan_type = 'lint' and f.detail->>'fixable' = 'true'`],
  ["what cannot be fixed", { fixable: false }, sql`(sc.scan_type = 'lint' and f.detail = '{}' or sc.scan_type = 'trivy' and f.fixed_version is null)`],
  ["another branch", { branch: "feature", state: ["open"] }, sql`b.branch = 'feature' and s.state = 'open'`],
  ["one repository", { repository: "team/repository-3", state: ["open"] }, sql`r.name = 'team/repository-3' and s.state = 'open'`],
];

const from = sql`from finding_states s join findings f on f.id = s.finding_id join branch_scopes b on b.id = s.branch_scope_id
  join finding_scopes sc on sc.id = b.scope_id join repositories r on r.id = sc.repository_id`;
const onBranch = (filter: FindingFilter) => sql`b.branch = ${filter.branch ?? "main"}`;
const orders: Record<FindingSort, RawBuilder<unknown>> = {
  severity: sql`f.severity_rank, f.id, b.id`,
  rule: sql`f.rule collate "C", f.id, b.id`,
  path: sql`f.path collate "C" nulls last, f.id, b.id`,
};

async function plainIds(filter: FindingFilter, plain: RawBuilder<unknown>, sort: FindingSort, limit: number): Promise<number[]> {
  const answer = await sql<{ id: number }>`select f.id ${from} where ${onBranch(filter)} and ${plain} order by ${orders[sort]} limit ${limit}`.execute(
    database.db,
  );
  return answer.rows.map(({ id }) => id);
}

describe.each(["severity", "rule", "path"] as const)("sorted by %s", (sort) => {
  test.each(cases)("%s: pages of any length hold what a plain query says, in its order", async (_name, filter, plain) => {
    const expected = await plainIds(filter, plain, sort, 500);
    for (const limit of [7, 200]) {
      const keys = await openFindingKeys(database.db, filter, null, sort);
      const ids: number[] = [];
      for (let after: FindingKey | null = null; ids.length < (limit === 7 ? 35 : 500);) {
        const next: FindingKey[] = await keys.next(after, limit);
        ids.push(...next.map(({ id }) => id));
        after = next.at(-1) ?? null;
        if (next.length < limit) break;
      }
      expect(ids.slice(0, 500)).toEqual(expected.slice(0, limit === 7 ? 35 : 500));
    }
  });

  test("a list of all gives each once, to its end", async () => {
    const filter = { state: ["open"], severity: ["critical", "low"] };
    const keys = await openFindingKeys(database.db, filter, null, sort);
    const ids: number[] = [];
    for (let after: FindingKey | null = null; ;) {
      const next: FindingKey[] = await keys.next(after, 1_000);
      ids.push(...next.map(({ id }) => id));
      if (next.length < 1_000) break;
      after = next.at(-1) ?? null;
    }
    expect(ids).toEqual(await plainIds(filter, sql`f.severity in ('critical', 'low') and s.state = 'open'`, sort, 100_000));
  });
});

test("a cursor is good for the order that it came from, and for no other", () => {
  const key = { key: "src/Größe\u{1f600}.ts", id: 12, branchScopeId: 3 };
  expect(decodeFindingCursor("path", encodeFindingCursor("path", key))).toEqual(key);
  expect(() => decodeFindingCursor("rule", encodeFindingCursor("path", key))).toThrow(/cursor/);
  expect(() => decodeFindingCursor("severity", encodeFindingCursor("path", key))).toThrow(/cursor/);
  expect(() => decodeFindingCursor("path", encodeFindingCursor("severity", { ...key, key: 2 }))).toThrow(/cursor/);
});

test("a page of long findings ends early, and the next goes on behind it", async () => {
  await sql`update findings set message = repeat('m', 5000) where severity_rank = 0 and rule = 'rule 5'`.execute(database.db);
  const filter = { rule: ["rule 5"], severity: ["critical"] };
  const ids: number[] = [];
  let pages = 0;
  for (let cursor: string | undefined; ;) {
    const { items, next_cursor: next } = await listFindings(database.db, filter, null, { limit: 200, cursor });
    expect(Buffer.byteLength(JSON.stringify(items))).toBeLessThan(200_000);
    ids.push(...items.map(({ id }) => id));
    pages++;
    if (next === null) break;
    cursor = next;
  }
  expect(pages).toBeGreaterThan(1);
  expect(ids).toEqual(await plainIds(filter, sql`f.rule = 'rule 5' and f.severity = 'critical'`, "severity", 100_000));
});

describe("facets", () => {
  async function plainCount(filter: FindingFilter, plain: RawBuilder<unknown>, column: RawBuilder<unknown>): Promise<Map<string, number>> {
    const answer = await sql<{ value: string; count: number }>`
      select ${column} as value, count(*) as count ${from} where ${onBranch(filter)} and ${plain} and ${column} is not null group by 1`.execute(database.db);
    return new Map(answer.rows.map(({ value, count }) => [value, count]));
  }

  test("of few are counted to the last, whatever is asked of how many", async () => {
    const narrow: Case[] = [
      ["", { rule: ["rule 7"], state: ["open"] }, sql`f.rule = 'rule 7' and s.state = 'open'`],
      ["", { text: "title 13", state: ["open"] }, sql`f.title ilike '%title 13%' and s.state = 'open'`],
      ["", { packageName: ["package-33"] }, sql`f.package_name = 'package-33'`],
      ["", { repository: "team/repository-3" }, sql`r.name = 'team/repository-3'`],
      ["", { state: ["dismissed"] }, sql`s.state = 'dismissed'`],
    ];
    for (const [, filter, plain] of narrow) {
      const facets = Facets.parse(await countFacets(database.db, filter, null));
      for (const [name, column] of [
        ["severity", sql`f.severity`],
        ["kind", sql`f.kind`],
        ["tool", sql`sc.tool`],
        ["scan_type", sql`sc.scan_type`],
      ] as const) {
        expect(facets.estimated, JSON.stringify(filter)).not.toContain(name);
        const counts = new Map(facets[name].map(({ value, count }) => [value, count]));
        expect(counts, `${name} of ${JSON.stringify(filter)}`).toEqual(await plainCount(filter, plain, column));
      }
      const total = (await plainCount(filter, plain, sql`'all'`)).get("all");
      expect([facets.total, facets.is_total_estimated]).toEqual([total, false]);
    }
  });

  test("of very many are reckoned from a sample that is near the truth, and say so", async () => {
    const facets = await countFacets(database.db, { state: ["open"] }, null);
    expect(facets.is_total_estimated).toBe(true);
    expect(facets.estimated).toEqual(expect.arrayContaining(["severity", "kind", "tool", "state"]));
    for (const [name, column] of [
      ["severity", sql`f.severity`],
      ["kind", sql`f.kind`],
      ["tool", sql`sc.tool`],
    ] as const) {
      const counted = await plainCount({}, sql`s.state = 'open'`, column);
      expect(facets[name].map(({ value }) => value).toSorted()).toEqual([...counted.keys()].toSorted());
      for (const { value, count } of facets[name]) expect(Math.abs(count / (counted.get(value) ?? 0) - 1), `${name} ${value}: ${count}`).toBeLessThan(0.15);
    }
    expect(facets.state.map(({ value }) => value)).toEqual(["open", "fixed", "dismissed"]);
  });

  test("of one repository that is bound to see are its own alone", async () => {
    const facets = await countFacets(database.db, {}, "team/repository-5");
    expect([facets.total, facets.is_total_estimated]).toEqual([ofEach, false]);
  });

  test("hold at most 50 values, the most frequent ones", async () => {
    const facets = await countFacets(database.db, { repository: "team/repository-1" }, null);
    const counted = [...(await plainCount({}, sql`r.name = 'team/repository-1'`, sql`f.rule`)).values()].toSorted((a, b) => b - a);
    expect(facets.rule.map(({ count }) => count)).toEqual(counted.slice(0, 50));
    expect(facets.path.length).toBe(50);
  });
});

import type { Facets, Finding, FindingChange, FindingDetail, FindingKind, FindingState, ScanType, Severity, Upgrade } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { type Database, decodeCursor, encodeCursor } from "../database/index.ts";
import { fieldError } from "../http/index.ts";
import { noCounts } from "./records.ts";
import { highestVersion } from "./versions.ts";

/** What a list of findings may be narrowed by; several values of one filter mean any of them. */
export type FindingFilter = {
  scanId?: number | undefined;
  repository?: string | undefined;
  branch?: string | undefined;
  scanType?: readonly string[] | undefined;
  state?: readonly string[] | undefined;
  change?: readonly string[] | undefined;
  severity?: readonly string[] | undefined;
  kind?: readonly string[] | undefined;
  target?: readonly string[] | undefined;
  packageName?: readonly string[] | undefined;
  fixable?: boolean | undefined;
  text?: string | undefined;
};

type Row = {
  id: number;
  repository: string;
  branch: string;
  branch_scope_id: number;
  scan_type: ScanType;
  tool: string;
  kind: FindingKind;
  state: FindingState;
  change: FindingChange | null;
  severity: Severity;
  severity_rank: number;
  severity_word: string | null;
  rule: string;
  title: string;
  message: string;
  target: string | null;
  path: string | null;
  line: number | null;
  package_name: string | null;
  installed_version: string | null;
  fixed_version: string | null;
  url: string | null;
  first_seen_at: Date;
  first_seen_run_id: number | null;
  last_seen_at: Date;
};

const mostFacetValues = 50;
const mostUpgrades = 200;

/**
 * Findings, gravest first, then in the order they became known. Where several branches are listed, for a repository
 * whose default branch is not known, one finding stands there for each.
 */
export async function listFindings(
  db: Database,
  filter: FindingFilter,
  visible: string | null,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Finding[]; next_cursor: string | null }> {
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, ["number", "number", "number"]);
  if (page.cursor !== undefined && after === null)
    throw fieldError("cursor", "is not one that this list gave out", "Leave it out to start from the first page.");
  const answer = await sql<Row>`
    select ${columns} ${source(filter, visible)}
       and ${after === null ? sql`true` : sql`(f.severity_rank, f.id, b.id) > (${after[0]}::bigint, ${after[1]}::bigint, ${after[2]}::bigint)`}
     order by f.severity_rank, f.id, b.id limit ${page.limit + 1}`.execute(db);
  const rows = answer.rows.slice(0, page.limit);
  const last = rows.at(-1);
  const hasMore = answer.rows.length > page.limit && last !== undefined;
  return { items: rows.map(findingOf), next_cursor: hasMore ? encodeCursor([last.severity_rank, last.id, last.branch_scope_id]) : null };
}

type FacetName = keyof Facets;

/** What is counted for each facet, and the filter of its own. */
const facets: readonly { name: FacetName; value: RawBuilder<unknown>; filter: keyof FindingFilter }[] = [
  { name: "severity", value: sql`f.severity`, filter: "severity" },
  { name: "kind", value: sql`f.kind`, filter: "kind" },
  { name: "change", value: sql`o.change`, filter: "change" },
  { name: "state", value: sql`coalesce(s.state, 'open')`, filter: "state" },
  { name: "target", value: sql`f.target`, filter: "target" },
  { name: "package_name", value: sql`f.package_name`, filter: "packageName" },
  { name: "fixable", value: sql`(coalesce(f.fixed_version, '') <> '')::text`, filter: "fixable" },
];

/**
 * How many findings stand at each value; each facet is counted without its own filter, so that its other values stay in
 * sight. Those without a filter of their own are counted together, in one pass over the findings.
 */
export async function countFacets(db: Database, filter: FindingFilter, visible: string | null): Promise<Facets> {
  const filtered = facets.filter((facet) => filter[facet.filter] !== undefined);
  const passes = [facets.filter((facet) => !filtered.includes(facet)), ...filtered.map((facet) => [facet])].filter((pass) => pass.length > 0);
  const counted = await Promise.all(
    passes.map(async (pass) => {
      const without = Object.fromEntries(pass.map((facet) => [facet.filter, undefined]));
      const answer = await sql<{ facet: FacetName; value: string; count: number }>`
        select facet, value, count from (
          select v.facet, v.value, count(*) as count, row_number() over (partition by v.facet order by count(*) desc, v.value) as place
            from (select ${sql.join(pass.map(({ name, value }) => sql`${value} as ${sql.ref(name)}`))} ${source({ ...filter, ...without }, visible)}) found
            cross join lateral (values ${sql.join(pass.map(({ name }) => sql`(${name}::text, ${sql.ref(`found.${name}`)})`))}) v (facet, value)
           where v.value is not null group by 1, 2) ranked
         where place <= ${mostFacetValues} order by facet, place`.execute(db);
      return answer.rows;
    }),
  );
  const rows = counted.flat();
  const valuesOf = (name: FacetName) => rows.filter((row) => row.facet === name).map(({ value, count }) => ({ value, count }));
  return {
    severity: valuesOf("severity"),
    kind: valuesOf("kind"),
    change: valuesOf("change"),
    state: valuesOf("state"),
    target: valuesOf("target"),
    package_name: valuesOf("package_name"),
    fixable: valuesOf("fixable"),
  };
}

/** One finding on one branch (else where it was seen last), with its history over all branches; null when there is none to see. */
export async function findFinding(db: Database, id: number, branch: string | undefined, visible: string | null): Promise<FindingDetail | null> {
  const answer = await sql<Row & { detail: Record<string, unknown> }>`
    select ${columns}, f.detail ${source({ branch, anyBranch: branch === undefined }, visible)} and f.id = ${id}
     order by s.changed_at desc nulls last limit 1`.execute(db);
  const row = answer.rows[0] ?? (await findSighted(db, id, branch, visible));
  if (row === undefined) return null;
  const history = await sql<{ branch: string; event: "new" | "fixed" | "reopened"; at: Date; run_id: number; commit_hash: string }>`
    select r.branch, o.change as event, coalesce(r.started_at, r.created_at) as at, r.id as run_id, r.commit_hash
      from occurrences o join scans sc on sc.id = o.scan_id join runs r on r.id = sc.run_id
     where o.finding_id = ${id} and o.change in ('new', 'fixed', 'reopened')
     order by o.scan_id desc limit 200`.execute(db);
  return { ...findingOf(row), detail: row.detail, history: history.rows.map((event) => ({ ...event, at: event.at.toISOString() })) };
}

/** A finding that has no state on any branch, for only a report that came too late had it: as the newest scan saw it. */
async function findSighted(
  db: Database,
  id: number,
  branch: string | undefined,
  visible: string | null,
): Promise<(Row & { detail: Record<string, unknown> }) | undefined> {
  const sighting = await sql<{ scan_id: number }>`
    select o.scan_id from occurrences o join scans sc on sc.id = o.scan_id join runs r on r.id = sc.run_id
     where o.finding_id = ${id} and ${branch === undefined ? sql`true` : sql`r.branch = ${branch}`}
     order by o.scan_id desc limit 1`.execute(db);
  const scanId = sighting.rows[0]?.scan_id;
  if (scanId === undefined) return undefined;
  const answer = await sql<Row & { detail: Record<string, unknown> }>`select ${columns}, f.detail ${source({ scanId }, visible)} and f.id = ${id}`.execute(db);
  const [row] = answer.rows;
  // No scan was asked for.
  return row === undefined ? undefined : { ...row, change: null };
}

/** What raising each package would fix, most first, at most 200 packages. Versions are compared here: PostgreSQL knows no order of them. */
export async function listUpgrades(db: Database, scanId: number, visible: string | null): Promise<Upgrade[]> {
  const answer = await sql<{ target: string | null; package_name: string; installed_version: string; fixed_version: string; severity: Severity }>`
    select f.target, f.package_name, f.installed_version, f.fixed_version, f.severity
      ${source({ scanId, kind: ["vulnerability"], change: ["new", "reopened", "unchanged"], fixable: true }, visible)}
       and f.package_name is not null and f.installed_version is not null
     order by f.id limit 100000`.execute(db);
  const upgrades = new Map<string, Upgrade>();
  for (const row of answer.rows) {
    const key = JSON.stringify([row.target, row.package_name, row.installed_version]);
    const upgrade = upgrades.get(key) ?? {
      target: row.target,
      package_name: row.package_name,
      installed_version: row.installed_version,
      fixed_version: "",
      fixes: 0,
      counts: noCounts(),
    };
    upgrades.set(key, upgrade);
    upgrade.fixed_version = highestVersion([upgrade.fixed_version, lowestFix(row.fixed_version, row.installed_version)]);
    upgrade.fixes++;
    upgrade.counts[row.severity]++;
    upgrade.counts.total++;
  }
  return [...upgrades.values()].toSorted((a, b) => b.fixes - a.fixes || a.package_name.localeCompare(b.package_name)).slice(0, mostUpgrades);
}

/** Trivy lists a fixed version for each maintained line, `1.2.3, 2.0.1`: the one of the installed line, else the first. */
function lowestFix(fixed: string, installed: string): string {
  const versions = fixed
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const line = installed.split(".", 1)[0];
  return versions.find((version) => version.split(".", 1)[0] === line) ?? versions[0] ?? fixed;
}

const columns = sql`f.id, r.name as repository, b.branch, b.id as branch_scope_id, sc.scan_type, sc.tool, f.kind, coalesce(s.state, 'open') as state, o.change, f.severity, f.severity_rank,
  f.severity_word, f.rule, f.title, f.message, f.target, f.path, coalesce(o.line, f.line) as line, f.package_name, f.installed_version, f.fixed_version, f.url,
  coalesce(s.first_seen_at, f.created_at) as first_seen_at, s.first_seen_run_id,
  coalesce(case when s.state = 'open' then b.newest_ordered_at else s.changed_at end, f.created_at) as last_seen_at`;

/** `from … where …`: by a scan's sightings when a scan is asked for, else by the states of branches (the default one when none is named). */
function source(filter: FindingFilter & { anyBranch?: boolean }, visible: string | null): RawBuilder<unknown> {
  const from =
    filter.scanId === undefined
      ? sql`from finding_states s join branch_scopes b on b.id = s.branch_scope_id join finding_scopes sc on sc.id = b.scope_id
            join repositories r on r.id = sc.repository_id join findings f on f.id = s.finding_id
            cross join (select null::text as change, null::int as line) o
            where ${filter.anyBranch === true ? sql`true` : filter.branch === undefined ? isDefaultBranch : sql`b.branch = ${filter.branch}`}`
      : sql`from occurrences o join scans scan on scan.id = o.scan_id join runs run on run.id = scan.run_id join findings f on f.id = o.finding_id
            join finding_scopes sc on sc.id = f.scope_id join repositories r on r.id = sc.repository_id
            join branch_scopes b on b.scope_id = sc.id and b.branch = run.branch
            left join finding_states s on s.finding_id = f.id and s.branch_scope_id = b.id
            where o.scan_id = ${filter.scanId}`;
  return sql`${from}
    and ${visible === null ? sql`true` : sql`r.name = ${visible}`}
    and ${filter.repository === undefined ? sql`true` : sql`r.name = ${filter.repository}`}
    and ${anyOf(sql`sc.scan_type`, filter.scanType)}
    and ${anyOf(sql`coalesce(s.state, 'open')`, filter.state)}
    and ${filter.scanId === undefined ? sql`true` : anyOf(sql`o.change`, filter.change)}
    and ${anyOf(sql`f.severity`, filter.severity)}
    and ${anyOf(sql`f.kind`, filter.kind)}
    and ${anyOf(sql`f.target`, filter.target)}
    and ${anyOf(sql`f.package_name`, filter.packageName)}
    and ${filter.fixable === undefined ? sql`true` : sql`(coalesce(f.fixed_version, '') <> '') = ${filter.fixable}`}
    and ${filter.text === undefined || filter.text === "" ? sql`true` : textMatches(filter.text)}`;
}

const isDefaultBranch = sql`b.branch = coalesce(r.default_branch, (select d.branch from branch_scopes d where d.scope_id = b.scope_id and d.branch in ('main', 'master') order by d.branch limit 1), b.branch)`;

function anyOf(column: RawBuilder<unknown>, values: readonly string[] | undefined): RawBuilder<unknown> {
  return values === undefined || values.length === 0 ? sql`true` : sql`${column} = any(${[...values]}::text[])`;
}

function textMatches(text: string): RawBuilder<unknown> {
  const pattern = `%${text.slice(0, 200).replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(f.rule ilike ${pattern} or f.title ilike ${pattern} or f.package_name ilike ${pattern} or f.path ilike ${pattern} or f.target ilike ${pattern})`;
}

function findingOf(row: Row): Finding {
  return {
    id: row.id,
    repository: row.repository,
    branch: row.branch,
    scan_type: row.scan_type,
    tool: row.tool,
    kind: row.kind,
    state: row.state,
    change: row.change,
    severity: row.severity,
    severity_word: row.severity_word,
    rule: row.rule,
    title: row.title,
    message: row.message,
    target: row.target,
    path: row.path,
    line: row.line,
    package_name: row.package_name,
    installed_version: row.installed_version,
    fixed_version: row.fixed_version,
    url: row.url,
    first_seen_at: row.first_seen_at.toISOString(),
    first_seen_run_id: row.first_seen_run_id,
    last_seen_at: row.last_seen_at.toISOString(),
  };
}

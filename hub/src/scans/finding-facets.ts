import { type FacetName, facetNames, type Facets } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "../database/index.ts";
import type { FindingFilter } from "./finding-filters.ts";
import { findPlaces, type Place } from "./finding-places.ts";
import { sampleOf, sampleShare } from "./finding-sample.ts";
import { areFew, findingsOf, mostCounted, narrowed, shownState } from "./finding-source.ts";
import { isFixable, riskValue, toolTypeValue } from "./finding-traits.ts";

/** What is counted for each facet, and the filter of its own. */
const facets: Readonly<Record<FacetName, { value: RawBuilder<unknown>; filter: keyof FindingFilter }>> = {
  severity: { value: sql`f.severity`, filter: "severity" },
  kind: { value: sql`f.kind`, filter: "kind" },
  change: { value: sql`o.change`, filter: "change" },
  state: { value: shownState, filter: "state" },
  scan_type: { value: sql`sc.scan_type`, filter: "scanType" },
  tool: { value: sql`sc.tool`, filter: "tool" },
  rule: { value: sql`f.rule`, filter: "rule" },
  target: { value: sql`f.target`, filter: "target" },
  path: { value: sql`f.path`, filter: "path" },
  package_name: { value: sql`f.package_name`, filter: "packageName" },
  fixable: { value: sql`(${isFixable})::text`, filter: "fixable" },
  risk: { value: riskValue, filter: "risk" },
  tool_type: { value: toolTypeValue, filter: "toolType" },
};

const mostFacetValues = 50;
/** Findings that a sample looks at, spread evenly over all scopes. */
const sampleSize = 5_000;
/** Where a sample makes out fewer, it has seen too few of them, and they are counted after all. */
const leastEstimated = 10_000;
type Counted = { facet: FacetName; value: string; count: number };
type Pass = { rows: readonly Counted[]; total: number; isEstimated: boolean };

/**
 * How many findings stand at each value; each facet is counted without its own filter, so that its other values stay in
 * sight. Those without a filter of their own are counted together, in one pass over the findings.
 */
export async function countFacets(db: Database, asked: FindingFilter, visible: string | null): Promise<Facets> {
  const everywhere = await findPlaces(db, { ...asked, scanType: undefined, tool: undefined }, visible);
  const filter = await withTextFound(db, everywhere, asked);
  const filtered = facetNames.filter((name) => filter[facets[name].filter] !== undefined);
  const [own, ...others] = await Promise.all(
    [facetNames.filter((name) => !filtered.includes(name)), ...filtered.map((name) => [name])].map(async (names) => {
      const without = Object.fromEntries(names.map((name) => [facets[name].filter, undefined]));
      return { names, pass: await countPass(db, everywhere, { ...filter, ...without }, names) };
    }),
  );
  const passes = own === undefined ? others : [own, ...others];
  const valuesOf = (name: FacetName) =>
    passes.flatMap(({ pass }) => pass.rows.filter((row) => row.facet === name).map(({ value, count }) => ({ value, count })));
  return {
    total: own?.pass.total ?? 0,
    is_total_estimated: own?.pass.isEstimated ?? false,
    estimated: passes.flatMap(({ names, pass }) => (pass.isEstimated ? names : [])),
    severity: valuesOf("severity"),
    kind: valuesOf("kind"),
    change: valuesOf("change"),
    state: valuesOf("state"),
    scan_type: valuesOf("scan_type"),
    tool: valuesOf("tool"),
    rule: valuesOf("rule"),
    target: valuesOf("target"),
    path: valuesOf("path"),
    package_name: valuesOf("package_name"),
    fixable: valuesOf("fixable"),
    risk: valuesOf("risk"),
    tool_type: valuesOf("tool_type"),
  };
}

async function countPass(db: Database, everywhere: readonly Place[], filter: FindingFilter, names: readonly FacetName[]): Promise<Pass> {
  const places = narrowed(everywhere, filter);
  if (places.length === 0) return { rows: [], total: 0, isEstimated: false };
  if (await areFew(db, places, filter)) return { ...(await countFrom(db, names, findingsOf(places, filter, "states"))), isEstimated: false };
  const exactly = async () => ({ ...(await countFrom(db, names, findingsOf(places, filter, "findings"))), isEstimated: false });
  if (filter.ids !== undefined) return exactly();
  const share = await sampleShare(db, places, sampleSize);
  if (share === 1) return exactly();
  const sampled = await countFrom(db, names, sampleOf(places, filter, share));
  if (sampled.total / share < leastEstimated) return exactly();
  const reckoned = (count: number) => twoDigits(count / share);
  return { rows: sampled.rows.map((row) => ({ ...row, count: reckoned(row.count) })), total: reckoned(sampled.total), isEstimated: true };
}

/** Looks a text up once for all passes: of all that is asked, that takes the longest. Left as it is where too many match. */
async function withTextFound(db: Database, places: readonly Place[], filter: FindingFilter): Promise<FindingFilter> {
  const { text, scanId } = filter;
  if (text === undefined || places.length === 0) return filter;
  const start = (await areFew(db, places, { scanId })) ? "states" : "findings";
  const answer = await sql<{ id: number }>`select f.id ${findingsOf(places, { text, scanId }, start)} limit ${mostCounted + 1}`.execute(db);
  return answer.rows.length > mostCounted ? filter : { ...filter, text: undefined, ids: [...new Set(answer.rows.map(({ id }) => id))] };
}

/** Counts of each facet's values, most first, and how many findings there are in all. */
async function countFrom(db: Database, names: readonly FacetName[], source: RawBuilder<unknown>): Promise<{ rows: Counted[]; total: number }> {
  const parts = [
    sql`select null as facet, null as value, count(*) as count from found`,
    ...names.map(
      (name) => sql`(select ${name}::text, ${sql.ref(name)}, count(*) from found where ${sql.ref(name)} is not null
                      group by 2 order by 3 desc, 2 limit ${mostFacetValues})`,
    ),
  ];
  const answer = await sql<{ facet: FacetName | null; value: string | null; count: number }>`
    with found as materialized (select ${sql.join(names.map((name) => sql`${facets[name].value} as ${sql.ref(name)}`))} ${source})
    ${sql.join(parts, sql` union all `)}`.execute(db);
  return {
    rows: answer.rows.flatMap(({ facet, value, count }) => (facet === null || value === null ? [] : [{ facet, value, count }])),
    total: answer.rows.find(({ facet }) => facet === null)?.count ?? 0,
  };
}

/** A reckoned count is not known to its last digit. */
function twoDigits(count: number): number {
  return Number(count.toPrecision(2));
}

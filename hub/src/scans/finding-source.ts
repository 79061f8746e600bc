import { findingStates, severities } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/index.ts";
import type { FindingFilter } from "./finding-filters.ts";
import { anyOf, type Place, placeRows } from "./finding-places.ts";
import { isFixable, riskValue, toolTypeValue } from "./finding-traits.ts";

/*
 * Where findings come from, in two forms of the same rows. Both have the tables `sc` (the place), `f` (the finding),
 * `s` (its state there) and, of a scan, `o` (how the scan met it):
 * `findingsOf` finds all that pass the filter, which is right for a few;
 * `findingsAt` walks each place's findings in the order of an index: for many, of which only a page is wanted.
 * `offset 0` keeps PostgreSQL from joining whole tables where it misjudges how much it will find: what stands in such a
 * subquery is looked up as it is written, a state and a sighting each by its primary key.
 */

/** The order of a list, and what it is walked by. All end with id and place, so that no two rows are equal. */
export const sortKeys = {
  severity: sql`f.severity_rank`,
  rule: sql`(left(f.rule, 200) collate "C")`,
  // As the indexes have them, to the letter.
  path: sql`(coalesce(left(f.path, 200), U&'\\+10FFFF') collate "C")`,
} as const;

/** The longest beginning of a text by which an index knows it. */
const indexedLength = 200;

/** As it is shown: `stale` is not stored, for it comes of what other scopes report. */
export const shownState = sql`case when s.state = 'open' and sc.is_stale then 'stale' else coalesce(s.state, 'open') end`;

/** Those of the places that the filter leaves anything of. */
export function narrowed(places: readonly Place[], filter: FindingFilter): Place[] {
  const { state } = filter;
  const asksStale = state === undefined || ["stale", "fixed", "dismissed"].some((one) => state.includes(one));
  const asksLive = state === undefined || state.some((one) => one !== "stale");
  return places.filter(
    (place) => (filter.scanType?.includes(place.scanType) ?? true) && (filter.tool?.includes(place.tool) ?? true) && (place.isStale ? asksStale : asksLive),
  );
}

/**
 * `from … where …` of all that pass. From the states (or a scan's sightings) where these are few, else from the findings
 * themselves, of which filters leave few.
 */
export function findingsOf(places: readonly Place[], filter: FindingFilter, start: "states" | "findings"): RawBuilder<unknown> {
  const { scanId } = filter;
  if (start === "findings") {
    const scopeIds = [...new Set(places.map((place) => place.scopeId))];
    return sql`from (select * from findings f where f.scope_id = any(${scopeIds}) and ${ofFinding(filter)} offset 0) f
        join ${placeRows(places)} on sc.scope_id = f.scope_id ${sightingAndState(filter)}
       where ${ofTool(filter)} and ${ofState(filter)} and ${ofSighting(filter)}`;
  }
  const from =
    scanId === undefined
      ? sql`finding_states s join findings f on f.id = s.finding_id join ${placeRows(places)} on sc.branch_scope_id = s.branch_scope_id ${noSighting}`
      : sql`occurrences o join findings f on f.id = o.finding_id join ${placeRows(places)} on sc.scope_id = f.scope_id
            left join finding_states s on s.finding_id = f.id and s.branch_scope_id = sc.branch_scope_id`;
  const among = scanId === undefined ? sql`s.branch_scope_id = any(${places.map((place) => place.branchScopeId)})` : sql`o.scan_id = ${scanId}`;
  return sql`from ${from} where ${among} and ${ofFinding(filter)} and ${ofTool(filter)} and ${ofState(filter)} and ${ofSighting(filter)}`;
}

/** `from … where …` of one place, which stands before it as the table `sc`; `candidates` narrows its findings `f`, and may end in `order by … limit …`. */
export function findingsAt(filter: FindingFilter, candidates: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`from (select * from findings f where f.scope_id = sc.scope_id and ${candidates}) f ${sightingAndState(filter)}
     where ${ofFinding(filter)} and ${ofTool(filter)} and ${ofState(filter)} and ${ofSighting(filter)}`;
}

const noSighting = sql`cross join (select null::text as change, null::int as line) o`;

function sightingAndState({ scanId }: FindingFilter): RawBuilder<unknown> {
  const state = sql`lateral (select st.state from finding_states st where st.finding_id = f.id and st.branch_scope_id = sc.branch_scope_id offset 0) s`;
  if (scanId === undefined) return sql`cross join ${state} ${noSighting}`;
  return sql`cross join lateral (select oc.change, oc.line from occurrences oc where oc.scan_id = ${scanId} and oc.finding_id = f.id offset 0) o
    left join ${state} on true`;
}

/** Whether it asks anything of findings themselves, besides where and how they stand. */
export function asksOfFindings(filter: FindingFilter): boolean {
  const { ids, severity, kind, rule, target, path, packageName, fixable, risk, toolType, text } = filter;
  return [ids, severity, kind, rule, target, path, packageName, fixable, risk, toolType, text].some((asked) => asked !== undefined);
}

/** Up to so many are counted and sorted one by one. */
export const mostCounted = 30_000;

/** Whether at most so many stand at the places in the states that are asked for, whatever else is asked of them. */
export async function areFew(db: Database | DatabaseTransaction, places: readonly Place[], filter: FindingFilter): Promise<boolean> {
  const rows =
    filter.scanId !== undefined
      ? sql`from occurrences o where o.scan_id = ${filter.scanId}`
      : sql`from finding_states s where s.branch_scope_id = any(${places.map((place) => place.branchScopeId)}) and ${ofStored(filter.state)}`;
  const answer = await sql<{ count: number }>`select count(*) as count from (select ${rows} limit ${mostCounted + 1}) first`.execute(db);
  return (answer.rows[0]?.count ?? 0) <= mostCounted;
}

export function ofFinding(filter: FindingFilter): RawBuilder<unknown> {
  return conjunction([
    filter.ids !== undefined && anyOf(sql`f.id`, filter.ids),
    filter.severity !== undefined && ofSeverity(filter.severity),
    filter.kind !== undefined && anyOf(sql`f.kind`, filter.kind),
    filter.rule !== undefined && sql`${anyOf(sortKeys.rule, filter.rule.map(beginningOf))} and ${anyOf(sql`f.rule`, filter.rule)}`,
    filter.target !== undefined && anyOf(sql`f.target`, filter.target),
    filter.path !== undefined && sql`(${sql.join(filter.path.map(ofPath), sql` or `)})`,
    filter.packageName !== undefined && ofPackage(filter.packageName),
    filter.text !== undefined && ofText(filter.text),
  ]);
}

/** What means something else with each tool. */
function ofTool(filter: FindingFilter): RawBuilder<unknown> {
  return conjunction([
    filter.fixable !== undefined && sql`(${isFixable}) = ${filter.fixable}`,
    filter.risk !== undefined && anyOf(riskValue, filter.risk),
    filter.toolType !== undefined && anyOf(toolTypeValue, filter.toolType),
  ]);
}

function ofPackage(names: readonly string[]): RawBuilder<unknown> {
  return sql`f.package_name is not null and ${anyOf(sql`(left(f.package_name, 200) collate "C")`, names.map(beginningOf))} and ${anyOf(sql`f.package_name`, names)}`;
}

/** By rank, as the index has them; the range lets it be walked in order also where several are asked for. */
function ofSeverity(asked: readonly string[]): RawBuilder<unknown> {
  const ranks = severities.flatMap((severity, rank) => (asked.includes(severity) ? [rank] : []));
  return sql`f.severity_rank between ${Math.min(...ranks)} and ${Math.max(...ranks)} and ${anyOf(sql`f.severity_rank`, ranks)}`;
}

/** A folder is all that begins with it; anything else one file. */
function ofPath(path: string): RawBuilder<unknown> {
  const beginning = beginningOf(path);
  if (!path.endsWith("/")) return sql`(${sortKeys.path} = ${beginning} and f.path = ${path})`;
  return sql`(${sortKeys.path} >= ${beginning} and ${sortKeys.path} < ${`${beginning}\u{10FFFF}`} and starts_with(f.path, ${path}))`;
}

/** Characters as PostgreSQL counts them: code points, not halves of pairs. */
function beginningOf(text: string): string {
  return Array.from(text).slice(0, indexedLength).join("");
}

function ofState({ state, scanId }: FindingFilter): RawBuilder<unknown> {
  if (state === undefined) return sql`true`;
  return scanId !== undefined ? anyOf(shownState, state) : sql`${ofStored(state)} and ${anyOf(shownState, state)}`;
}

/** The states that are asked for as they are stored, written out, so that indexes of some states serve. */
function ofStored(state: readonly string[] | undefined): RawBuilder<unknown> {
  if (state === undefined) return sql`true`;
  const stored = findingStates.filter((one) => state.includes(one) || (one === "open" && state.includes("stale")));
  return sql`s.state in (${sql.join(stored.map((one) => sql.lit(one)))})`;
}

/** Of a scan alone: elsewhere nothing is met. */
function ofSighting({ change, scanId }: FindingFilter): RawBuilder<unknown> {
  return change === undefined || scanId === undefined ? sql`true` : anyOf(sql`o.change`, change);
}

const searched = sql`f.rule || E'\n' || f.title || E'\n' || coalesce(f.package_name, '') || E'\n' || coalesce(f.path, '') || E'\n' || coalesce(f.target, '')`;

/** Whatever its case. Of letters from A to Z alone that is known by their bytes, three times as fast. */
function ofText(text: string): RawBuilder<unknown> {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  if (/[^ -~]/.test(text)) return sql`(${searched}) ilike ${pattern}`;
  return sql`lower((${searched}) collate "C") like ${pattern.toLowerCase()}`;
}

function conjunction(conditions: readonly (RawBuilder<unknown> | false)[]): RawBuilder<unknown> {
  const asked = conditions.filter((condition) => condition !== false);
  return asked.length === 0 ? sql`true` : sql`(${sql.join(asked, sql` and `)})`;
}

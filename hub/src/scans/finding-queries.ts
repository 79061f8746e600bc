import type { Finding, FindingChange, FindingKind, FindingSort, FindingState, ScanType, Severity } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import type { DismissedBy } from "../matching/index.ts";
import { withinAnswer } from "./answer-size.ts";
import type { FindingFilter } from "./finding-filters.ts";
import { decodeFindingCursor, encodeFindingCursor, type FindingKey, openFindingKeys } from "./finding-list.ts";
import { traitsColumn, traitsOf } from "./finding-traits.ts";

/** A finding on a branch as `findingColumns` read it. */
export type FindingRow = {
  id: number;
  repository: string;
  branch: string;
  branch_scope_id: number;
  scan_type: ScanType;
  tool: string;
  kind: FindingKind;
  state: FindingState;
  dismissed_by: DismissedBy | null;
  change: FindingChange | null;
  severity: Severity;
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
  traits: unknown;
  first_seen_at: Date;
  first_seen_run_id: number | null;
  last_seen_at: Date;
};

/** Of `f`, its state `s` on the branch `b`, their scope `sc` and repository `r`, and `o`, how a scan met it. */
export const findingColumns = sql`f.id, r.name as repository, b.branch, b.id as branch_scope_id, sc.scan_type, sc.tool, f.kind, coalesce(s.state, 'open') as state, s.dismissed_by, o.change, f.severity,
  f.severity_word, f.rule, f.title, f.message, f.target, f.path, coalesce(o.line, f.line) as line, f.package_name, f.installed_version, f.fixed_version, f.url, ${traitsColumn} as traits,
  coalesce(s.first_seen_at, f.created_at) as first_seen_at, s.first_seen_run_id,
  coalesce(case when s.state = 'fixed' then s.changed_at else b.newest_ordered_at end, f.created_at) as last_seen_at`;

/**
 * Findings, gravest first, then in the order they became known. Where several branches are listed, for a repository
 * whose default branch is not known, one finding stands there for each. A page ends early where it would weigh too much.
 */
export async function listFindings(
  db: Database,
  filter: FindingFilter,
  visible: string | null,
  page: { limit: number; sort?: FindingSort | undefined; cursor?: string | undefined },
): Promise<{ items: Finding[]; next_cursor: string | null }> {
  const { limit, sort = "severity" } = page;
  const after = decodeFindingCursor(sort, page.cursor);
  const list = await openFindingKeys(db, filter, visible, sort);
  const keys = await list.next(after, limit + 1);
  const all = (await loadFindings(db, keys.slice(0, limit), filter.scanId)).map((row) => findingOf(row, list.isStale(row.branch_scope_id)));
  const items = withinAnswer(all);
  const last = keys[items.length - 1];
  return { items, next_cursor: last !== undefined && items.length < keys.length ? encodeFindingCursor(sort, last) : null };
}

/** The rows of these keys, in their order. */
export async function loadFindings(db: Database, keys: readonly FindingKey[], scanId: number | undefined): Promise<FindingRow[]> {
  if (keys.length === 0) return [];
  const sighting =
    scanId === undefined
      ? sql`cross join (select null::text as change, null::int as line) o`
      : sql`join occurrences o on o.scan_id = ${scanId} and o.finding_id = f.id`;
  const answer = await sql<FindingRow>`
    select ${findingColumns}
      from unnest(${keys.map((key) => key.id)}::bigint[], ${keys.map((key) => key.branchScopeId)}::bigint[]) with ordinality as k (id, branch_scope_id, place)
      join findings f on f.id = k.id join branch_scopes b on b.id = k.branch_scope_id join finding_scopes sc on sc.id = b.scope_id
      join repositories r on r.id = sc.repository_id ${sighting}
      left join finding_states s on s.finding_id = f.id and s.branch_scope_id = b.id
     order by k.place`.execute(db);
  return answer.rows;
}

export function findingOf(row: FindingRow, isStale: boolean): Finding {
  return {
    id: row.id,
    repository: row.repository,
    branch: row.branch,
    scan_type: row.scan_type,
    tool: row.tool,
    kind: row.kind,
    state: row.state === "open" && isStale ? "stale" : row.state,
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
    traits: traitsOf(row.traits),
    first_seen_at: row.first_seen_at.toISOString(),
    first_seen_run_id: row.first_seen_run_id,
    last_seen_at: row.last_seen_at.toISOString(),
  };
}

import type { FindingChange } from "@sentinal/contract";
import { sql } from "kysely";
import { type DatabaseTransaction, unawaited } from "../database/index.ts";
import type { Known, Outcome } from "../matching/index.ts";
import type { Sighting } from "../reading/index.ts";

export type MatchingScope = {
  scopeId: number;
  branchScopeId: number;
  /** The same scope on the default branch; null there itself, and while it has none. */
  groundId: number | null;
  scanId: number;
  runId: number;
  orderedAt: Date;
  /** Older than the newest applied: sightings are kept, states stay. */
  isOld: boolean;
};

/** A sighting with its ordinal among those of equal identity. */
export type Fresh = { sighting: Sighting; ordinal: number };

/** A finding that a report told of. `isStateDue`: its state on the branch has to be written. */
export type Sighted = { findingId: number; sighting: Sighting; outcome: Outcome; isStateDue: boolean };

/** More need not be counted: no batch sees as many. */
const mostCounted = 50_001;

/** The place's columns are there where they were asked for. */
type KnownRow = Omit<Known, "place"> & {
  path?: string | null;
  toolKey?: string | null;
  rulePath?: string | null;
  ruleName?: string | null;
  message?: string | null;
  content?: string | null;
  column?: number | null;
};

const knownColumns = sql`
  f.id, f.identity, f.ordinal, f.variant, f.content_hash as "contentHash", own.state as own, ground.state as ground,
  case when own.state is null then ground.dismissed_by else own.dismissed_by end as "dismissedBy"`;
const placeColumns = sql`
  , f.line, f.path, f.tool_key as "toolKey", f.rule_path as "rulePath", f.rule_name as "ruleName", f.message_hash as message, f.content, f.place_column as "column"`;

/**
 * The state of finding `f` on a branch. Looked up one by one: of a branch that its statistics do not know yet PostgreSQL
 * expects a single row, and would go through all of them for each finding.
 */
function stateOn(branchScopeId: number | null) {
  return sql`(select s.state, s.dismissed_by from finding_states s where s.branch_scope_id = ${branchScopeId} and s.finding_id = f.id limit 1)`;
}

/**
 * What may be the same as a sighting of the batch, and how many findings are open on the branch; that is not told when
 * nothing is known. Of a batch of places all that is known of their rules in their files.
 */
export async function loadKnown(
  trx: DatabaseTransaction,
  scope: Pick<MatchingScope, "scopeId" | "branchScopeId" | "groundId">,
  batch: readonly Sighting[],
): Promise<{ known: Known[]; openCount: number }> {
  const identities = [...new Set(batch.map((sighting) => sighting.identity))];
  const rulePaths = [...new Set(batch.flatMap(({ place }) => place?.rulePath ?? []))];
  const toolKeys = [...new Set(batch.flatMap(({ place }) => place?.toolKey ?? []))];
  const isPlaced = rulePaths.length > 0;
  const which = isPlaced
    ? sql`(f.identity = any(${identities}::uuid[]) or f.rule_path = any(${rulePaths}::uuid[]) or f.tool_key = any(${toolKeys}::uuid[]))`
    : sql`f.identity = any(${identities}::uuid[])`;
  const answer = await sql<KnownRow & { openCount: number }>`
    select ${knownColumns} ${isPlaced ? placeColumns : sql``},
           (select count(*) from (select from finding_states s where s.branch_scope_id = ${scope.branchScopeId} and s.state = 'open' limit ${mostCounted}) open) as "openCount"
      from findings f
      left join lateral ${stateOn(scope.branchScopeId)} own on true
      left join lateral ${stateOn(scope.groundId)} ground on true
     where f.scope_id = ${scope.scopeId} and ${which}`.execute(trx);
  return { known: answer.rows.map(knownOf), openCount: answer.rows[0]?.openCount ?? mostCounted };
}

/**
 * Writes the sightings of a report that tells exactly what is open on the branch, each as it was told before, and that it
 * is the branch's newest, in one statement; false, with nothing written, when anything differs. Most reports of a project are such ones. The identities
 * must be different ones, of findings without a place.
 */
export async function writeIfTheSame(trx: DatabaseTransaction, scope: MatchingScope, batch: readonly Sighting[]): Promise<boolean> {
  const column = <Value>(read: (sighting: Sighting) => Value) => batch.map(read);
  const answer = await sql`
    with told as (
      select * from unnest(${column((one) => one.identity)}::uuid[], ${column((one) => one.contentHash)}::uuid[], ${column((one) => one.line)}::int[], ${column((one) => one.severityRank)}::smallint[])
        as t(identity, content_hash, line, severity_rank)
    ), same as (
      select f.id, told.line, told.severity_rank
        from told
        cross join lateral (select id, content_hash from findings where scope_id = ${scope.scopeId} and identity = told.identity and ordinal = 0 limit 1) f
        cross join lateral (select state from finding_states where branch_scope_id = ${scope.branchScopeId} and finding_id = f.id limit 1) s
       where f.content_hash = told.content_hash and s.state = 'open'
    ), verdict as (
      select (select count(*) from same) = ${batch.length}
         and (select count(*) from (select from finding_states where branch_scope_id = ${scope.branchScopeId} and state = 'open' limit ${batch.length + 1}) open) = ${batch.length} as is_same
    ), newest as (
      update branch_scopes set newest_ordered_at = ${scope.orderedAt}, newest_scan_id = ${scope.scanId}
       where id = ${scope.branchScopeId} and (select is_same from verdict)
    )
    insert into occurrences (scan_id, finding_id, scope_id, change, line, severity_rank)
    select ${scope.scanId}, id, ${scope.scopeId}, 'unchanged', line, severity_rank from same where (select is_same from verdict)`.execute(trx);
  return answer.numAffectedRows === BigInt(batch.length);
}

/** What is there on the branch at a place that may have moved to one of the sightings; `taken` was seen where it was. */
export async function loadMovable(trx: DatabaseTransaction, scope: MatchingScope, fresh: readonly Sighting[], taken: ReadonlySet<number>): Promise<Known[]> {
  const ruleNames = [...new Set(fresh.flatMap(({ place }) => place?.ruleName ?? []))];
  const contents = [...new Set(fresh.flatMap(({ place }) => place?.content ?? []))];
  const answer = await sql<KnownRow>`
    select ${knownColumns} ${placeColumns}
      from findings f
      left join lateral ${stateOn(scope.branchScopeId)} own on true
      left join lateral ${stateOn(scope.groundId)} ground on true
     where f.scope_id = ${scope.scopeId} and coalesce(own.state, ground.state) in ('open', 'dismissed')
       and (f.rule_name = any(${ruleNames}::uuid[]) or f.content = any(${contents}::uuid[]))`.execute(trx);
  return answer.rows.map(knownOf).filter((known) => !taken.has(known.id));
}

function knownOf(row: KnownRow): Known {
  const { path = null, toolKey = null, rulePath = null, ruleName = null, message = null, content = null, column = null, ...known } = row;
  const place =
    path === null || rulePath === null || ruleName === null || message === null ? null : { path, toolKey, rulePath, ruleName, message, content, column };
  return { ...known, line: row.line ?? null, place };
}

const findingColumns = sql`identity uuid, ordinal int, variant text, content_hash uuid, tool_key uuid, rule_path uuid, rule_name uuid, message_hash uuid, content uuid, place_column int, kind text, severity text, severity_rank smallint, severity_word text,
  rule text, title text, message text, target text, path text, line int, package_name text, installed_version text, fixed_version text, url text, detail jsonb`;

/** Rows for `jsonb_to_recordset`: each as it was written out by the reader, with what its place in the table gives. */
function rowsOf(entries: readonly { sighting: Sighting; place: { ordinal: number; id?: number } }[]): string {
  return `[${entries.map(({ sighting, place }) => `${JSON.stringify(place).slice(0, -1)},${sighting.row.slice(1)}`).join(",")}]`;
}

/**
 * Answers the ids in the order given. In the order of their identities, so that two reports at once do not wait for each
 * other in a ring. One that another branch's report has made meanwhile keeps its texts and the hash of these: the next
 * report that tells it differently writes it anew.
 */
export async function insertFindings(trx: DatabaseTransaction, scopeId: number, fresh: readonly Fresh[]): Promise<number[]> {
  if (fresh.length === 0) return [];
  const rows = rowsOf(fresh.map(({ sighting, ordinal }) => ({ sighting, place: { ordinal } })));
  const answer = await sql<{ id: number; identity: string; ordinal: number }>`
    insert into findings (scope_id, identity, ordinal, variant, content_hash, tool_key, rule_path, rule_name, message_hash, content, place_column, kind, severity, severity_rank, severity_word, rule, title, message,
                          target, path, line, package_name, installed_version, fixed_version, url, detail)
    select ${scopeId}, identity, ordinal, variant, content_hash, tool_key, rule_path, rule_name, message_hash, content, place_column, kind, severity, severity_rank, severity_word, rule, title, message,
           target, path, line, package_name, installed_version, fixed_version, url, detail
      from jsonb_to_recordset(${rows}::jsonb) as r(${findingColumns})
     order by identity, ordinal
    on conflict (scope_id, identity, ordinal) do update set content_hash = findings.content_hash
    returning id, identity, ordinal`.execute(trx);
  const ids = new Map(answer.rows.map((row) => [`${row.identity} ${row.ordinal}`, row.id]));
  return fresh.map(({ sighting, ordinal }) => ids.get(`${sighting.identity} ${ordinal}`) ?? Number.NaN);
}

export async function updateFindings(trx: DatabaseTransaction, changed: readonly (Fresh & { id: number })[]): Promise<void> {
  const rows = rowsOf(changed.map(({ id, ordinal, sighting }) => ({ sighting, place: { id, ordinal } })));
  await sql`
    ${unawaited} update findings f set identity = r.identity, ordinal = r.ordinal, variant = r.variant, content_hash = r.content_hash, tool_key = r.tool_key,
           rule_path = r.rule_path, rule_name = r.rule_name, message_hash = r.message_hash, content = r.content, place_column = r.place_column, kind = r.kind, severity = r.severity, severity_rank = r.severity_rank,
           severity_word = r.severity_word, rule = r.rule, title = r.title, message = r.message, target = r.target, path = r.path, line = r.line,
           package_name = r.package_name, installed_version = r.installed_version, fixed_version = r.fixed_version, url = r.url, detail = r.detail
      from jsonb_to_recordset(${rows}::jsonb) as r(id bigint, ${findingColumns})
     where f.id = r.id`.execute(trx);
}

/** Only what is new to the branch or changes there: an unchanged finding costs no write. */
export async function writeStates(trx: DatabaseTransaction, scope: MatchingScope, sighted: readonly Sighted[]): Promise<void> {
  const due = sighted.filter((one) => one.isStateDue);
  if (due.length === 0) return;
  await sql`
    ${unawaited} insert into finding_states (branch_scope_id, finding_id, state, dismissed_by, first_seen_at, first_seen_run_id, changed_at, changed_run_id)
    select ${scope.branchScopeId}, finding_id, state, dismissed_by, ${scope.orderedAt}, ${scope.runId}, ${scope.orderedAt}, ${scope.runId}
      from unnest(${due.map((one) => one.findingId)}::bigint[], ${due.map((one) => one.outcome.state)}::text[], ${due.map((one) => one.outcome.dismissedBy)}::text[])
        as r(finding_id, state, dismissed_by)
    on conflict (branch_scope_id, finding_id) do update
       set state = excluded.state, dismissed_by = excluded.dismissed_by, changed_at = excluded.changed_at, changed_run_id = excluded.changed_run_id`.execute(
    trx,
  );
}

export async function writeOccurrences(
  trx: DatabaseTransaction,
  scope: MatchingScope,
  sighted: readonly Sighted[],
  old: ReadonlyMap<number, FindingChange>,
): Promise<void> {
  // A finding that this scan brought first stays new in it when the scan is sent again.
  const changes = sighted.map(({ findingId, outcome }) => (outcome.change === "unchanged" ? (old.get(findingId) ?? "unchanged") : outcome.change));
  await sql`
    ${unawaited} insert into occurrences (scan_id, finding_id, scope_id, change, line, severity_rank)
    select ${scope.scanId}, finding_id, ${scope.scopeId}, change, line, severity_rank
      from unnest(${sighted.map((one) => one.findingId)}::bigint[], ${changes}::text[],
                  ${sighted.map((one) => one.sighting.line)}::int[], ${sighted.map((one) => one.sighting.severityRank)}::smallint[])
        as r(finding_id, change, line, severity_rank)
    on conflict (scan_id, finding_id) do update set change = excluded.change, line = excluded.line, severity_rank = excluded.severity_rank`.execute(trx);
}

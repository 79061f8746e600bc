import type { Changes, FindingChange, FindingState, SeverityCounts } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { type DatabaseTransaction, unawaited } from "../database/index.ts";
import { changeOf, effectiveState, type Known, pairByIdentity, stateAfterSighting } from "./matching.ts";
import type { Sighting } from "../reading/index.ts";
import { noCounts, severityOfRank } from "./records.ts";

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

/** A scope on the report's branch, as it was when its lock was taken. */
export type BranchScope = { id: number; newestOrderedAt: Date | null; groundId: number | null };

/** What goes on over the batches of one report. */
export type Progress = {
  taken: Set<number>;
  nextOrdinals: Map<string, number>;
  /** What the scan said before this report, by finding. */
  old: ReadonlyMap<number, FindingChange>;
  changes: Changes;
};

/** What a batch found open on the branch itself, and how many of that it saw; at most `mostCounted` are counted. */
export type OpenBefore = { count: number; seen: number };

type Sighted = { findingId: number; sighting: Sighting; change: FindingChange; state: FindingState | null; hasOwn: boolean };

/** Takes the lock under which reports of one scope and branch are matched one after another; no row where the branch has had none. */
export function branchScopeLock(repositoryId: number, scopeId: number, branch: string): RawBuilder<BranchScope> {
  return sql<BranchScope>`
    select b.id, b.newest_ordered_at as "newestOrderedAt",
           (select g.id from branch_scopes g join repositories r on r.id = ${repositoryId}
             where g.scope_id = b.scope_id and g.id <> b.id
               and b.branch <> coalesce(r.default_branch, '')
               and (g.branch = r.default_branch or (r.default_branch is null and g.branch in ('main', 'master') and b.branch not in ('main', 'master')))
             order by g.branch limit 1) as "groundId"
      from branch_scopes b where b.scope_id = ${scopeId} and b.branch = ${branch}
       for update of b`;
}

/** The same for the first report of a branch. */
export async function openBranchScope(trx: DatabaseTransaction, repositoryId: number, scopeId: number, branch: string): Promise<BranchScope> {
  await trx
    .insertInto("branch_scopes")
    .values({ scope_id: scopeId, branch })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = (await branchScopeLock(repositoryId, scopeId, branch).execute(trx)).rows[0];
  if (row === undefined) throw new Error("the branch's scope was neither inserted nor found");
  return row;
}

/** Removes what the scan held of this scope, to be written anew, and answers what each finding's change was. Those that it fixed stay. */
export async function takeOldOccurrences(trx: DatabaseTransaction, scope: MatchingScope): Promise<Map<number, FindingChange>> {
  const rows = await trx
    .deleteFrom("occurrences")
    .where("scan_id", "=", scope.scanId)
    .where("scope_id", "=", scope.scopeId)
    .where("change", "<>", "fixed")
    .returning(["finding_id", "change"])
    .execute();
  return new Map(rows.map((row) => [row.finding_id, row.change as FindingChange]));
}

/** Matches one batch, writes its findings, states and sightings, and adds to the changes. */
export async function applyBatch(trx: DatabaseTransaction, scope: MatchingScope, batch: readonly Sighting[], progress: Progress): Promise<OpenBefore> {
  const { known, openCount } = await loadKnown(trx, scope, batch);
  const partners = pairByIdentity(batch, known, progress.taken);
  const fresh: { sighting: Sighting; ordinal: number }[] = [];
  const changed: { id: number; sighting: Sighting }[] = [];
  const sighted: Sighted[] = [];
  const ordinals = nextOrdinalsOf(known, progress.nextOrdinals);

  for (const [index, sighting] of batch.entries()) {
    const partner = known[partners[index] ?? -1];
    if (partner === undefined) {
      const ordinal = ordinals.get(sighting.identity) ?? 0;
      ordinals.set(sighting.identity, ordinal + 1);
      fresh.push({ sighting, ordinal });
      continue;
    }
    if (partner.contentHash !== sighting.contentHash && !scope.isOld) changed.push({ id: partner.id, sighting });
    const state = effectiveState(partner);
    sighted.push({ findingId: partner.id, sighting, change: scope.isOld ? "unchanged" : changeOf(state), state, hasOwn: partner.own !== null });
  }

  const ids = await insertFindings(trx, scope.scopeId, fresh);
  for (const [index, { sighting }] of fresh.entries()) {
    const findingId = ids[index];
    if (findingId === undefined) throw new Error("a finding was neither inserted nor found");
    progress.taken.add(findingId);
    sighted.push({ findingId, sighting, change: scope.isOld ? "unchanged" : "new", state: null, hasOwn: false });
  }
  if (changed.length > 0) await updateFindings(trx, changed);
  if (!scope.isOld) await writeStates(trx, scope, sighted);
  await writeOccurrences(trx, scope, sighted, progress.old);
  for (const { change } of sighted) progress.changes[change]++;
  return { count: openCount, seen: sighted.filter((one) => one.hasOwn && one.state === "open").length };
}

/** Marks as fixed what is open on the branch and was not seen; answers how many. */
export async function fixWhatIsGone(trx: DatabaseTransaction, scope: MatchingScope): Promise<number> {
  const answer = await sql`
    with gone as (
      select s.finding_id, s.first_seen_at, s.first_seen_run_id from finding_states s
       where s.branch_scope_id = ${scope.branchScopeId} and s.state = 'open'
         and not exists (select 1 from occurrences o where o.scan_id = ${scope.scanId} and o.finding_id = s.finding_id and o.change <> 'fixed')
      union all
      select g.finding_id, g.first_seen_at, g.first_seen_run_id from finding_states g
       where g.branch_scope_id = ${scope.groundId} and g.state = 'open'
         and not exists (select 1 from finding_states s where s.branch_scope_id = ${scope.branchScopeId} and s.finding_id = g.finding_id)
         and not exists (select 1 from occurrences o where o.scan_id = ${scope.scanId} and o.finding_id = g.finding_id and o.change <> 'fixed')
    ), marked as (
      insert into finding_states (branch_scope_id, finding_id, state, first_seen_at, first_seen_run_id, changed_at, changed_run_id)
      select ${scope.branchScopeId}, finding_id, 'fixed', first_seen_at, first_seen_run_id, ${scope.orderedAt}, ${scope.runId} from gone
      on conflict (branch_scope_id, finding_id) do update
         set state = 'fixed', changed_at = excluded.changed_at, changed_run_id = excluded.changed_run_id
    )
    insert into occurrences (scan_id, finding_id, scope_id, change, severity_rank)
    select ${scope.scanId}, gone.finding_id, ${scope.scopeId}, 'fixed', f.severity_rank from gone join findings f on f.id = gone.finding_id
    on conflict (scan_id, finding_id) do nothing
    returning 1`.execute(trx);
  return answer.rows.length;
}

/** What the scan holds now, over all its scopes. */
export async function countOccurrences(trx: DatabaseTransaction, scanId: number): Promise<{ counts: SeverityCounts; changes: Changes }> {
  const answer = await sql<{ change: FindingChange; severity_rank: number; count: number }>`
    select change, severity_rank, count(*) as count from occurrences where scan_id = ${scanId} group by change, severity_rank`.execute(trx);
  const counts = noCounts();
  const changes: Changes = { new: 0, fixed: 0, reopened: 0, unchanged: 0 };
  for (const row of answer.rows) {
    changes[row.change] += row.count;
    if (row.change === "fixed") continue;
    counts[severityOfRank(row.severity_rank)] += row.count;
    counts.total += row.count;
  }
  return { counts, changes };
}

/** More need not be counted: no batch sees as many. */
const mostCounted = 2_001;

/** The findings of the batch's identities, and how many are open on the branch; that is not told when none is known. */
async function loadKnown(trx: DatabaseTransaction, scope: MatchingScope, batch: readonly Sighting[]): Promise<{ known: Known[]; openCount: number }> {
  const identities = [...new Set(batch.map((sighting) => sighting.identity))];
  const answer = await sql<Known & { openCount: number }>`
    select f.id, f.identity, f.ordinal, f.variant, f.content_hash as "contentHash", own.state as own, ground.state as ground,
           (select count(*) from (select from finding_states s where s.branch_scope_id = ${scope.branchScopeId} and s.state = 'open' limit ${mostCounted}) open) as "openCount"
      from findings f
      left join finding_states own on own.finding_id = f.id and own.branch_scope_id = ${scope.branchScopeId}
      left join finding_states ground on ground.finding_id = f.id and ground.branch_scope_id = ${scope.groundId}
     where f.scope_id = ${scope.scopeId} and f.identity = any(${identities}::uuid[])`.execute(trx);
  return { known: answer.rows, openCount: answer.rows[0]?.openCount ?? mostCounted };
}

/** The next free ordinal of each identity, going on where earlier batches stopped. */
function nextOrdinalsOf(known: readonly Known[], soFar: Map<string, number>): Map<string, number> {
  for (const finding of known) soFar.set(finding.identity, Math.max(soFar.get(finding.identity) ?? 0, finding.ordinal + 1));
  return soFar;
}

const findingColumns = sql`identity uuid, ordinal int, variant text, content_hash uuid, kind text, severity text, severity_rank smallint, severity_word text,
  rule text, title text, message text, target text, path text, line int, package_name text, installed_version text, fixed_version text, url text, detail jsonb`;

/** Rows for `jsonb_to_recordset`: each as it was written out by the reader, with what its place in the table gives. */
function rowsOf(entries: readonly { sighting: Sighting; place: { ordinal: number } | { id: number } }[]): string {
  return `[${entries.map(({ sighting, place }) => `${JSON.stringify(place).slice(0, -1)},${sighting.row.slice(1)}`).join(",")}]`;
}

/**
 * Answers the ids in the order given. In the order of their identities, so that two reports at once do not wait for each
 * other in a ring. One that another branch's report has made meanwhile keeps its texts and the hash of these: the next
 * report that tells it differently writes it anew.
 */
async function insertFindings(trx: DatabaseTransaction, scopeId: number, fresh: readonly { sighting: Sighting; ordinal: number }[]): Promise<number[]> {
  if (fresh.length === 0) return [];
  const rows = rowsOf(fresh.map(({ sighting, ordinal }) => ({ sighting, place: { ordinal } })));
  const answer = await sql<{ id: number; identity: string; ordinal: number }>`
    insert into findings (scope_id, identity, ordinal, variant, content_hash, kind, severity, severity_rank, severity_word, rule, title, message,
                          target, path, line, package_name, installed_version, fixed_version, url, detail)
    select ${scopeId}, identity, ordinal, variant, content_hash, kind, severity, severity_rank, severity_word, rule, title, message,
           target, path, line, package_name, installed_version, fixed_version, url, detail
      from jsonb_to_recordset(${rows}::jsonb) as r(${findingColumns})
     order by identity, ordinal
    on conflict (scope_id, identity, ordinal) do update set content_hash = findings.content_hash
    returning id, identity, ordinal`.execute(trx);
  const ids = new Map(answer.rows.map((row) => [`${row.identity} ${row.ordinal}`, row.id]));
  return fresh.map(({ sighting, ordinal }) => ids.get(`${sighting.identity} ${ordinal}`) ?? Number.NaN);
}

async function updateFindings(trx: DatabaseTransaction, changed: readonly { id: number; sighting: Sighting }[]): Promise<void> {
  const rows = rowsOf(changed.map(({ id, sighting }) => ({ sighting, place: { id } })));
  await sql`
    ${unawaited} update findings f set variant = r.variant, content_hash = r.content_hash, kind = r.kind, severity = r.severity, severity_rank = r.severity_rank,
           severity_word = r.severity_word, rule = r.rule, title = r.title, message = r.message, target = r.target, path = r.path, line = r.line,
           package_name = r.package_name, installed_version = r.installed_version, fixed_version = r.fixed_version, url = r.url, detail = r.detail
      from jsonb_to_recordset(${rows}::jsonb) as r(id bigint, ${findingColumns})
     where f.id = r.id`.execute(trx);
}

/** Only what is new to the branch or changes there: an unchanged finding costs no write. */
async function writeStates(trx: DatabaseTransaction, scope: MatchingScope, sighted: readonly Sighted[]): Promise<void> {
  const due = sighted.filter((one) => !one.hasOwn || one.change === "reopened");
  if (due.length === 0) return;
  await sql`
    ${unawaited} insert into finding_states (branch_scope_id, finding_id, state, first_seen_at, first_seen_run_id, changed_at, changed_run_id)
    select ${scope.branchScopeId}, finding_id, state, ${scope.orderedAt}, ${scope.runId}, ${scope.orderedAt}, ${scope.runId}
      from unnest(${due.map((one) => one.findingId)}::bigint[], ${due.map((one) => stateAfterSighting(one.state))}::text[]) as r(finding_id, state)
    on conflict (branch_scope_id, finding_id) do update
       set state = excluded.state, changed_at = excluded.changed_at, changed_run_id = excluded.changed_run_id`.execute(trx);
}

async function writeOccurrences(
  trx: DatabaseTransaction,
  scope: MatchingScope,
  sighted: readonly Sighted[],
  old: ReadonlyMap<number, FindingChange>,
): Promise<void> {
  // A finding that this scan brought first stays new in it when the scan is sent again.
  const changes = sighted.map((one) => (one.change === "unchanged" ? (old.get(one.findingId) ?? "unchanged") : one.change));
  await sql`
    ${unawaited} insert into occurrences (scan_id, finding_id, scope_id, change, line, severity_rank)
    select ${scope.scanId}, finding_id, ${scope.scopeId}, change, line, severity_rank
      from unnest(${sighted.map((one) => one.findingId)}::bigint[], ${changes}::text[],
                  ${sighted.map((one) => one.sighting.line)}::int[], ${sighted.map((one) => one.sighting.severityRank)}::smallint[])
        as r(finding_id, change, line, severity_rank)
    on conflict (scan_id, finding_id) do update set change = excluded.change, line = excluded.line, severity_rank = excluded.severity_rank`.execute(trx);
}

import type { Changes, FindingChange, SeverityCounts } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { type DatabaseTransaction, unawaited } from "../database/index.ts";
import { effectiveState, isThere, type Known, outcomeOf, pairMoved, pairUp } from "../matching/index.ts";
import { noSeverityCounts, type Sighting } from "../reading/index.ts";
import {
  type Fresh,
  insertFindings,
  loadKnown,
  loadMovable,
  type MatchingScope,
  type Sighted,
  updateFindings,
  writeOccurrences,
  writeStates,
} from "./finding-rows.ts";
import { severityOfRank } from "./records.ts";

/** A scope on the report's branch, as it was when its lock was taken. */
export type BranchScope = { id: number; newestOrderedAt: Date | null; groundId: number | null };

/** What goes on over the batches of one report. */
export type Progress = {
  taken: Set<number>;
  nextOrdinals: Map<string, number>;
  /** What the scan said before this report, by finding. */
  old: ReadonlyMap<number, FindingChange>;
  changes: Changes;
  /** Sightings at places that were not known; their file may have moved. */
  waiting: Sighting[];
  /** Paths that the report tells of, and those of which something was known to be there. */
  reportedPaths: Set<string>;
  knownPaths: Set<string>;
};

/** So many may wait for the end of the report to be paired with what moved; what comes beyond is new at once. */
const mostWaiting = 20_000;

/** What a batch found open on the branch itself, and how many of that it saw. */
export type OpenBefore = { count: number; seen: number };

export function startProgress(old: ReadonlyMap<number, FindingChange>): Progress {
  return {
    taken: new Set(),
    nextOrdinals: new Map(),
    old,
    changes: { new: 0, fixed: 0, reopened: 0, unchanged: 0 },
    waiting: [],
    reportedPaths: new Set(),
    knownPaths: new Set(),
  };
}

/** Takes the lock under which reports of one scope and branch are matched one after another; no row where the branch has had none. */
export function branchScopeLock(repositoryId: number, scopeId: number, branch: string, condition: RawBuilder<unknown> = sql`true`): RawBuilder<BranchScope> {
  return sql<BranchScope>`
    select b.id, b.newest_ordered_at as "newestOrderedAt",
           (select g.id from branch_scopes g join repositories r on r.id = ${repositoryId}
             where g.scope_id = b.scope_id and g.id <> b.id
               and b.branch <> coalesce(r.default_branch, '')
               and (g.branch = r.default_branch or (r.default_branch is null and g.branch in ('main', 'master') and b.branch not in ('main', 'master')))
             order by g.branch limit 1) as "groundId"
      from branch_scopes b where b.scope_id = ${scopeId} and b.branch = ${branch} and ${condition}
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

/** Findings of one scope that move from identity to identity are matched by one report after another, over all branches. */
export async function lockScope(trx: DatabaseTransaction, scopeId: number): Promise<void> {
  await sql`${unawaited} select from finding_scopes where id = ${scopeId} for no key update`.execute(trx);
}

/** Matches one batch, writes its findings, states and sightings, and adds to the changes. Places that are not known wait for `applyMoved`. */
export async function applyBatch(trx: DatabaseTransaction, scope: MatchingScope, batch: readonly Sighting[], progress: Progress): Promise<OpenBefore> {
  const { known, openCount } = await loadKnown(trx, scope, batch);
  const partners = pairUp(batch, known, progress.taken);
  const fresh: Sighting[] = [];
  const matched: Matched[] = [];
  for (const finding of known) {
    const next = Math.max(progress.nextOrdinals.get(finding.identity) ?? 0, finding.ordinal + 1);
    progress.nextOrdinals.set(finding.identity, next);
    if (finding.place !== null && isThere(finding)) progress.knownPaths.add(finding.place.path);
  }
  for (const [index, sighting] of batch.entries()) {
    const partner = known[partners[index] ?? -1];
    if (sighting.place !== null) progress.reportedPaths.add(sighting.place.path);
    if (partner !== undefined) matched.push({ partner, sighting });
    else if (sighting.place !== null && progress.waiting.length < mostWaiting) progress.waiting.push(sighting);
    else fresh.push(sighting);
  }
  await write(trx, scope, progress, { matched, fresh });
  return { count: openCount, seen: matched.filter(({ partner }) => partner.own === "open").length };
}

/** At the end of the report: pairs what waits with what moved, and writes the rest as new. */
export async function applyMoved(trx: DatabaseTransaction, scope: MatchingScope, progress: Progress): Promise<void> {
  const { waiting, taken, reportedPaths, knownPaths } = progress;
  if (waiting.length === 0) return;
  const gone = await loadMovable(trx, scope, waiting, taken);
  const partners = pairMoved({ fresh: waiting, gone, isReported: (path) => reportedPaths.has(path), wasKnown: (path) => knownPaths.has(path) });
  const matched: Matched[] = [];
  const fresh: Sighting[] = [];
  for (const [index, sighting] of waiting.entries()) {
    const partner = gone[partners[index] ?? -1];
    if (partner === undefined) fresh.push(sighting);
    else {
      taken.add(partner.id);
      matched.push({ partner, sighting });
    }
  }
  await write(trx, scope, progress, { matched, fresh });
}

type Matched = { partner: Known; sighting: Sighting };

/** Findings written by one statement. */
const rowsAStatement = 2_000;

async function write(trx: DatabaseTransaction, scope: MatchingScope, progress: Progress, report: { matched: Matched[]; fresh: Sighting[] }): Promise<void> {
  const most = Math.max(report.matched.length, report.fresh.length);
  for (let start = 0; start < most; start += rowsAStatement) {
    const end = start + rowsAStatement;
    await writeRows(trx, scope, progress, { matched: report.matched.slice(start, end), fresh: report.fresh.slice(start, end) });
  }
}

async function writeRows(trx: DatabaseTransaction, scope: MatchingScope, progress: Progress, report: { matched: Matched[]; fresh: Sighting[] }): Promise<void> {
  const changed: (Fresh & { id: number })[] = [];
  const sighted: Sighted[] = [];
  for (const { partner, sighting } of report.matched) {
    const ordinal = partner.identity === sighting.identity ? partner.ordinal : nextOrdinal(progress, sighting);
    if (partner.contentHash !== sighting.contentHash && !scope.isOld) changed.push({ id: partner.id, ordinal, sighting });
    const state = effectiveState(partner);
    const outcome = outcomeOf({ state, dismissedBy: partner.dismissedBy }, standingOf(sighting));
    const isStateDue = partner.own === null || outcome.state !== state || outcome.dismissedBy !== partner.dismissedBy;
    sighted.push({ findingId: partner.id, sighting, outcome: scope.isOld ? { ...outcome, change: "unchanged" } : outcome, isStateDue });
  }

  const fresh = report.fresh.map((sighting) => ({ sighting, ordinal: nextOrdinal(progress, sighting) }));
  const ids = await insertFindings(trx, scope.scopeId, fresh);
  for (const [index, { sighting }] of fresh.entries()) {
    const findingId = ids[index];
    if (findingId === undefined) throw new Error("a finding was neither inserted nor found");
    progress.taken.add(findingId);
    const outcome = outcomeOf({ state: null, dismissedBy: null }, standingOf(sighting));
    sighted.push({ findingId, sighting, outcome: scope.isOld ? { ...outcome, change: "unchanged" } : outcome, isStateDue: true });
  }
  if (changed.length > 0) await updateFindings(trx, changed);
  if (!scope.isOld) await writeStates(trx, scope, sighted);
  if (sighted.length > 0) await writeOccurrences(trx, scope, sighted, progress.old);
  for (const { outcome } of sighted) progress.changes[outcome.change]++;
}

function standingOf({ standing }: Sighting): "open" | "dismissed" {
  return standing === "dismissed" ? "dismissed" : "open";
}

function nextOrdinal({ nextOrdinals }: Progress, { identity }: Sighting): number {
  const ordinal = nextOrdinals.get(identity) ?? 0;
  nextOrdinals.set(identity, ordinal + 1);
  return ordinal;
}

/** Marks as fixed what is open on the branch and was not seen; answers how many. */
export async function fixWhatIsGone(trx: DatabaseTransaction, scope: MatchingScope): Promise<number> {
  // `not in` is looked up in a hash, whatever the statistics know of a scan that has just been written; the columns are never null.
  const seen = sql`(select o.finding_id from occurrences o where o.scan_id = ${scope.scanId} and o.change <> 'fixed')`;
  const answer = await sql`
    with gone as (
      select s.finding_id, s.first_seen_at, s.first_seen_run_id from finding_states s
       where s.branch_scope_id = ${scope.branchScopeId} and s.state = 'open'
         and s.finding_id not in ${seen}
      union all
      select g.finding_id, g.first_seen_at, g.first_seen_run_id from finding_states g
       where g.branch_scope_id = ${scope.groundId} and g.state = 'open'
         and g.finding_id not in (select s.finding_id from finding_states s where s.branch_scope_id = ${scope.branchScopeId})
         and g.finding_id not in ${seen}
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
  const counts = noSeverityCounts();
  const changes: Changes = { new: 0, fixed: 0, reopened: 0, unchanged: 0 };
  for (const row of answer.rows) {
    changes[row.change] += row.count;
    if (row.change === "fixed") continue;
    counts[severityOfRank(row.severity_rank)] += row.count;
    counts.total += row.count;
  }
  return { counts, changes };
}

import type { Changes, RunFacts, ScanStatus, ScanType, SenderStatus, SeverityCounts, TestCounts, Warning } from "@sentinal/contract";
import type { ToolGate } from "@sentinal/reports";
import { type RawBuilder, sql } from "kysely";
import type { Alongside, FoundRun } from "../ci-runs/index.ts";
import { type DatabaseTransaction, unawaited } from "../database/index.ts";
import { type Batch, countBatch, noSeverityCounts, noTestCounts } from "../reading/index.ts";
import {
  applyBatch,
  type BranchScope,
  branchScopeLock,
  countOccurrences,
  fixWhatIsGone,
  applyMoved,
  lockScope,
  type OpenBefore,
  openBranchScope,
  startProgress,
  takeOldOccurrences,
} from "./apply-findings.ts";
import { type MatchingScope, writeIfTheSame } from "./finding-rows.ts";
import { applyTests, countResults, markFlaky, type TestProgress } from "./apply-tests.ts";
import { scanStatusOf } from "./rules.ts";
import { loadOtherParts, type Part, wholeOf } from "./shards.ts";

/** What a report brought, in batches, and how far it may speak for its scope. */
export type Content = {
  scopeId: number;
  batches: AsyncIterable<Batch> | readonly Batch[];
  /** Complete and free of errors: what is missing from them is fixed. */
  isComplete: boolean;
};

export type Received = {
  importId: string;
  run: FoundRun;
  repositoryId: number;
  facts: RunFacts;
  scanType: ScanType;
  tool: string;
  toolVersion: string | null;
  target: string | null;
  format: string | null;
  status: ScanStatus;
  isPartial: boolean;
  sha256: Buffer;
  /** The sender's own counts; null where the findings are counted. */
  senderCounts: SeverityCounts | TestCounts | null;
  /** Null where there is nothing to match: a verdict or counts alone. */
  content: Content | null;
  /** The tool's own verdict; null where the report has none. */
  toolGate: ToolGate | null;
  receivedAt: Date;
  warnings: readonly Warning[];
  /** Its scan, where that was made together with its run. */
  opened: OpenedRow | null;
};

export type Applied = {
  scanId: number;
  /** The import that stands: this one, or the earlier one of the same bytes. */
  importId: string;
  isDuplicate: boolean;
  status: "completed" | "partial";
  counts: SeverityCounts | TestCounts;
  changes: Changes | null;
  warnings: Warning[];
  scopeId: number | null;
  orderedAt: Date;
};

type ScanRow = { id: number; is_new: boolean; counts_from: string; counts: SeverityCounts | TestCounts };

/**
 * Writes a received report into its scan and matches its findings, in the caller's transaction, which holds the run's row.
 * The same bytes for the same scan change nothing. Order is the run's start, else the arrival; a report older than
 * the newest applied on its branch is kept on its scan and changes no state.
 */
export async function applyReceived(trx: DatabaseTransaction, received: Received): Promise<Applied> {
  const opened = received.opened ?? (await openScan(trx, received));
  const scan = { id: opened.scan_id, is_new: opened.is_new_scan, counts_from: opened.counts_from, counts: opened.counts };
  const branch = opened.branch_scope_id === null ? null : { id: opened.branch_scope_id, newestOrderedAt: opened.newest_ordered_at, groundId: opened.ground_id };
  const orderedAt = orderOf(received);
  if (!scan.is_new) {
    const earlier = await findSameBytes(trx, scan.id, received);
    if (earlier !== null) return { ...earlier, scanId: scan.id, orderedAt };
  }

  const warnings = [...received.warnings];
  const matched = received.content === null ? null : await matchContent(trx, received, { content: received.content, scan, branch, orderedAt }, warnings);
  const counts = received.senderCounts ?? matched?.counts ?? (received.scanType === "test" ? noTestCounts() : noSeverityCounts());
  // In a scan that is new there is what this report brought, and nothing else to count.
  const isCounted = matched === null || (scan.is_new && received.scanType !== "test");
  const occurred = isCounted ? matched : received.scanType === "test" ? await countResults(trx, scan.id) : await countOccurrences(trx, scan.id);
  const { shard } = received.facts;
  const others = shard === undefined || scan.is_new ? [] : await loadOtherParts(trx, scan.id, shard);
  const whole = wholeOf([{ status: received.status, isPartial: received.isPartial, counts }, ...others]);
  if (matched?.isWritten !== true) await writeScan(trx, received, scan, { whole, occurred, newest: matched?.newest ?? null });
  return {
    scanId: scan.id,
    importId: received.importId,
    isDuplicate: false,
    status: received.isPartial ? "partial" : "completed",
    counts,
    changes: matched?.changes ?? null,
    warnings,
    scopeId: received.content?.scopeId ?? null,
    orderedAt,
  };
}

/** What is known of a report before its run is. */
type ScanKey = Pick<Received, "repositoryId" | "facts" | "scanType" | "tool" | "status" | "content">;

type OpenedRow = {
  scan_id: number;
  is_new_scan: boolean;
  counts_from: string;
  counts: SeverityCounts | TestCounts;
  branch_scope_id: number | null;
  newest_ordered_at: Date | null;
  ground_id: number | null;
};
const openedColumns = sql<OpenedRow>`scan.id as scan_id, scan.is_new_scan, scan.counts_from, scan.counts,
  branch.id as branch_scope_id, branch."newestOrderedAt" as newest_ordered_at, branch."groundId" as ground_id`;

/**
 * Makes the scan together with a run that is new, and takes the lock of its branch. The scan stands as it will when its
 * report tells nothing new (`matchContent`), which most do; else `writeScan` writes what it changes.
 */
export function scanOfNewRun(
  key: ScanKey & Pick<Received, "toolVersion" | "target" | "format" | "isPartial" | "toolGate">,
  counts: SeverityCounts | TestCounts,
): Alongside<OpenedRow> {
  return {
    tables: sql`, scan as (
      insert into scans (run_id, run_attempt, scan_type, tool, category, status, counts_from, counts, changes, partial, tool_version, target, tool_gate)
      select id, run_attempt, ${key.scanType}, ${key.tool}, ${key.facts.category ?? ""}, ${key.status},
             ${key.format === null ? "sender" : "report"}, ${JSON.stringify(counts)}::jsonb, ${key.content === null ? null : JSON.stringify(allUnchanged(counts))}::jsonb,
             ${key.isPartial}::boolean, ${key.toolVersion}::text, ${key.target}::text, ${key.toolGate === null ? null : JSON.stringify(key.toolGate)}::jsonb
        from inserted
      returning id, true as is_new_scan, counts_from, counts
    ), branch as (${branchLock(key, key.facts.branch, sql`exists (select from inserted)`)})`,
    columns: openedColumns,
    from: sql`left join scan on true left join branch on true`,
  };
}

/** Makes or finds the scan of a run, and takes the lock of its branch in the same statement. */
async function openScan(trx: DatabaseTransaction, received: Received): Promise<OpenedRow> {
  const { run, facts } = received;
  const answer = await sql<OpenedRow>`
    with scan as (
      insert into scans (run_id, run_attempt, scan_type, tool, category, status)
      values (${run.id}, ${run.attempt}, ${received.scanType}, ${received.tool}, ${facts.category ?? ""}, ${received.status})
      on conflict (run_id, run_attempt, scan_type, tool, category) do update set updated_at = now()
      returning id, xmax = 0 as is_new_scan, counts_from, counts
    ), branch as (${branchLock(received, run.branch, sql`true`)})
    select ${openedColumns} from scan left join branch on true`.execute(trx);
  const row = answer.rows[0];
  if (row === undefined) throw new Error("the scan was neither inserted nor found");
  return row;
}

/** No row where the branch has had no report yet, or there is nothing to match. */
function branchLock({ repositoryId, content }: ScanKey, branch: string, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return content === null
    ? sql`select null::bigint as id, null::timestamptz as "newestOrderedAt", null::bigint as "groundId" where false`
    : branchScopeLock(repositoryId, content.scopeId, branch, condition);
}

/** The run's start, else the arrival; a start in the future is a wrong clock and would make all that follows old. */
function orderOf(received: Received): Date {
  const started = received.facts.started_at === undefined ? received.run.startedAt : new Date(received.facts.started_at);
  return started === null || started > received.receivedAt ? received.receivedAt : started;
}

/** The same bytes for the same part of the scan, with the same word on how it ended: first `running` and then `completed` is news. */
async function findSameBytes(trx: DatabaseTransaction, scanId: number, received: Received): Promise<Omit<Applied, "scanId" | "orderedAt"> | null> {
  const rows = await trx
    .selectFrom("imports")
    .select(["id", "status", "counts", "changes", "scope_id"])
    .select([sql<SenderStatus | null>`facts->'results'->>'status'`.as("of_scan"), sql<SenderStatus | null>`facts->>'status'`.as("of_run")])
    .where("scan_id", "=", scanId)
    .where("sha256", "=", received.sha256)
    .where("status", "in", ["completed", "partial"])
    .where("shard_index", "is not distinct from", received.facts.shard?.index ?? null)
    .orderBy("received_at")
    .execute();
  const row = rows.find((one) => scanStatusOf(one.of_scan ?? undefined, one.of_run ?? undefined) === received.status);
  if (row === undefined) return null;
  const counts = row.counts as SeverityCounts | TestCounts;
  return {
    importId: row.id,
    isDuplicate: true,
    status: row.status === "partial" ? "partial" : "completed",
    counts,
    ...nothingChanged(counts, row.changes as Changes | null),
    scopeId: row.scope_id,
  };
}

function allUnchanged({ total }: SeverityCounts | TestCounts): Changes {
  return { new: 0, fixed: 0, reopened: 0, unchanged: total };
}

/** What is said of the same bytes for the same run and attempt that came again. */
export function nothingChanged(counts: SeverityCounts | TestCounts, changes: Changes | null): { changes: Changes | null; warnings: Warning[] } {
  return {
    changes: changes === null ? null : allUnchanged(counts),
    warnings: [{ code: "already_imported", message: "The same bytes were received for this run and attempt before; nothing was changed." }],
  };
}

/** The branch on which the report is the newest that was applied. */
type Newest = { branchScopeId: number; orderedAt: Date };

async function matchContent(
  trx: DatabaseTransaction,
  received: Received,
  place: { content: Content; scan: ScanRow; branch: BranchScope | null; orderedAt: Date },
  warnings: Warning[],
): Promise<{ counts: SeverityCounts | TestCounts; changes: Changes; newest: Newest | null; isWritten: boolean }> {
  const { content, scan, orderedAt } = place;
  const branch = place.branch ?? (await openBranchScope(trx, received.repositoryId, content.scopeId, received.run.branch));
  const isOld = branch.newestOrderedAt !== null && orderedAt < branch.newestOrderedAt;
  if (isOld) {
    warnings.push({
      code: "older_than_newest",
      message: `A newer report of ${received.run.branch} has been applied already; this one is kept on its run and changes no state.`,
    });
  }
  const scope: MatchingScope = {
    scopeId: content.scopeId,
    branchScopeId: branch.id,
    groundId: branch.groundId,
    scanId: scan.id,
    runId: received.run.id,
    orderedAt,
    isOld,
  };
  const shards = received.facts.shard;
  // Of a scan in parts each adds to what the others brought; else what came now replaces what came before.
  const old = scan.is_new || shards !== undefined ? new Map() : await takeOldOccurrences(trx, scope);

  const newest = isOld ? null : { branchScopeId: branch.id, orderedAt };
  const [only] = received.opened !== null && shards === undefined ? onlyBatch(content) : [];
  if (only !== undefined && mayBeTheSame(scope, only) && (await writeIfTheSame(trx, scope, only.findings))) {
    const counts = { severities: noSeverityCounts(), tests: noTestCounts() };
    countBatch(counts, only);
    return { counts: counts.severities, changes: allUnchanged(counts.severities), newest, isWritten: true };
  }

  const progress = startProgress(old);
  const testProgress: TestProgress = { ordinals: new Map(), changes: progress.changes };
  const counts = { severities: noSeverityCounts(), tests: noTestCounts() };
  const open: OpenBefore[] = [];
  let isLocked = false;
  for await (const batch of content.batches) {
    if (!isLocked && batch.findings.some((sighting) => sighting.place !== null)) {
      await lockScope(trx, scope.scopeId);
      isLocked = true;
    }
    // What the tool itself calls gone is in its counts, and is not seen.
    const there = batch.findings.filter((sighting) => sighting.standing !== "gone");
    if (there.length > 0) open.push(await applyBatch(trx, scope, there, progress));
    if (batch.tests.length > 0) await applyTests(trx, scope, batch.tests, testProgress, content.isComplete);
    countBatch(counts, batch);
  }
  await applyMoved(trx, scope, progress);
  const { changes } = progress;
  if (received.scanType === "test") await markFlaky(trx, scope);
  const isComplete =
    received.scanType !== "test" && content.isComplete && !isOld && (shards === undefined || (await isLastShard(trx, scan.id, content.scopeId, shards)));
  if (isComplete && !isAllSeen(scope, open)) changes.fixed = await fixWhatIsGone(trx, scope);
  return { counts: received.scanType === "test" ? counts.tests : counts.severities, changes, newest, isWritten: false };
}

/** The batch of a report that is one batch; none where there are several, or they are still being read. */
function onlyBatch({ batches }: Content): readonly Batch[] {
  return Symbol.asyncIterator in batches || batches.length !== 1 ? [] : batches;
}

/** Findings that tell themselves apart by their identities alone, on a branch that stands on its own ground. */
function mayBeTheSame(scope: MatchingScope, { findings, tests }: Batch): boolean {
  if (scope.isOld || scope.groundId !== null || tests.length > 0) return false;
  return (
    findings.every(({ place, standing }) => place === null && standing === "open") && new Set(findings.map(({ identity }) => identity)).size === findings.length
  );
}

/** True when the report, in one batch, saw all that is open; on a branch that stands on another's ground that is not known. */
function isAllSeen(scope: MatchingScope, open: readonly OpenBefore[]): boolean {
  const [only] = open;
  return scope.groundId === null && only !== undefined && open.length === 1 && only.seen === only.count;
}

/** True when every other part of the scan has come, whole. */
async function isLastShard(trx: DatabaseTransaction, scanId: number, scopeId: number, shard: { index: number; total: number }): Promise<boolean> {
  const rows = await trx
    .selectFrom("imports")
    .select("shard_index")
    .distinct()
    .where("scan_id", "=", scanId)
    .where("scope_id", "=", scopeId)
    .where("shard_total", "=", shard.total)
    .where("status", "=", "completed")
    .execute();
  return new Set([...rows.map((row) => row.shard_index), shard.index]).size === shard.total;
}

/** Writes the scan's end, and in the same statement that it is the newest of its branch. */
async function writeScan(
  trx: DatabaseTransaction,
  received: Received,
  scan: ScanRow,
  end: { whole: Part; occurred: { counts: SeverityCounts | TestCounts; changes: Changes } | null; newest: Newest | null },
): Promise<void> {
  const { whole, occurred, newest } = end;
  const isReport = received.format !== null;
  // Counts that a sender made do not take the place of those that a report gave.
  const keepsCounts = !isReport && scan.counts_from === "report";
  const scanCounts = keepsCounts ? scan.counts : isReport ? (occurred?.counts ?? whole.counts) : whole.counts;
  const writing =
    newest === null
      ? trx
      : trx.with("newest", (query) =>
          query.updateTable("branch_scopes").set({ newest_ordered_at: newest.orderedAt, newest_scan_id: scan.id }).where("id", "=", newest.branchScopeId),
        );
  await writing
    .updateTable("scans")
    .modifyEnd(unawaited)
    .set({
      status: whole.status,
      counts_from: keepsCounts || isReport ? "report" : "sender",
      counts: JSON.stringify(scanCounts),
      partial: whole.isPartial,
      ...(occurred !== null && { changes: JSON.stringify(occurred.changes) }),
      ...(received.toolVersion !== null && { tool_version: received.toolVersion }),
      ...(received.target !== null && { target: received.target }),
      ...(received.toolGate !== null && { tool_gate: JSON.stringify(received.toolGate) }),
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", scan.id)
    .execute();
}

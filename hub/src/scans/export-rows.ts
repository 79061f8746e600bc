import type { Dismissal, Finding, FindingSort } from "@sentinal/contract";
import type { Database } from "../database/index.ts";
import { findDismissals } from "./dismissals.ts";
import type { FindingFilter } from "./finding-filters.ts";
import { type FindingKey, openFindingKeys } from "./finding-list.ts";
import { findingOf, loadFindings } from "./finding-queries.ts";

/** Findings held at once. */
const batchSize = 500;

export type ExportedFinding = { finding: Finding; dismissal: Dismissal | null };

/** Findings in the order of the list, read batch by batch; it returns whether there were more than were to be read. */
export type ExportedFindings = AsyncGenerator<ExportedFinding, boolean, undefined>;

export type ExportedList = { filter: FindingFilter; sort: FindingSort };

/** Reads at most so many. */
export async function* readFindings(db: Database, list: ExportedList, visible: string | null, most: number): ExportedFindings {
  const keys = await openFindingKeys(db, list.filter, visible, list.sort);
  let after: FindingKey | null = null;
  for (let left = most; ; left -= batchSize) {
    const batch: FindingKey[] = await keys.next(after, Math.min(batchSize, left) + 1);
    const taken = batch.slice(0, Math.min(batchSize, left));
    const rows = await loadFindings(db, taken, list.filter.scanId);
    const dismissals = await findDismissals(db, rows);
    for (const [index, row] of rows.entries()) yield { finding: findingOf(row, keys.isStale(row.branch_scope_id)), dismissal: dismissals[index] ?? null };
    after = taken.at(-1) ?? null;
    if (batch.length === taken.length) return false;
    if (left <= batchSize) return true;
  }
}

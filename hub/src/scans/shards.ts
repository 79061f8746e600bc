import type { ScanStatus, SenderStatus, SeverityCounts, TestCounts } from "@sentinal/contract";
import { sql } from "kysely";
import type { DatabaseTransaction } from "../database/index.ts";
import { scanStatusOf } from "./rules.ts";

/** What one part of a scan brought that its sender split over several jobs. */
export type Part = { status: ScanStatus; isPartial: boolean; counts: SeverityCounts | TestCounts };

/** The other parts of a scan, each by what came of it last. */
export async function loadOtherParts(trx: DatabaseTransaction, scanId: number, shard: { index: number; total: number }): Promise<Part[]> {
  const answer = await sql<{ of_scan: SenderStatus | null; of_run: SenderStatus | null; is_partial: boolean; counts: SeverityCounts | TestCounts }>`
    select distinct on (shard_index) facts->'results'->>'status' as of_scan, facts->>'status' as of_run, status = 'partial' as is_partial, counts
      from imports
     where scan_id = ${scanId} and shard_total = ${shard.total} and shard_index <> ${shard.index} and status in ('completed', 'partial')
     order by shard_index, received_at desc`.execute(trx);
  return answer.rows.map((row) => ({ status: scanStatusOf(row.of_scan ?? undefined, row.of_run ?? undefined), isPartial: row.is_partial, counts: row.counts }));
}

/** The scan as all its parts together make it: failed when one failed, partial when one is, and counted in sum. */
export function wholeOf(parts: readonly [Part, ...Part[]]): Part {
  const [first, ...rest] = parts;
  return rest.reduce(
    (whole, part) => ({ status: graver(whole.status, part.status), isPartial: whole.isPartial || part.isPartial, counts: sumOf(whole.counts, part.counts) }),
    first,
  );
}

const gravity: Readonly<Record<ScanStatus, number>> = { completed: 0, queued: 1, running: 2, failed: 3 };

function graver(left: ScanStatus, right: ScanStatus): ScanStatus {
  return gravity[left] >= gravity[right] ? left : right;
}

function sumOf(left: SeverityCounts | TestCounts, right: SeverityCounts | TestCounts): SeverityCounts | TestCounts {
  const added: Record<string, number> = { ...right };
  return Object.fromEntries(Object.entries(left).map(([name, count]) => [name, count + (added[name] ?? 0)])) as typeof left;
}

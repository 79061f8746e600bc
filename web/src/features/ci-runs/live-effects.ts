import type { DashboardUpdate } from "@sentinal/contract";
import { runStatusKind, statusLooks } from "../../status.ts";

/** Keys of what must be fetched again after these updates; the board and the list of runs have a pace of their own. */
export function staleKeys(updates: readonly DashboardUpdate[]): (readonly (string | number)[])[] {
  const keys = new Map<string, readonly (string | number)[]>();
  const add = (...key: (string | number)[]) => keys.set(JSON.stringify(key), key);
  for (const { type, data } of updates) {
    if (type === "resync" || data === null) continue;
    add("run", data.id);
    if (type === "new_run") add("repositories");
    if (type !== "scan_completed") continue;
    add("findings", "all");
    add("tests", "all");
    if (data.scan_id === null) continue;
    add("findings", data.scan_id);
    add("tests", data.scan_id);
    add("scan", data.scan_id);
  }
  return [...keys.values()];
}

/**
 * What is read out of runs that have just ended; null for nothing. `told` remembers what was read out, so that
 * a second update of the same run is silent.
 */
export function endedWords(updates: readonly DashboardUpdate[], told: Set<string>, repository: string | undefined): string | null {
  const ended = new Map<number, NonNullable<DashboardUpdate["data"]>>();
  for (const { data } of updates) {
    if (data === null || (repository !== undefined && data.repository !== repository)) continue;
    if (data.status === "Success" || data.status === "Failed" || data.status === "Cancelled") ended.set(data.id, data);
  }
  const fresh = [...ended.values()].filter((data) => !told.has(`${data.id} ${data.status}`));
  for (const data of fresh) told.add(`${data.id} ${data.status}`);
  const [first] = fresh;
  if (first === undefined) return null;
  if (fresh.length > 1) {
    const failed = fresh.filter((data) => data.status === "Failed").length;
    return `${fresh.length} runs finished${failed === 0 ? "" : `, ${failed} failed`}.`;
  }
  return `Run ${first.id} of ${first.repository} on ${first.branch}: ${statusLooks[runStatusKind(first.status)].word}.`;
}

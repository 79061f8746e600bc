import type { Run } from "@sentinal/contract";
import { isUnderWay } from "../../status.ts";

export type RunPage = { items: Run[]; next_cursor: string | null };

/**
 * Takes the newest page of the list as it is now into the pages that are on the screen.
 * Rows that stand there are renewed in place. Rows that do not are put in by `mayInsert`, else they wait, so that
 * nothing moves under the reader. `hasGap`: between the newest page and the list there are runs in neither.
 */
export function mergeNewest(pages: readonly RunPage[], newest: RunPage, mayInsert: boolean): { pages: RunPage[]; waiting: Run[]; hasGap: boolean } {
  const renewed = replaceRuns(pages, newest.items);
  const known = new Set(pages.flatMap((page) => page.items.map((run) => run.id)));
  const arrivals = newest.items.filter((run) => !known.has(run.id));
  const overlaps = arrivals.length < newest.items.length;
  if (arrivals.length === 0) return { pages: renewed, waiting: [], hasGap: false };
  if (!overlaps && (known.size === 0 || mayInsert)) return { pages: [newest], waiting: [], hasGap: false };
  if (!mayInsert) return { pages: renewed, waiting: arrivals, hasGap: !overlaps && newest.next_cursor !== null };
  return { pages: insertRuns(renewed, arrivals), waiting: [], hasGap: false };
}

/** Puts runs where they belong, newest first; one that stands there already stays as it is. */
export function insertRuns(pages: readonly RunPage[], arrivals: readonly Run[]): RunPage[] {
  const known = new Set(pages.flatMap((page) => page.items.map((run) => run.id)));
  const remaining = arrivals.filter((run) => !known.has(run.id)).toSorted((a, b) => b.id - a.id);
  return pages.map((page) => {
    const lastId = page.next_cursor === null ? Number.NEGATIVE_INFINITY : (page.items.at(-1)?.id ?? Number.NEGATIVE_INFINITY);
    const firstBeyond = remaining.findIndex((run) => run.id <= lastId);
    const here = remaining.splice(0, firstBeyond === -1 ? remaining.length : firstBeyond);
    return here.length === 0 ? page : { ...page, items: [...page.items, ...here].toSorted((a, b) => b.id - a.id) };
  });
}

/** Renews rows in place. Pages and rows without a change stay the same objects, so that nothing is drawn again for them. */
export function replaceRuns(pages: readonly RunPage[], runs: readonly Run[]): RunPage[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return pages.map((page) => {
    let isChanged = false;
    const items = page.items.map((run) => {
      const next = byId.get(run.id);
      if (next === undefined || isSame(run, next)) return run;
      isChanged = true;
      return next;
    });
    return isChanged ? { ...page, items } : page;
  });
}

/** Runs of the list that changed and are not in the newest page: those that were named; "all": those under way, when nobody could name them. */
export function idsToFetch(pages: readonly RunPage[], newest: RunPage, changed: ReadonlySet<number> | "all", limit: number): number[] {
  const fetched = new Set(newest.items.map((run) => run.id));
  return pages
    .flatMap((page) => page.items)
    .filter((run) => !fetched.has(run.id) && (changed === "all" ? isUnderWay(run.status) : changed.has(run.id)))
    .slice(0, limit)
    .map((run) => run.id);
}

/** "3 new runs"; with a gap nobody knows how many more there are. */
export function waitingWords(count: number, hasGap: boolean): string {
  if (hasGap) return `${count}+ new runs`;
  return count === 1 ? "1 new run" : `${count} new runs`;
}

function isSame(one: Run, other: Run): boolean {
  return one.updated_at === other.updated_at && one.status === other.status && JSON.stringify(one.scans) === JSON.stringify(other.scans);
}

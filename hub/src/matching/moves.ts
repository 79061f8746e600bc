import { baseName } from "@sentinal/reports";
import type { Evidence } from "./evidence.ts";

/** What a report is made up of after its findings were paired where they were before. */
export type Leftovers<Before extends Evidence> = {
  /** Came, and have no partner. */
  fresh: readonly Evidence[];
  /** Are there on the branch, and did not come. */
  gone: readonly Before[];
  /** Whether the report tells of the path, and whether the branch had any finding there before. */
  isReported(path: string): boolean;
  wasKnown(path: string): boolean;
};

/** Of a file that is named otherwise now, so many places must be the same: one may be by chance. */
const leastContents = 2;

type File<Item> = { path: string; items: Item[] };

/**
 * Pairs the findings of files that have moved: a path that nothing is reported of any more with one that nothing was known
 * of, when the base name is the same and findings of the same rule and message stand in both, or when enough of the
 * source is the same. Answers, by index of `fresh`, the index of its partner in `gone`, or -1.
 */
export function pairMoved<Before extends Evidence>(leftovers: Leftovers<Before>): number[] {
  const { fresh, gone } = leftovers;
  const partners = fresh.map(() => -1);
  const arrived = filesOf(fresh).filter(({ path }) => !leftovers.wasKnown(path));
  const left = filesOf(gone).filter(({ path }) => !leftovers.isReported(path));
  const byName = groupBy(left, ({ path }) => baseName(path));
  const byContent = new Map<string, Set<File<number>>>();
  for (const file of left) for (const index of file.items) addTo(byContent, contentKey(gone[index]), file);

  const candidates: { score: number; arrived: File<number>; left: File<number> }[] = [];
  for (const file of arrived) {
    const near = new Set(byName.get(baseName(file.path)));
    for (const index of file.items) for (const other of byContent.get(contentKey(fresh[index]) ?? "") ?? []) near.add(other);
    for (const other of near) {
      const { contents, messages } = overlap(file, other);
      const isSameName = baseName(other.path) === baseName(file.path);
      const isMoved = isSameName ? contents + messages > 0 : contents >= Math.max(leastContents, other.items.length / 2);
      if (isMoved) candidates.push({ score: contents * 2 + messages, arrived: file, left: other });
    }
  }
  candidates.sort((one, other) => other.score - one.score || compare(one.arrived.path, other.arrived.path) || compare(one.left.path, other.left.path));
  const done = new Set<File<number>>();
  for (const { arrived: file, left: other } of candidates) {
    if (done.has(file) || done.has(other)) continue;
    done.add(file);
    done.add(other);
    const taken = new Set<number>();
    for (const keyOf of [contentKey, messageKey]) pairWithin(file, other, keyOf, taken);
  }
  return partners;

  function overlap(file: File<number>, other: File<number>): { contents: number; messages: number } {
    return { contents: common(file, other, contentKey), messages: common(file, other, messageKey) };
  }

  function common(file: File<number>, other: File<number>, keyOf: (evidence: Evidence | undefined) => string | null): number {
    const counts = new Map<string, number>();
    for (const index of other.items) {
      const key = keyOf(gone[index]);
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    let count = 0;
    for (const index of file.items) {
      const key = keyOf(fresh[index]);
      const available = key === null ? 0 : (counts.get(key) ?? 0);
      if (key === null || available === 0) continue;
      counts.set(key, available - 1);
      count++;
    }
    return count;
  }

  function pairWithin(file: File<number>, other: File<number>, keyOf: (evidence: Evidence | undefined) => string | null, taken: Set<number>): void {
    const waiting = new Map<string, number[]>();
    for (const index of other.items) {
      const key = keyOf(gone[index]);
      if (key === null || taken.has(index)) continue;
      const list = waiting.get(key);
      if (list === undefined) waiting.set(key, [index]);
      else list.push(index);
    }
    for (const index of file.items) {
      if (partners[index] !== -1) continue;
      const partner = waiting.get(keyOf(fresh[index]) ?? "")?.shift();
      if (partner === undefined) continue;
      partners[index] = partner;
      taken.add(partner);
    }
  }
}

/** Rule and base name are in `ruleName`; a file that is named otherwise has none in common, and its content speaks alone. */
function contentKey(evidence: Evidence | undefined): string | null {
  const place = evidence?.place;
  return place == null || place.content === null ? null : `${place.content} ${place.message}`;
}

function messageKey(evidence: Evidence | undefined): string | null {
  const place = evidence?.place;
  return place == null ? null : `${place.ruleName} ${place.message}`;
}

/** Indexes by path, each list in the order of lines. */
function filesOf(list: readonly Evidence[]): File<number>[] {
  const files = new Map<string, File<number>>();
  for (const [index, { place }] of list.entries()) {
    if (place === null) continue;
    const file = files.get(place.path);
    if (file === undefined) files.set(place.path, { path: place.path, items: [index] });
    else file.items.push(index);
  }
  for (const { items } of files.values()) items.sort((one, other) => (list[one]?.line ?? 0) - (list[other]?.line ?? 0) || one - other);
  return [...files.values()];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function addTo<Item>(groups: Map<string, Set<Item>>, key: string | null, item: Item): void {
  if (key === null) return;
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Set([item]));
  else group.add(item);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

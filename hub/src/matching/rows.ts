import type { Pair } from "./alignment.ts";

/** So many findings in a row, with equal distances between them: seldom there twice. */
const rowLength = 4;

/** One finding in the order of lines: its key, and its distance from the one before it. */
export type Step = { key: string; distance: string };

/** Pairs the rows that stand once in both lists, as far as they follow each other in the same order. */
export function pairRows(now: readonly Step[], before: readonly Step[]): Pair[] {
  /** Short names for long keys. */
  const names = new Map<string, number>();
  const rows = rowsOf(now, names);
  const earlier = rowsOf(before, names);
  const pairs = new Map<number, Pair>();
  const taken = new Set<number>();
  for (const [row, start] of rows) {
    const other = earlier.get(row);
    if (start === null || other == null) continue;
    for (let step = 0; step < rowLength; step++) {
      if (pairs.has(start + step) || taken.has(other + step)) continue;
      taken.add(other + step);
      pairs.set(start + step, { now: start + step, before: other + step });
    }
  }
  return longestChain([...pairs.values()]);
}

/** Where each row starts; null for one that stands there more than once. */
function rowsOf(steps: readonly Step[], names: Map<string, number>): Map<string, number | null> {
  const rows = new Map<string, number | null>();
  const words = steps.map(({ key, distance }) => {
    const name = names.get(key) ?? names.size;
    names.set(key, name);
    return { name, distance };
  });
  for (let start = 0; start + rowLength <= steps.length; start++) {
    let row = String(words[start]?.name);
    for (let index = start + 1; index < start + rowLength; index++) row += ` ${words[index]?.distance}:${words[index]?.name}`;
    rows.set(row, rows.has(row) ? null : start);
  }
  return rows;
}

/** Of pairs, each position being in one at most, the longest chain that rises in both lists: what was moved across it is left out. */
export function longestChain(pairs: readonly Pair[]): Pair[] {
  const sorted = pairs.toSorted((one, other) => one.now - other.now);
  /** By length of chain: the index of the pair that ends it lowest. */
  const ends: number[] = [];
  const previous = new Int32Array(sorted.length).fill(-1);
  for (const [index, { before }] of sorted.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[ends[middle] ?? -1]?.before ?? 0) < before) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  }
  const chain: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index !== -1; index = previous[index] ?? -1) {
    const pair = sorted[index];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.toReversed();
}

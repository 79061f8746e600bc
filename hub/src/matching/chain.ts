/** Positions in two lists. */
export type Pair = { now: number; before: number };

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

import type { Pair, Surroundings } from "./alignment.ts";
import { longestChain } from "./rows.ts";
import { type File, type Kinship, type Part, positionsOf, shiftOf, type Side } from "./sides.ts";

/**
 * Of a part with too many ways: lines moved by one of a few likely shifts down to some line, and by another from there on.
 * The two and the line are chosen at which most findings stand where they must.
 */
export function pairsByShift(file: File, { keys }: Kinship, part: Part, { above, below }: Surroundings): Pair[] {
  const keyOf = keys.at(-1) ?? (() => null);
  const placeOf = (side: Side, position: number, shift: number) => {
    const evidence = side.items[position];
    return evidence === undefined ? "" : `${keyOf(evidence)} ${(evidence.line ?? 0) + shift}`;
  };
  const places = new Map<string, number[]>();
  for (const [index, position] of part.now.entries()) {
    const place = placeOf(file.now, position, 0);
    const indexes = places.get(place);
    if (indexes === undefined) places.set(place, [index]);
    else indexes.push(index);
  }
  const ends = [
    shiftOf(file, positionsOf(part, { now: 0, before: 0 })),
    shiftOf(file, positionsOf(part, { now: part.now.length - 1, before: part.before.length - 1 })),
  ];
  const shifts = [...new Set([above ?? 0, below ?? 0, ...ends])];
  const found = shifts.map((shift) => pairsAt(part.before, (position) => places.get(placeOf(file.before, position, shift))));
  let best = { first: 0, second: 0, split: 0, count: -1 };
  for (const [first, head] of found.entries()) {
    for (const [second, tail] of found.entries()) {
      let count = tail.filter((index) => index !== -1).length;
      for (let split = 0; split <= part.before.length; split++) {
        if (count > best.count) best = { first, second, split, count };
        count += (head[split] === -1 ? 0 : 1) - (tail[split] === -1 ? 0 : 1);
      }
    }
  }
  const pairs = part.before.map((_position, before) => ({ now: found[before < best.split ? best.first : best.second]?.[before] ?? -1, before }));
  const taken = new Set<number>();
  return longestChain(pairs.filter(({ now }) => now !== -1 && !taken.has(now) && taken.add(now)));
}

/** By index of `before`, the index that stands at its place, or -1; of equals at one place the first takes the first. */
function pairsAt(before: readonly number[], indexesAt: (position: number) => readonly number[] | undefined): Int32Array {
  const used = new Map<readonly number[], number>();
  return Int32Array.from(before, (position) => {
    const indexes = indexesAt(position);
    if (indexes === undefined) return -1;
    const next = used.get(indexes) ?? 0;
    used.set(indexes, next + 1);
    return indexes[next] ?? -1;
  });
}

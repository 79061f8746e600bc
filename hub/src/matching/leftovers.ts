import type { Pair } from "./alignment.ts";
import { longestChain } from "./rows.ts";
import { type File, type KeyOf, type Kinship, pair, pairGroups, shiftOf } from "./sides.ts";

/** What lies between two neighbours of the chain; lines have moved by `above` at its start and by `below` at its end. */
type Gap = { above: number; below: number | null };

type Course = { gapOf(side: "now" | "before", position: number): Gap | undefined };

/** How lines have moved, from the file's start to its end, by the pairs that are in order. */
function courseOf(file: File): Course {
  const pairs: Pair[] = [];
  for (const [now, before] of file.now.partners.entries()) {
    if (before !== -1 && file.now.items[now]?.line != null && file.before.items[before]?.line != null) pairs.push({ now, before });
  }
  const chain = longestChain(pairs);
  const shifts = chain.map((one) => shiftOf(file, one));
  const gaps: Gap[] = [];
  for (let index = 0; index <= shifts.length; index++) gaps.push({ above: shifts[index - 1] ?? 0, below: shifts[index] ?? null });
  const ends = { now: chain.map(({ now }) => now), before: chain.map(({ before }) => before) };
  return { gapOf: (side, position) => gaps[indexOfEnd(ends[side], position)] };
}

/** How many of the rising numbers are smaller. */
function indexOfEnd(ends: readonly number[], position: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True where no line came or went: what stood there still does. */
function isClosed(gap: Gap | undefined): boolean {
  return gap !== undefined && gap.above === gap.below;
}

/** Pairs what is left and was moved across others, or has no line, where lines came or went. */
export function pairAcross(file: File, { keys, isOther }: Kinship): void {
  const { gapOf } = courseOf(file);
  const isOpen = (side: "now" | "before") => (position: number) =>
    file[side].partners[position] === -1 && (file[side].items[position]?.line == null || !isClosed(gapOf(side, position)));
  const part = { now: [...file.now.items.keys()].filter(isOpen("now")), before: [...file.before.items.keys()].filter(isOpen("before")) };
  for (const keyOf of keys) pairGroups(file, keyOf, part, (one, other) => !isOther(one, other));
}

/** Pairs what is left in lines that are known to be the same: those of equal keys in order, and one that is told in other words when it is alone of its rule. */
export function pairInPlace(file: File, { keys, rule, isOther }: Kinship): void {
  const { gapOf } = courseOf(file);
  const placesOf = (side: "now" | "before", keyOf: KeyOf) => {
    const places = new Map<string, number[]>();
    for (const [position, evidence] of file[side].items.entries()) {
      const gap = gapOf(side, position);
      const key = keyOf(evidence);
      if (file[side].partners[position] !== -1 || evidence.line === null || key === null || gap === undefined) continue;
      // Behind the last pair lines may have moved further: too weak for a rule alone.
      if (!isClosed(gap) && (gap.below !== null || keyOf === rule)) continue;
      const place = `${key} ${evidence.line + (side === "before" ? gap.above : 0)}`;
      const positions = places.get(place);
      if (positions === undefined) places.set(place, [position]);
      else positions.push(position);
    }
    return places;
  };
  for (const keyOf of [...keys, rule]) {
    const places = placesOf("before", keyOf);
    for (const [place, now] of placesOf("now", keyOf)) {
      const before = places.get(place) ?? [];
      if (keyOf === rule && (now.length > 1 || before.length > 1)) continue;
      for (const [index, position] of now.entries()) {
        const other = before[index];
        const [evidence, earlier] = [file.now.items[position], file.before.items[other ?? -1]];
        if (other === undefined || evidence === undefined || earlier === undefined || (keyOf === rule && isOther(evidence, earlier))) continue;
        pair(file, { now: position, before: other });
      }
    }
  }
}

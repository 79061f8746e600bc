import { align, type Candidate, type Pair, type Surroundings } from "./alignment.ts";
import type { Evidence } from "./evidence.ts";
import { pairAcross, pairInPlace } from "./leftovers.ts";
import { pairsByShift } from "./likely-shifts.ts";
import { pairRows, type Step } from "./rows.ts";
import { type File, freeOf, type Kinship, lineAt, pair, pairGroups, type Part, positionsOf, shiftOf, type Side, sideOf } from "./sides.ts";

/** Where a file has more of them than this, it is cut at rows of findings that stand there once. */
const mostCandidates = 400_000;
/** A file with more of them in a line, made by a machine, is cut too. */
const mostInLine = 200;

/** A pair takes the place of one finding that is fixed and one that is new. */
const pairGain = 2;
const sameCodeGain = 0.5;
/** Above half the gain: alone it is paired only where the findings around say that it is the place. */
const otherCodeCost = 1.2;
const otherMessageCost = 0.3;
const otherVariantCost = 0.1;
const otherColumnCost = 0.05;

/**
 * Pairs the findings of a file with those that it had before, as its lines have moved. First in the order of lines, by
 * what explains best all that is in the file (`align`); then what was moved across other findings. But a finding whose
 * line is known to be still there, and of which nothing is told there, is fixed: it is no other one elsewhere.
 * Answers by index of `now` the index of its partner in `before`, or -1.
 */
export function pairInFile(now: readonly Evidence[], before: readonly Evidence[], kinship: Kinship): number[] {
  const file: File = { now: sideOf(now), before: sideOf(before) };
  alignFile(file, kinship);
  pairAcross(file, kinship);
  pairInPlace(file, kinship);
  const found = now.map(() => -1);
  for (const [position, index] of file.now.indexes.entries()) found[index] = file.before.indexes[file.now.partners[position] ?? -1] ?? -1;
  return found;
}

/**
 * Nothing is known of a file's end; at its start nothing has moved yet. A file with too many ways is cut, first at rows of
 * findings that stand there once, then where a few likely shifts put findings.
 */
function alignFile(file: File, kinship: Kinship): void {
  const whole = { now: freeOf(file.now, 0, file.now.items.length), before: freeOf(file.before, 0, file.before.items.length) };
  const surroundings = { above: 0, below: null };
  if (alignPart(file, kinship, whole, surroundings)) return;
  const rows = pairRows(stepsOf(file.now, whole.now, kinship), stepsOf(file.before, whole.before, kinship));
  alignBetween(file, kinship, whole, surroundings, rows, (part, around) => {
    alignBetween(file, kinship, part, around, pairsByShift(file, kinship, part, around), (rest) => {
      for (const keyOf of kinship.keys) pairGroups(file, keyOf, rest, () => true);
    });
  });
}

/** Keeps pairs of a part's indexes, and aligns what lies between them. */
function alignBetween(
  file: File,
  kinship: Kinship,
  part: Part,
  around: Surroundings,
  pairs: readonly Pair[],
  orElse: (part: Part, around: Surroundings) => void,
): void {
  for (const one of pairs) pair(file, positionsOf(part, one));
  for (let index = 0; index <= pairs.length; index++) {
    const [from, to] = [pairs[index - 1], pairs[index]];
    const between = {
      now: part.now.slice((from?.now ?? -1) + 1, to?.now ?? part.now.length),
      before: part.before.slice((from?.before ?? -1) + 1, to?.before ?? part.before.length),
    };
    const surroundings = {
      above: from === undefined ? around.above : shiftOf(file, positionsOf(part, from)),
      below: to === undefined ? around.below : shiftOf(file, positionsOf(part, to)),
    };
    if (!alignPart(file, kinship, between, surroundings)) orElse(between, surroundings);
  }
}

/** Answers false, and pairs nothing, when there are too many ways. */
function alignPart(file: File, kinship: Kinship, part: Part, surroundings: Surroundings): boolean {
  if (isCrowded(file.now, part.now) || isCrowded(file.before, part.before)) return false;
  const candidates = candidatesOf(file, kinship, part);
  if (candidates === null) return false;
  for (const one of alignedPairs(file, part, candidates, surroundings)) pair(file, positionsOf(part, one));
  return true;
}

/** Indexes in the part. */
function alignedPairs(file: File, part: Part, candidates: readonly Candidate[], surroundings: Surroundings): Pair[] {
  const lines = part.now.map((position) => lineAt(file.now, position));
  const linesBefore = part.before.map((position) => lineAt(file.before, position));
  return align(lines, linesBefore, candidates, surroundings);
}

/** Which may be the same, by their indexes in the part; null when there are too many. */
function candidatesOf(file: File, kinship: Kinship, part: Part): Candidate[] | null {
  const { keys } = kinship;
  const indexes = keys.map((keyOf) => {
    const found = new Map<string, number[]>();
    for (const [index, position] of part.now.entries()) {
      const evidence = file.now.items[position];
      const key = evidence === undefined ? null : keyOf(evidence);
      if (key === null) continue;
      const list = found.get(key);
      if (list === undefined) found.set(key, [index]);
      else list.push(index);
    }
    return found;
  });
  const candidates: Candidate[] = [];
  for (const [index, position] of part.before.entries()) {
    const evidence = file.before.items[position];
    if (evidence === undefined) continue;
    const kin = new Set<number>();
    for (const [number, keyOf] of keys.entries()) for (const other of indexes[number]?.get(keyOf(evidence) ?? "") ?? []) kin.add(other);
    if (candidates.length + kin.size > mostCandidates) return null;
    for (const other of kin) {
      const incoming = file.now.items[part.now[other] ?? -1];
      if (incoming !== undefined) candidates.push({ now: other, before: index, gain: gainOf(incoming, evidence, kinship) });
    }
  }
  return candidates;
}

function isCrowded(side: Side, part: readonly number[]): boolean {
  return part.some((position, index) => {
    const earlier = part[index - mostInLine];
    return earlier !== undefined && lineAt(side, earlier) === lineAt(side, position);
  });
}

function gainOf(now: Evidence, before: Evidence, { isOther }: Kinship): number {
  let gain = pairGain;
  if (isOther(now, before)) gain -= otherCodeCost;
  else if (now.place?.content != null && before.place?.content != null) gain += sameCodeGain;
  if (now.place?.message !== before.place?.message) gain -= otherMessageCost;
  if (now.variant !== before.variant) gain -= otherVariantCost;
  const [column, earlier] = [now.place?.column ?? null, before.place?.column ?? null];
  if (column !== null && earlier !== null && column !== earlier) gain -= otherColumnCost;
  return gain;
}

/** The part's findings by the weakest key, which all have, and how far each is from the one before. */
function stepsOf(side: Side, part: readonly number[], { keys }: Kinship): Step[] {
  const keyOf = keys.at(-1) ?? (() => null);
  return part.map((position, index) => {
    const evidence = side.items[position];
    return { key: (evidence === undefined ? null : keyOf(evidence)) ?? "", distance: distanceBetween(side, part[index - 1] ?? position, position) };
  });
}

/** In lines, and within a line in columns: both stay while code moves as a block. */
function distanceBetween(side: Side, from: number, to: number): string {
  const lines = lineAt(side, to) - lineAt(side, from);
  return lines === 0 ? `c${(side.items[to]?.place?.column ?? 0) - (side.items[from]?.place?.column ?? 0)}` : String(lines);
}

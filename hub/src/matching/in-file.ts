import { alignByLine, type Shift } from "./alignment.ts";
import { longestChain, type Pair } from "./chain.ts";
import type { Evidence } from "./evidence.ts";

/** By which evidence two findings of a file may be paired, see `pairInFile`. */
export type Pass = {
  /** Findings of equal keys may be the same; those without one are left to other passes. */
  keyOf(evidence: Evidence): string | null;
  /** Only where the lines around say that it is the very place: for evidence that is too weak to look anywhere else. */
  isInPlaceOnly?: boolean;
};

/** A file's findings in the order of their places. */
type Side = { list: readonly Evidence[]; order: number[]; partners: Int32Array };

type File = { now: Side; before: Side };

/** So many findings in a row, with equal distances between them, are looked for: long rows are seldom there twice. */
const rowLengths = [3, 2, 1];

/**
 * Pairs the findings of a file with those that it had before, as its lines have moved: rows of findings that keep their
 * distances show where; between them each finding is looked for where its line must be now; what is left is paired in
 * order. But a finding whose line is known to be still there, and of which nothing is told there, is fixed: it is no
 * other one elsewhere. Answers by index of `now` the index of its partner in `before`, or -1; `partners` holds pairs
 * that are known already.
 */
export function pairInFile(
  now: readonly Evidence[],
  before: readonly Evidence[],
  passes: readonly Pass[],
  partners: readonly number[] = now.map(() => -1),
): number[] {
  const file: File = { now: sideOf(now), before: sideOf(before) };
  const places = new Map(file.before.order.map((index, position) => [index, position]));
  for (const [position, index] of file.now.order.entries()) pair(file, { now: position, before: places.get(partners[index] ?? -1) ?? -1 });
  for (const pass of passes) {
    const keys = keysOf(file, pass);
    for (const length of pass.isInPlaceOnly === true ? [3] : rowLengths) {
      pairRows(file, keys, length);
      pairInPlace(file, keys, pass.isInPlaceOnly === true);
    }
    if (pass.isInPlaceOnly !== true) pairLeftovers(file, keys);
  }
  const found = [...partners];
  for (const [position, index] of file.now.order.entries()) found[index] = file.before.order[file.now.partners[position] ?? -1] ?? found[index] ?? -1;
  return found;
}

function sideOf(list: readonly Evidence[]): Side {
  const order = [...list.keys()].toSorted((one, other) => compare(list[one], list[other]) || one - other);
  return { list, order, partners: new Int32Array(order.length).fill(-1) };
}

/** By line and column; equals in an order that does not depend on the report's. */
function compare(one: Evidence | undefined, other: Evidence | undefined): number {
  const columns = (one?.place?.column ?? 0) - (other?.place?.column ?? 0);
  return (one?.line ?? 0) - (other?.line ?? 0) || columns || compareTexts(one?.identity, other?.identity) || compareTexts(one?.variant, other?.variant);
}

function compareTexts(one = "", other = ""): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function pair({ now, before }: File, made: Pair): void {
  if (made.now === -1 || made.before === -1) return;
  now.partners[made.now] = made.before;
  before.partners[made.before] = made.now;
}

function at({ list, order }: Side, position: number): Evidence | undefined {
  return list[order[position] ?? -1];
}

function lineAt(side: Side, position: number): number {
  return at(side, position)?.line ?? 0;
}

/** Small numbers for keys, by position; -1 for those that the pass does not speak of. */
type Keys = { now: Int32Array; before: Int32Array };

function keysOf({ now, before }: File, { keyOf }: Pass): Keys {
  const numbers = new Map<string, number>();
  const numbersOf = ({ list, order }: Side) =>
    Int32Array.from(order, (index) => {
      const evidence = list[index];
      const key = evidence === undefined ? null : keyOf(evidence);
      if (key === null) return -1;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
  return { now: numbersOf(now), before: numbersOf(before) };
}

/** Pairs rows that stand once in the file, now as before, and follow each other in the same order. */
function pairRows(file: File, keys: Keys, length: number): void {
  const rows = rowsOf(file.now, keys.now, length);
  const earlier = rowsOf(file.before, keys.before, length);
  const made = pairsOf(file);
  const known = made.length;
  const taken = new Set<number>();
  const [takenNow, takenBefore] = [new Set<number>(), taken];
  for (const [row, positions] of rows) {
    const others = earlier.get(row);
    if (positions === null || others == null) continue;
    for (const [step, position] of positions.entries()) {
      const other = others[step];
      if (other === undefined || takenNow.has(position) || takenBefore.has(other)) continue;
      takenNow.add(position);
      takenBefore.add(other);
      made.push({ now: position, before: other });
    }
  }
  if (made.length > known) for (const one of longestChain(made)) pair(file, one);
}

/** The positions of each row of findings without a partner; null for one that stands there more than once. */
function rowsOf(side: Side, keys: Int32Array, length: number): Map<string, number[] | null> {
  const free = [...keys.keys()].filter((position) => keys[position] !== -1 && side.partners[position] === -1 && at(side, position)?.line != null);
  const rows = new Map<string, number[] | null>();
  for (let start = 0; start + length <= free.length; start++) {
    const positions = free.slice(start, start + length);
    const row = positions.map((position, step) => `${step === 0 ? "" : distance(side, positions[step - 1] ?? 0, position)}:${keys[position]}`).join(" ");
    rows.set(row, rows.has(row) ? null : positions);
  }
  return rows;
}

/** In lines, and within a line in columns: both stay while code moves as a block. */
function distance(side: Side, from: number, to: number): string {
  const lines = lineAt(side, to) - lineAt(side, from);
  return lines === 0 ? `c${(at(side, to)?.place?.column ?? 0) - (at(side, from)?.place?.column ?? 0)}` : String(lines);
}

function pairsOf({ now }: File): Pair[] {
  const pairs: Pair[] = [];
  for (const [position, partner] of now.partners.entries()) if (partner !== -1) pairs.push({ now: position, before: partner });
  return pairs;
}

/** What lies between two neighbours of the chain; lines have moved by `above` at its start and by `below` at its end. */
type Gap = { above: number; below: number; isEnd: boolean };

type Course = { gaps: Gap[]; gapOfNow: Int32Array; gapOfBefore: Int32Array; shifts: Shift[] };

/** How lines have moved from the file's start, where nothing has moved yet, to its end. */
function courseOf(file: File): Course {
  const chain = longestChain(pairsOf(file)).filter(({ now, before }) => at(file.now, now)?.line != null && at(file.before, before)?.line != null);
  const shifts = chain.map(({ now, before }) => ({ from: lineAt(file.before, before), by: lineAt(file.now, now) - lineAt(file.before, before) }));
  const gaps: Gap[] = [];
  for (let index = 0; index <= shifts.length; index++) {
    const above = shifts[index - 1]?.by ?? 0;
    gaps.push({ above, below: shifts[index]?.by ?? above, isEnd: index === shifts.length });
  }
  const gapsOf = (side: Side, positionOf: (one: Pair) => number) => {
    const found = new Int32Array(side.order.length);
    for (let position = 0, gap = 0; position < found.length; position++) {
      const next = chain[gap];
      found[position] = gap;
      if (next !== undefined && positionOf(next) === position) gap++;
    }
    return found;
  };
  return { gaps, shifts, gapOfNow: gapsOf(file.now, ({ now }) => now), gapOfBefore: gapsOf(file.before, ({ before }) => before) };
}

/** True where no line came or went: what stood there still does. */
function isClosed(gap: Gap | undefined): boolean {
  return gap !== undefined && !gap.isEnd && gap.above === gap.below;
}

/** Pairs each finding with the one of its key that stands where its line must be now. */
function pairInPlace(file: File, keys: Keys, isSureOnly: boolean): void {
  const course = courseOf(file);
  for (const isExact of isSureOnly ? [false] : [true, false]) {
    const waiting = waitingByLine(file.now, keys.now, isExact);
    let start = 0;
    const free = [...keys.before.keys()].filter((position) => keys.before[position] !== -1 && file.before.partners[position] === -1);
    while (start < free.length) {
      const number = course.gapOfBefore[free[start] ?? 0] ?? 0;
      let end = start;
      while (end < free.length && course.gapOfBefore[free[end] ?? 0] === number) end++;
      const gap = course.gaps[number];
      if (gap !== undefined && (!isSureOnly || isClosed(gap)))
        pairInGap(file, keys, free.slice(start, end), withEnd(file, keys, gap), waiting, isExact, isSureOnly);
      start = end;
    }
  }
}

/** Behind the last pair nothing says how lines have moved, but that the last findings may be the same. */
function withEnd({ now, before }: File, keys: Keys, gap: Gap): Gap {
  const [last, lastBefore] = [keys.now.length - 1, keys.before.length - 1];
  const isSame = gap.isEnd && keys.now[last] === keys.before[lastBefore] && at(now, last)?.line != null && at(before, lastBefore)?.line != null;
  return isSame ? { ...gap, below: lineAt(now, last) - lineAt(before, lastBefore) } : gap;
}

type Queue = { positions: number[]; next: number };

function waitingByLine(side: Side, keys: Int32Array, isExact: boolean): Map<string, Queue> {
  const waiting = new Map<string, Queue>();
  for (const [position, key] of keys.entries()) {
    const evidence = at(side, position);
    if (key === -1 || evidence?.line == null || side.partners[position] !== -1) continue;
    const name = placeName(key, evidence.line, isExact ? evidence.variant : "");
    const queue = waiting.get(name);
    if (queue === undefined) waiting.set(name, { positions: [position], next: 0 });
    else queue.positions.push(position);
  }
  return waiting;
}

function placeName(key: number, line: number, variant: string): string {
  return `${key} ${line} ${variant}`;
}

/** In a gap lines moved by one shift down to some line and by the other from there on; that line is chosen at which most findings fit. */
function pairInGap(
  file: File,
  keys: Keys,
  free: readonly number[],
  gap: Gap,
  waiting: ReadonlyMap<string, Queue>,
  isExact: boolean,
  isSureOnly: boolean,
): void {
  const queueAt = (position: number, shift: number) => {
    const evidence = at(file.before, position);
    if (evidence?.line == null) return undefined;
    return waiting.get(placeName(keys.before[position] ?? -1, evidence.line + shift, isExact ? evidence.variant : ""));
  };
  const fits = (position: number, shift: number) => (hasMore(queueAt(position, shift)) ? 1 : 0);
  let split = free.length;
  if (gap.above !== gap.below) {
    let score = free.reduce((sum, position) => sum + fits(position, gap.below), 0);
    let best = score;
    split = 0;
    for (const [index, position] of free.entries()) {
      score += fits(position, gap.above) - fits(position, gap.below);
      if (score > best) [best, split] = [score, index + 1];
    }
  }
  for (const [index, position] of free.entries()) {
    const queue = queueAt(position, index < split ? gap.above : gap.below);
    const found = queue?.positions[queue.next];
    if (queue === undefined || found === undefined) continue;
    if (isSureOnly && !isSure(file, keys, { now: found, before: position }, queue)) continue;
    queue.next++;
    pair(file, { now: found, before: position });
  }
}

function hasMore(queue: Queue | undefined): boolean {
  return queue !== undefined && queue.next < queue.positions.length;
}

/** One alone of its rule in the line, now as before, and no other code. */
function isSure({ now, before }: File, keys: Keys, one: Pair, queue: Queue): boolean {
  const isAlone = (step: number) => {
    const other = one.before + step;
    return keys.before[other] !== keys.before[one.before] || lineAt(before, other) !== lineAt(before, one.before) || before.partners[other] !== -1;
  };
  return queue.positions.length === 1 && isAlone(-1) && isAlone(1) && !isOtherCode(at(now, one.now), at(before, one.before));
}

function isOtherCode(one: Evidence | undefined, other: Evidence | undefined): boolean {
  const [content, before] = [one?.place?.content ?? null, other?.place?.content ?? null];
  return content !== null && before !== null && content !== before;
}

/** Pairs what is left in order: first within a gap, then over those in which lines came or went. */
function pairLeftovers(file: File, keys: Keys): void {
  const course = courseOf(file);
  const left = (side: Side, numbers: Int32Array) => [...numbers.keys()].filter((position) => numbers[position] !== -1 && side.partners[position] === -1);
  const withinGap = groupsOf(left(file.now, keys.now), left(file.before, keys.before), (isNow, position) =>
    isNow ? `${course.gapOfNow[position]} ${keys.now[position]}` : `${course.gapOfBefore[position]} ${keys.before[position]}`,
  );
  for (const group of withinGap) pairInOrder(file, group, course.shifts);
  const isOpen = (isNow: boolean, position: number) => !isClosed(course.gaps[(isNow ? course.gapOfNow : course.gapOfBefore)[position] ?? 0]);
  const elsewhere = groupsOf(
    left(file.now, keys.now).filter((position) => isOpen(true, position)),
    left(file.before, keys.before).filter((position) => isOpen(false, position)),
    (isNow, position) => String((isNow ? keys.now : keys.before)[position]),
  );
  for (const group of elsewhere) pairInOrder(file, group, course.shifts, true);
}

type Group = { now: number[]; before: number[] };

function groupsOf(now: readonly number[], before: readonly number[], nameOf: (isNow: boolean, position: number) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const position of now) {
    const group = groups.get(nameOf(true, position));
    if (group === undefined) groups.set(nameOf(true, position), { now: [position], before: [] });
    else group.now.push(position);
  }
  for (const position of before) groups.get(nameOf(false, position))?.before.push(position);
  return [...groups.values()].filter((group) => group.before.length > 0);
}

function pairInOrder(file: File, group: Group, shifts: readonly Shift[], isElsewhere = false): void {
  const pairs = alignByLine(
    group.now.map((position) => at(file.now, position)?.line ?? null),
    group.before.map((position) => at(file.before, position)?.line ?? null),
    shifts,
  );
  for (const [one, other] of pairs) {
    const made = { now: group.now[one] ?? -1, before: group.before[other] ?? -1 };
    // What stands elsewhere and in other code is another one.
    if (isElsewhere && isOtherCode(at(file.now, made.now), at(file.before, made.before))) continue;
    pair(file, made);
  }
}

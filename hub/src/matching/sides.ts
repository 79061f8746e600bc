import type { Pair } from "./alignment.ts";
import type { Evidence } from "./evidence.ts";

export type KeyOf = (evidence: Evidence) => string | null;

/** By what findings of a file may be the same. */
export type Kinship = {
  /** Those of which one of these is equal, the strongest first. The last one is told of all. */
  keys: readonly KeyOf[];
  /** The rule: too weak to look for a finding with, and enough where the findings around leave no doubt about the place. */
  rule: KeyOf;
  /** True where it is known that the two are not at the same code, although they are told alike. */
  isOther(now: Evidence, before: Evidence): boolean;
};

/** A file's findings in the order of their places, and the partner of each by position. */
export type Side = { items: Evidence[]; indexes: number[]; partners: Int32Array };

export type File = { now: Side; before: Side };

export type Part = { now: readonly number[]; before: readonly number[] };

export function sideOf(list: readonly Evidence[]): Side {
  const sorted = [...list.entries()].toSorted(([index, one], [otherIndex, other]) => compare(one, other) || index - otherIndex);
  return { items: sorted.map(([, evidence]) => evidence), indexes: sorted.map(([index]) => index), partners: new Int32Array(list.length).fill(-1) };
}

/** By line and column, those without a line last; equals in an order that depends neither on the report's nor on the path. */
function compare(one: Evidence, other: Evidence): number {
  const lines = (one.line ?? Number.MAX_SAFE_INTEGER) - (other.line ?? Number.MAX_SAFE_INTEGER);
  const columns = (one.place?.column ?? 0) - (other.place?.column ?? 0);
  return lines || columns || compareTexts(nameOf(one), nameOf(other));
}

function nameOf({ place, variant }: Evidence): string {
  return `${place?.ruleName} ${place?.message} ${variant}`;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function pair({ now, before }: File, made: Pair): void {
  now.partners[made.now] = made.before;
  before.partners[made.before] = made.now;
}

export function lineAt(side: Side, position: number): number {
  return side.items[position]?.line ?? 0;
}

/** The positions from one on that have a line and no partner. */
export function freeOf(side: Side, from: number, to: number): number[] {
  const free: number[] = [];
  for (let position = from; position < to; position++) if (side.partners[position] === -1 && side.items[position]?.line != null) free.push(position);
  return free;
}

export function shiftOf(file: File, { now, before }: Pair): number {
  return lineAt(file.now, now) - lineAt(file.before, before);
}

/** Indexes in a part become positions in the file. */
export function positionsOf(part: Part, { now, before }: Pair): Pair {
  return { now: part.now[now] ?? -1, before: part.before[before] ?? -1 };
}

/** True where the source at both places is known and not the same. */
export function isOtherCode(now: Evidence, before: Evidence): boolean {
  return isOther(now.place?.content, before.place?.content);
}

/** True where the tool gave both a key and not the same. */
export function isOtherKey(now: Evidence, before: Evidence): boolean {
  return isOther(now.place?.toolKey, before.place?.toolKey);
}

function isOther(now: string | null | undefined, before: string | null | undefined): boolean {
  return now != null && before != null && now !== before;
}

/** Pairs those without a partner that have equal keys, in order. */
export function pairGroups({ now, before }: File, keyOf: KeyOf, part: Part, isWanted: (one: Evidence, other: Evidence) => boolean): void {
  const groups = new Map<string, { positions: number[]; next: number }>();
  for (const position of part.before) {
    const evidence = before.items[position];
    const key = evidence === undefined || before.partners[position] !== -1 ? null : keyOf(evidence);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { positions: [position], next: 0 });
    else group.positions.push(position);
  }
  for (const position of part.now) {
    const evidence = now.items[position];
    const group = evidence === undefined || now.partners[position] !== -1 ? undefined : groups.get(keyOf(evidence) ?? "");
    const other = group?.positions[group.next];
    const earlier = other === undefined ? undefined : before.items[other];
    if (evidence === undefined || group === undefined || other === undefined || earlier === undefined || !isWanted(evidence, earlier)) continue;
    group.next++;
    pair({ now, before }, { now: position, before: other });
  }
}

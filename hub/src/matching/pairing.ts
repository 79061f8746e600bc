import { alignByLine, type Shift } from "./alignment.ts";
import type { Evidence } from "./evidence.ts";
import { isThere, type Known } from "./states.ts";

/** Which of the known is which of what came: by index of the incoming, the index of its partner, or -1 while it has none. */
export type Partners = number[];

type Open = { incoming: readonly Evidence[]; known: readonly Known[]; partners: Partners; taken: Set<number> };

/**
 * Pairs what came with what is known, one to one, from the strongest evidence to the weakest: the tool's own key; rule,
 * path and content of the place; the identity (rule, path and masked message, or what else the reader made it of). Equals
 * are told apart by variant, then by order, in which lines may have moved. What is there comes before what is fixed.
 * `taken` holds the ids that earlier parts of the same report have paired already; pairs made here are added to it.
 * What is left may have moved with its file, see `moves.ts`.
 */
export function pairUp(incoming: readonly Evidence[], known: readonly Known[], taken: Set<number> = new Set()): Partners {
  const open: Open = { incoming, known, partners: incoming.map(() => -1), taken };
  const keys: ((evidence: Evidence) => string | null)[] = [
    ({ place }) => place?.toolKey ?? null,
    ({ place, identity }) => (place === null || place.content === null ? null : `${place.rulePath} ${place.content} ${identity}`),
    ({ place }) => (place === null || place.content === null ? null : `${place.rulePath} ${place.content}`),
    ({ place, identity, variant }) => (place === null ? `${identity} ${variant}` : null),
    ({ identity }) => identity,
  ];
  for (const keyOf of keys) {
    const groups = groupsOf(open, keyOf);
    // Groups of equal size say how far lines have moved; the others are told apart by it.
    for (const group of groups) if (group.incoming.length === group.known.length) pairGroup(open, group, []);
    const shifts = shiftsOf(open);
    for (const group of groups) if (group.incoming.length !== group.known.length) pairGroup(open, group, shifts.get(pathOf(open, group)) ?? []);
  }
  return open.partners;
}

type Group = { incoming: number[]; known: number[] };

/** Those with the same key that have no partner yet: what is there first, and what is fixed only where nothing else is. */
function groupsOf(open: Open, keyOf: (evidence: Evidence) => string | null): Group[] {
  const groups = new Map<string, Group>();
  for (const [index, evidence] of open.incoming.entries()) {
    if (open.partners[index] !== -1) continue;
    const key = keyOf(evidence);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { incoming: [index], known: [] });
    else group.incoming.push(index);
  }
  for (const [index, finding] of open.known.entries()) {
    if (open.taken.has(finding.id)) continue;
    const key = keyOf(finding);
    if (key !== null) groups.get(key)?.known.push(index);
  }
  return [...groups.values()].filter((group) => group.known.length > 0);
}

function pairGroup(open: Open, group: Group, shifts: readonly Shift[]): void {
  const { known, incoming } = open;
  const there = group.known.filter((index) => isThereAt(known, index)).toSorted((one, other) => byOrder(known, one, other));
  const gone = group.known.filter((index) => !isThereAt(known, index)).toSorted((one, other) => byOrder(known, one, other));
  const sighted = group.incoming.toSorted((one, other) => (incoming[one]?.line ?? 0) - (incoming[other]?.line ?? 0) || one - other);
  const left = pairInOrder(open, sighted, there, shifts);
  pairInOrder(open, left, gone, shifts);
}

/** Pairs two lists in order, leaving out of the longer one what fits worst; answers what is left of the incoming. */
function pairInOrder(open: Open, incoming: readonly number[], known: readonly number[], shifts: readonly Shift[]): number[] {
  if (incoming.length === 0 || known.length === 0) return [...incoming];
  const pairs = alignByLine(
    incoming.map((index) => open.incoming[index]?.line ?? null),
    known.map((index) => open.known[index]?.line ?? null),
    shifts,
  );
  const left = new Set(incoming);
  for (const [one, other] of pairs) {
    const index = incoming[one];
    const partner = known[other];
    const finding = partner === undefined ? undefined : open.known[partner];
    if (index === undefined || partner === undefined || finding === undefined) continue;
    open.partners[index] = partner;
    open.taken.add(finding.id);
    left.delete(index);
  }
  return [...left];
}

/** How far lines have moved, by path, as the pairs made so far show. */
function shiftsOf({ incoming, known, partners }: Open): Map<string, Shift[]> {
  const shifts = new Map<string, Shift[]>();
  for (const [index, partner] of partners.entries()) {
    const now = incoming[index];
    const before = known[partner];
    if (now?.place == null || before === undefined || now.line === null || before.line === null) continue;
    const shift = { from: before.line, by: now.line - before.line };
    const list = shifts.get(now.place.path);
    if (list === undefined) shifts.set(now.place.path, [shift]);
    else list.push(shift);
  }
  for (const list of shifts.values()) list.sort((one, other) => one.from - other.from);
  return shifts;
}

function pathOf(open: Open, group: Group): string {
  return open.incoming[group.incoming[0] ?? -1]?.place?.path ?? "";
}

function isThereAt(known: readonly Known[], index: number): boolean {
  const finding = known[index];
  return finding !== undefined && isThere(finding);
}

/** By line where there are lines, else in the order in which they were first seen. */
function byOrder(known: readonly Known[], one: number, other: number): number {
  const [first, second] = [known[one], known[other]];
  if (first === undefined || second === undefined) return 0;
  return (first.place === null ? 0 : (first.line ?? 0) - (second.line ?? 0)) || first.ordinal - second.ordinal || first.id - second.id;
}

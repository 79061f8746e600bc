import type { Evidence } from "./evidence.ts";
import { pairInFile } from "./in-file.ts";
import { isOtherCode, isOtherKey, type KeyOf, type Kinship } from "./sides.ts";
import { isThere, type Known } from "./states.ts";

/** Which of the known is which of what came: by index of the incoming, the index of its partner, or -1 while it has none. */
export type Partners = number[];

type Open = { incoming: readonly Evidence[]; known: readonly Known[]; partners: Partners; taken: Set<number> };

const toolKey: KeyOf = ({ place }) => place?.toolKey ?? null;
const contentAndMessage: KeyOf = ({ place, identity }) => (place === null || place.content === null ? null : `${place.content} ${identity}`);
const content: KeyOf = ({ place }) => (place === null || place.content === null ? null : `${place.content} ${place.rulePath}`);
const identity: KeyOf = (evidence) => evidence.identity;
const rule: KeyOf = ({ place }) => place?.rulePath ?? null;
const version: KeyOf = (evidence) => (evidence.place === null ? `${evidence.identity} ${evidence.variant}` : null);

const kinship: Kinship = { keys: [toolKey, contentAndMessage, content, identity], rule, isOther: isOtherCode };
/** Where the tool's keys are found again, another key is another finding; where none is, they were made anew. */
const keyedKinship: Kinship = { ...kinship, isOther: (now, before) => isOtherCode(now, before) || isOtherKey(now, before) };

/**
 * Pairs what came with what is known, one to one, from the strongest evidence to the weakest: the tool's own key; within
 * a file the rule with the content of the place, the identity (rule, path and masked message), and the rule alone where
 * the findings around leave no doubt about the place, see `in-file.ts`; elsewhere the identity, by variant, then by order.
 * What is there comes before what is fixed.
 * `taken` holds the ids that earlier parts of the same report have paired already; pairs made here are added to it.
 * What is left may have moved with its file, see `moves.ts`.
 */
export function pairUp(incoming: readonly Evidence[], known: readonly Known[], taken: Set<number> = new Set()): Partners {
  const open: Open = { incoming, known, partners: incoming.map(() => -1), taken };
  const [there, gone] = [(finding: Known) => isThere(finding), (finding: Known) => !isThere(finding)];
  pairGroups(open, toolKey, there, true);
  pairFiles(open);
  pairGroups(open, toolKey, there);
  for (const keyOf of [version, identity]) pairGroups(open, keyOf, (finding) => finding.place === null && isThere(finding));
  for (const keyOf of [toolKey, contentAndMessage, content, version, identity]) pairGroups(open, keyOf, gone);
  return open.partners;
}

/** Pairs by file what is there. */
function pairFiles(open: Open): void {
  const isKeyed = open.partners.some((partner) => partner !== -1);
  const now = byPath(open.incoming, (_evidence, index) => open.partners[index] === -1);
  const before = byPath(open.known, (finding) => isThere(finding) && !open.taken.has(finding.id));
  for (const [path, indexes] of now) {
    const others = before.get(path);
    if (others === undefined) continue;
    const found = pairInFile(
      indexes.flatMap((index) => open.incoming[index] ?? []),
      others.flatMap((index) => open.known[index] ?? []),
      isKeyed ? keyedKinship : kinship,
    );
    for (const [position, index] of indexes.entries()) take(open, index, others[found[position] ?? -1]);
  }
}

function byPath<Item extends Evidence>(items: readonly Item[], isIn: (item: Item, index: number) => boolean): Map<string, number[]> {
  const paths = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    if (item.place === null || !isIn(item, index)) continue;
    const indexes = paths.get(item.place.path);
    if (indexes === undefined) paths.set(item.place.path, [index]);
    else indexes.push(index);
  }
  return paths;
}

/** Pairs those of equal keys in order: by line where there are lines, else as they came and as they were first seen. */
function pairGroups(open: Open, keyOf: KeyOf, isIn: (finding: Known) => boolean, isSingleOnly = false): void {
  const groups = new Map<string, { incoming: number[]; known: number[] }>();
  for (const [index, evidence] of open.incoming.entries()) {
    const key = open.partners[index] === -1 ? keyOf(evidence) : null;
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { incoming: [index], known: [] });
    else group.incoming.push(index);
  }
  for (const [index, finding] of open.known.entries()) {
    const key = open.taken.has(finding.id) || !isIn(finding) ? null : keyOf(finding);
    if (key !== null) groups.get(key)?.known.push(index);
  }
  for (const group of groups.values()) {
    if (isSingleOnly && (group.incoming.length > 1 || group.known.length > 1)) continue;
    const known = group.known.toSorted((one, other) => byOrder(open.known[one], open.known[other]));
    const incoming = group.incoming.toSorted((one, other) => byPlace(open.incoming[one], open.incoming[other]) || one - other);
    for (const [position, index] of incoming.entries()) take(open, index, known[position]);
  }
}

function take(open: Open, index: number, partner: number | undefined): void {
  const finding = open.known[partner ?? -1];
  if (partner === undefined || finding === undefined) return;
  open.partners[index] = partner;
  open.taken.add(finding.id);
}

function byPlace(one: Evidence | undefined, other: Evidence | undefined): number {
  if (one?.place == null || other?.place == null) return 0;
  return (one.line ?? 0) - (other.line ?? 0) || (one.place.column ?? 0) - (other.place.column ?? 0);
}

function byOrder(one: Known | undefined, other: Known | undefined): number {
  if (one === undefined || other === undefined) return 0;
  return byPlace(one, other) || one.ordinal - other.ordinal || one.id - other.id;
}

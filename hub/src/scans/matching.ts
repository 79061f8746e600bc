import type { FindingChange, FindingState } from "@sentinal/contract";

/** A finding that is known in the scope, with its state on the report's branch and on the branch that is its ground. */
export type Known = {
  id: number;
  identity: string;
  ordinal: number;
  variant: string;
  contentHash: string;
  /** On the report's own branch; null where the branch has never spoken of it. */
  own: FindingState | null;
  /** On the default branch, which is the ground of all others; null there and for the default branch itself. */
  ground: FindingState | null;
};

export type Incoming = { identity: string; variant: string };

/** The state that counts on a branch: its own, else the default branch's. */
export function effectiveState(known: Pick<Known, "own" | "ground">): FindingState | null {
  return known.own ?? known.ground;
}

/**
 * Pairs what came with what is known, one to one, within equal identities: first those of equal variant (version),
 * then by order, open ones before fixed ones. Answers, for each incoming, the index of its partner or -1 when it is new.
 * `taken` holds the ids that earlier parts of the same report have paired already; pairs made here are added to it.
 */
export function pairByIdentity(incoming: readonly Incoming[], known: readonly Known[], taken: Set<number> = new Set()): number[] {
  const groups = groupByIdentity(known);
  const partners = Array.from(incoming, () => -1);
  for (const isSameVariantAsked of [true, false]) {
    for (const [index, one] of incoming.entries()) {
      if (partners[index] !== -1) continue;
      const partner = (groups.get(one.identity) ?? []).find(
        ({ finding }) => !taken.has(finding.id) && (!isSameVariantAsked || finding.variant === one.variant),
      );
      if (partner === undefined) continue;
      taken.add(partner.finding.id);
      partners[index] = partner.index;
    }
  }
  return partners;
}

/** What a sighting means against the state before. A dismissed finding stays so. */
export function changeOf(state: FindingState | null): Exclude<FindingChange, "fixed"> {
  if (state === null) return "new";
  return state === "fixed" ? "reopened" : "unchanged";
}

/** The state after a sighting. */
export function stateAfterSighting(state: FindingState | null): FindingState {
  return state === "dismissed" ? "dismissed" : "open";
}

function groupByIdentity(known: readonly Known[]): Map<string, { finding: Known; index: number }[]> {
  const groups = new Map<string, { finding: Known; index: number }[]>();
  for (const [index, finding] of known.entries()) {
    const group = groups.get(finding.identity);
    if (group === undefined) groups.set(finding.identity, [{ finding, index }]);
    else group.push({ finding, index });
  }
  for (const group of groups.values()) group.sort((a, b) => openFirst(a.finding) - openFirst(b.finding) || a.finding.ordinal - b.finding.ordinal);
  return groups;
}

function openFirst(finding: Known): number {
  const state = effectiveState(finding);
  return state === "open" || state === "dismissed" ? 0 : 1;
}

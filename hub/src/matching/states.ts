import type { FindingChange, FindingState } from "@sentinal/contract";
import type { Evidence } from "./evidence.ts";

/** Who dismissed a finding: a person, or the tool itself by a suppression. */
export type DismissedBy = "user" | "tool";

/** A finding that is known in the scope, with its state on the report's branch and on the branch that is its ground. */
export type Known = Evidence & {
  id: number;
  ordinal: number;
  contentHash: string;
  /** On the report's own branch; null where the branch has never spoken of it. */
  own: FindingState | null;
  /** On the default branch, which is the ground of all others; null there and for the default branch itself. */
  ground: FindingState | null;
  /** Of the state that counts; null where that is not dismissed. */
  dismissedBy: DismissedBy | null;
};

/** The state that counts on a branch: its own, else the default branch's. */
export function effectiveState(known: Pick<Known, "own" | "ground">): FindingState | null {
  return known.own ?? known.ground;
}

/** True for what the branch still has: fixed findings are taken for a sighting only when no other is left. */
export function isThere(known: Pick<Known, "own" | "ground">): boolean {
  const state = effectiveState(known);
  return state !== null && state !== "fixed";
}

/** What a sighting makes of a finding. */
export type Outcome = { change: Exclude<FindingChange, "fixed">; state: FindingState; dismissedBy: DismissedBy | null };

/**
 * What a sighting means against the state before (null: not known). What a person dismissed stays so; what the tool
 * dismissed does as long as the tool says it.
 */
export function outcomeOf(before: { state: FindingState | null; dismissedBy: DismissedBy | null }, standing: "open" | "dismissed"): Outcome {
  const { state, dismissedBy } = before;
  if (state === "dismissed" && dismissedBy === "user") return { change: "unchanged", state, dismissedBy };
  if (standing === "dismissed") return { change: state === null ? "new" : "unchanged", state: "dismissed", dismissedBy: "tool" };
  if (state === null) return { change: "new", state: "open", dismissedBy: null };
  return { change: state === "open" ? "unchanged" : "reopened", state: "open", dismissedBy: null };
}

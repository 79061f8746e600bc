export { type Evidence, evidenceOf } from "./evidence.ts";
export { pairMoved } from "./moves.ts";
export { pairUp } from "./pairing.ts";
export { type DismissedBy, effectiveState, isThere, type Known, type Outcome, outcomeOf } from "./states.ts";

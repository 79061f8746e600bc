export { type Evidence, evidenceOf, type PlaceEvidence } from "./evidence.ts";
export { pairMoved } from "./moves.ts";
export { pairUp, type Partners } from "./pairing.ts";
export { type DismissedBy, effectiveState, isThere, type Known, type Outcome, outcomeOf } from "./states.ts";

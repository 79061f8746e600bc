import type { SentGate } from "./answer.ts";
import type { Outcome } from "./outcome.ts";

/** `none`: the repository has no gate. `unknown`: the hub did not tell, or not of everything that was to be sent. */
export type GateVerdict = "passed" | "failed" | "none" | "unknown";

export type GateSeen = { verdict: GateVerdict; conditions: SentGate["conditions"] };

/** The verdict after all files: the last answer's, for it is on the run as a whole. What is not known to have passed has not. */
export function gateOf(outcomes: readonly Outcome[]): GateSeen {
  const told = outcomes.flatMap((outcome) => (outcome.kind === "sent" ? [outcome.answer.gate] : [])).findLast((gate) => gate !== undefined);
  if (told === undefined) return { verdict: "unknown", conditions: [] };
  const isWhole = outcomes.every((outcome) => outcome.kind === "sent");
  const verdict = told?.verdict ?? "none";
  return { verdict: verdict === "passed" && !isWhole ? "unknown" : verdict, conditions: told?.conditions ?? [] };
}

/** The conditions that do not hold, in a sentence. */
export function gateSentence({ conditions }: GateSeen): string {
  const failed = conditions.filter(({ verdict }) => verdict === "failed");
  const parts = failed.map(({ metric, actual, at_most: atMost }) => `${metric.replaceAll("_", " ")} ${actual} (at most ${atMost})`);
  return `The quality gate failed${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.`;
}

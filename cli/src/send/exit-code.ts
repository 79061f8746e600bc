import type { GateVerdict, Outcome } from "@sentinal/send";
import { type ExitCode, exitCodes } from "../problem.ts";

/** The exit code for all files together: the gravest, where a report that was refused is graver than one that may be sent again. */
export function exitCodeFor(outcomes: readonly Outcome[], gate: GateVerdict, asked: { isStrict: boolean; isGate: boolean }): ExitCode {
  const kinds = new Set(outcomes.map((outcome) => outcome.kind));
  if (kinds.has("refused")) return exitCodes.refused;
  if (kinds.has("unreadable")) return exitCodes.usage;
  if (kinds.has("unreachable") && asked.isStrict) return exitCodes.unreachable;
  const isKept = gate === "passed" || gate === "none" || (gate === "unknown" && !asked.isStrict);
  return asked.isGate && !isKept ? exitCodes.gate : exitCodes.done;
}

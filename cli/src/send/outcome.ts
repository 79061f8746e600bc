import type { IntakeAnswer, Problem } from "@sentinal/contract";
import { type ExitCode, exitCodes } from "../problem.ts";

/** Why the hub does not take a report. `problem` is its own words; `status` 0: refused while it was read, after it had been accepted. */
export type Refusal = { status: number; title: string; problem: Problem | null };

/** How it went with one file. */
export type Outcome = { name: string; formatName: string | null } &
  /** Worked in, whole or as far as it could be read. */
  (
    | { kind: "sent"; answer: IntakeAnswer }
    /** Durable at the hub, and not worked in yet when we stopped waiting. */
    | { kind: "accepted"; answer: IntakeAnswer }
    | { kind: "refused"; refusal: Refusal }
    /** The hub cannot be reached, or has a fault of its own. */
    | { kind: "unreachable"; reason: string }
    /** The file cannot be read here. */
    | { kind: "unreadable"; reason: string }
  );

/** The exit code for all files together: the gravest, where a report that was refused is graver than one that may be sent again. */
export function exitCodeFor(outcomes: readonly Outcome[], isStrict: boolean): ExitCode {
  const kinds = new Set(outcomes.map((outcome) => outcome.kind));
  if (kinds.has("refused")) return exitCodes.refused;
  if (kinds.has("unreadable")) return exitCodes.usage;
  return kinds.has("unreachable") && isStrict ? exitCodes.unreachable : exitCodes.done;
}

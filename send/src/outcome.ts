import type { Problem, SeverityCounts, TestCounts } from "@sentinal/contract";
import type { SentAnswer } from "./answer.ts";

/** Why the hub does not take a report. `problem` is its own words; `status` 0: refused while it was read, after it had been accepted. */
export type Refusal = { status: number; title: string; problem: Problem | null };

/** How it went with one file. */
export type Outcome = { name: string; formatName: string | null } &
  /** Worked in, whole or as far as it could be read. */
  (
    | { kind: "sent"; answer: SentAnswer }
    /** Durable at the hub, and not worked in yet when we stopped waiting. */
    | { kind: "accepted"; answer: SentAnswer }
    | { kind: "refused"; refusal: Refusal }
    /** The hub cannot be reached, or has a fault of its own. */
    | { kind: "unreachable"; reason: string }
    /** The file cannot be read here. */
    | { kind: "unreadable"; reason: string }
  );

/** An outcome as programs read it. */
export function outcomeJson(outcome: Outcome) {
  return {
    file: outcome.name,
    format: outcome.formatName,
    outcome: outcome.kind,
    answer: "answer" in outcome ? outcome.answer : null,
    problem: outcome.kind === "refused" ? (outcome.refusal.problem ?? { status: outcome.refusal.status, title: outcome.refusal.title }) : null,
    reason: "reason" in outcome ? outcome.reason : null,
  };
}

/** Counts as people read them, such as "1 critical, 2 low". */
export function countsText(counts: SeverityCounts | TestCounts): string {
  const parts = Object.entries(counts).filter(([name, count]) => name !== "total" && count > 0);
  return parts.length === 0 ? "nothing found" : parts.map(([name, count]) => `${count} ${name}`).join(", ");
}

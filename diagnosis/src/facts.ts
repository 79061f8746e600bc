import { usualTransience } from "./categories.ts";
import type { Candidate, JobFacts, Outcome } from "./diagnosis.ts";

type Known = { readonly outcome: Outcome; readonly cause?: Candidate };

/** What GitHub's API says before any line of the log is read; null where it says nothing. */
export function factsOf(facts: JobFacts | undefined): Known | null {
  if (facts === undefined) return null;
  if (facts.jobCount === 0)
    return { outcome: "failed", cause: causeOf("config.workflow", "The run has no jobs: its workflow file could not be read, or it could not start") };
  const lost = facts.annotations?.find(({ message }) => /lost communication with the server|runner has received a shutdown signal/i.test(message));
  if (lost !== undefined) return { outcome: "failed", cause: causeOf("infra.runner_lost", lost.message) };
  const overtime = facts.annotations?.find(({ message }) => /exceeded the maximum execution time/i.test(message));
  if (overtime !== undefined) return { outcome: "failed", cause: causeOf("timeout.job", overtime.message) };
  switch (facts.conclusion) {
    case "success":
    case "neutral":
    case "skipped":
      return { outcome: "passed" };
    case "cancelled":
      return { outcome: "cancelled" };
    case "failure":
    case "timed_out":
      return { outcome: "failed" };
    case "startup_failure":
      return { outcome: "failed", cause: causeOf("config.workflow", "The run could not start") };
    default:
      return null;
  }
}

/** A cause that stands in no log: its line is 0. */
function causeOf(category: Candidate["category"], text: string): Candidate {
  return {
    line: 0,
    text,
    category,
    strength: "cause",
    by: "github",
    reason: "GitHub says so",
    transient: usualTransience(category),
    key: text,
    step: 0,
    inGreenLog: false,
  };
}

import { usualTransience } from "./categories.ts";
import type { Candidate, JobFacts, Outcome } from "./diagnosis.ts";

type Known = { readonly outcome: Outcome; readonly cause?: Candidate };

/** What GitHub's API says before any line of the log is read; null where it says nothing. */
export function factsOf(facts: JobFacts | undefined): Known | null {
  if (facts === undefined) return null;
  if (facts.conclusion === "success" || facts.conclusion === "neutral" || facts.conclusion === "skipped") return { outcome: "passed" };
  if (facts.jobCount === 0)
    return { outcome: "failed", cause: causeOf("config.workflow", "The run has no jobs: its workflow file could not be read, or it could not start") };
  const failures = facts.annotations?.filter(({ level }) => level === "failure");
  const lost = failures?.find(({ message }) => /lost communication with the server|runner has received a shutdown signal/i.test(message));
  if (lost !== undefined) return { outcome: "failed", cause: causeOf("infra.runner_lost", lost.message) };
  const overtime = failures?.find(({ message }) => /exceeded the maximum execution time/i.test(message));
  if (overtime !== undefined) return { outcome: "failed", cause: causeOf("timeout.job", overtime.message) };
  const hasFailed = facts.conclusion === "failure" || facts.conclusion === "timed_out";
  if ((facts.runnerName === "" || facts.runnerName === null) && hasFailed && (facts.steps ?? []).length === 0)
    return { outcome: "failed", cause: causeOf("infra.runner_lost", "No runner took the job") };
  switch (facts.conclusion) {
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

/** GitHub gives whole seconds, cut off, and a step's last lines may be stamped a moment after its end. */
const slackMs = 1_500;

/** Whether a line was printed while a step ran that failed by GitHub's word; null where GitHub tells no such step. */
export function failedStepTimes(facts: JobFacts | undefined): ((time: number) => boolean) | null {
  const spans = (facts?.steps ?? [])
    .filter(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out")
    .map(({ startedAt, completedAt }) => ({ from: Date.parse(startedAt ?? ""), to: Date.parse(completedAt ?? "") }))
    .filter(({ from }) => !Number.isNaN(from));
  if (spans.length === 0) return null;
  return (time) => spans.some(({ from, to }) => time >= from && (Number.isNaN(to) || time <= to + slackMs));
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
    time: null,
    inGreenLog: false,
  };
}

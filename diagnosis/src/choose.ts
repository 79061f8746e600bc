import type { Category, Transient } from "./categories.ts";
import { confidenceOf } from "./confidence.ts";
import type { Candidate, ContextLine, Diagnosis, JobFacts, Outcome } from "./diagnosis.ts";
import { factsOf, failedStepTimes } from "./facts.ts";
import { fingerprintOf, fingerprintVersion } from "./fingerprint.ts";
import { ruleMark } from "./rules/rule.ts";
import type { Strength } from "./extractor.ts";
import type { LogOutcome } from "./outcome.ts";
import { failedStep, lastLineOf, type Step, type Steps } from "./steps.ts";

export type Read = {
  readonly candidates: readonly Candidate[];
  readonly contextOf: (candidate: Candidate) => readonly ContextLine[];
  readonly steps: Steps;
  readonly ended: LogOutcome;
  /** With the step that named them. */
  readonly failedTests: readonly { readonly name: string; readonly step: number }[];
  readonly lines: number;
  readonly facts: JobFacts | undefined;
};

const ranks: Readonly<Record<Strength, number>> = { cause: 5, likely: 4, summary: 3, hint: 2, symptom: 1 };

/** Weighs what was seen. */
export function choose(read: Read): Diagnosis {
  const known = factsOf(read.facts);
  const outcome = known?.outcome ?? outcomeOf(read);
  const step = failedStep(read.steps);
  const nothing = { ...read, outcome, step };
  if (outcome === "passed") return diagnosisOf(nothing, null, []);
  if (known?.cause !== undefined) return diagnosisOf(nothing, known.cause, []);

  const inStep = candidatesOf(read, step);
  const pool = inStep.some(({ strength }) => strength !== "symptom") ? inStep : [...inStep, ...read.candidates.filter((one) => isElsewhere(one, step, read))];
  const ordered = [...pool].toSorted(byEvidence);
  const best = (outcome === "cancelled" ? whatEndedIt(ordered) : undefined) ?? lastTry(ordered);
  if (best === undefined) return diagnosisOf(nothing, null, []);
  if (outcome === "unknown" && ranks[best.strength] < ranks.summary) return diagnosisOf(nothing, null, ordered);
  return diagnosisOf(
    nothing,
    best,
    ordered.filter((one) => one !== best),
  );
}

/** A cause in another step of the same job, where the failed one says nothing: what lies outside the code was got over there. */
function isElsewhere(candidate: Candidate, step: Step | null, { steps }: Read): boolean {
  if (candidate.strength !== "cause" || isInfrastructure(candidate.category) || candidate.step === step?.index) return false;
  return steps.all[candidate.step]?.job === step?.job;
}

/** What ended a job from outside: an error that it had printed until then is not why. The first; what the runner says later follows from it. */
function whatEndedIt(ordered: readonly Candidate[]): Candidate | undefined {
  const ends = ordered.filter(({ by, category }) => by === "github-actions" && /^(?:cancelled|timeout\.job|infra\.runner_lost)$/.test(category));
  return ends.find(({ category }) => category !== "cancelled") ?? ends[0];
}

/** The best; of what was tried again, and failed with the same words each time, the last try: it ended the step. */
function lastTry(ordered: readonly Candidate[]): Candidate | undefined {
  const [best] = ordered;
  if (best === undefined || best.category.startsWith("code.")) return best;
  return ordered.findLast((one) => one.by === best.by && one.strength === best.strength && one.text === best.text);
}

/** Those of the step that failed: by GitHub's times, else by the log's own marks. */
function candidatesOf({ candidates, facts }: Read, step: Step | null): readonly Candidate[] {
  const ranThen = failedStepTimes(facts);
  const timed = ranThen === null ? [] : candidates.filter(({ time }) => time !== null && ranThen(time));
  if (timed.length > 0) return timed;
  return step === null ? candidates : candidates.filter((candidate) => candidate.step === step.index);
}

/** Best first: what a passing log does not hold; the stronger form; people's rules; tools before infrastructure; then the first, or of mere hints the last. */
function byEvidence(one: Candidate, other: Candidate): number {
  return (
    Number(one.inGreenLog) - Number(other.inGreenLog) ||
    ranks[other.strength] - ranks[one.strength] ||
    Number(isRule(other)) - Number(isRule(one)) ||
    Number(isInfrastructure(one.category)) - Number(isInfrastructure(other.category)) ||
    (ranks[one.strength] <= ranks.hint ? other.line - one.line : one.line - other.line)
  );
}

function isRule({ by }: Candidate): boolean {
  return by.startsWith(ruleMark);
}

function isInfrastructure(category: Category): boolean {
  return category.startsWith("infra.") || category === "cancelled";
}

function outcomeOf({ steps, ended }: Read): Outcome {
  const errors = steps.all.flatMap((step) => step.errors);
  if (errors.some(({ text }) => text.startsWith("The operation was canceled")) && !errors.some(({ kind }) => kind === "exit")) return "cancelled";
  // A log of GitHub's to its end, in which no step ended with an error: lines that the runner marks are annotations then.
  if (steps.marked && steps.sawEnd && failedStep(steps) === null && errors.every(({ kind }) => kind === "message")) return "passed";
  if (errors.length > 0) return "failed";
  return ended.end?.outcome ?? "unknown";
}

function diagnosisOf(read: Read & { readonly outcome: Outcome; readonly step: Step | null }, cause: Candidate | null, others: readonly Candidate[]): Diagnosis {
  const { step } = read;
  const tests = read.failedTests.filter((one) => step === null || one.step === step.index).map(({ name }) => name);
  return {
    outcome: read.outcome,
    cause,
    category: cause?.category ?? "unknown",
    transient: cause?.transient ?? "unknown",
    transientReason: transientReason(cause),
    rerun: cause !== null && proposesRerun(cause, others),
    confidence: cause === null ? 0 : confidenceOf(cause, others, read.outcome, step),
    fingerprint: cause === null ? null : fingerprintOf(cause.category, cause.key, cause.text),
    fingerprintVersion,
    step: step === null ? null : { name: step.name, firstLine: step.firstLine, lastLine: Math.min(lastLineOf(read.steps, step), read.lines) },
    context: cause === null ? [] : read.contextOf(cause),
    failedTests: read.outcome === "passed" ? [] : tests,
    candidates: others.slice(0, 50),
    lines: read.lines,
  };
}

/** Only where a line of its own says that something outside failed, and no tool found fault with the code. */
function proposesRerun(cause: Candidate, others: readonly Candidate[]): boolean {
  const proposed: readonly Transient[] = ["yes", "delayed"];
  if (!proposed.includes(cause.transient) || ranks[cause.strength] < ranks.likely) return false;
  return !others.some((other) => other.category.startsWith("code.") && ranks[other.strength] >= ranks.summary && !other.inGreenLog);
}

function transientReason(cause: Candidate | null): string {
  if (cause === null) return "The log does not say why the job failed.";
  switch (cause.transient) {
    case "yes":
      return `${cause.reason}: that lies outside the code, and another try may find it gone.`;
    case "delayed":
      return `${cause.reason}: another try passes once the limit's window is over.`;
    case "possible":
      return `${cause.reason}: the code may be behind it, so another try is no answer by itself.`;
    case "no":
      return `${cause.reason}: the same commit fails the same way again.`;
    case "unknown":
      return `${cause.reason}: nothing tells whether another try would pass.`;
  }
}

import type { Candidate, Outcome } from "./diagnosis.ts";
import type { Strength } from "./extractor.ts";
import type { Step } from "./steps.ts";

const bases: Readonly<Record<Strength, number>> = { cause: 0.93, likely: 0.8, summary: 0.7, hint: 0.5, symptom: 0.2 };

/** How often answers like this one are right: by the form of the line, and by what speaks for and against it. */
export function confidenceOf(cause: Candidate, others: readonly Candidate[], outcome: Outcome, step: Step | null): number {
  let confidence = bases[cause.strength];
  const rivals = others.filter((other) => other.strength === cause.strength && other.category !== cause.category && !other.inGreenLog);
  if (rivals.length > 0) confidence -= 0.12;
  if (outcome === "unknown") confidence -= 0.15;
  if (step === null && outcome !== "failed") confidence -= 0.05;
  if (cause.inGreenLog) confidence -= 0.3;
  return Math.round(Math.max(0.05, Math.min(0.97, confidence)) * 100) / 100;
}

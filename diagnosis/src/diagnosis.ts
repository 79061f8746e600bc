import type { Category, Transient } from "./categories.ts";
import type { Strength } from "./extractor.ts";

/** How a job ended, as far as its log and GitHub tell. */
export type Outcome = "failed" | "cancelled" | "passed" | "unknown";

/** A line that was weighed. */
export type Candidate = {
  /** From 1, by the log's line convention. */
  readonly line: number;
  /** Without colours and time stamps; at most 2,000 characters. Secrets are in it unless the log was redacted before. */
  readonly text: string;
  readonly category: Category;
  readonly strength: Strength;
  /** The extractor that saw it, or the rule: `rule:registry-down`. */
  readonly by: string;
  readonly reason: string;
  readonly test?: string;
  readonly transient: Transient;
  /** What the fingerprint is made of; `text` where the extractor names nothing better. */
  readonly key: string;
  /** Place in the log's steps, from 0. */
  readonly step: number;
  /** Milliseconds since 1970 of the line's time stamp; null where it has none. */
  readonly time: number | null;
  /** Whether the last passing log of the job holds the line as well. */
  readonly inGreenLog: boolean;
};

export type ContextLine = { readonly line: number; readonly text: string };

export type Diagnosis = {
  readonly outcome: Outcome;
  /** Null where nothing in the log says why, and where the job did not fail. */
  readonly cause: Candidate | null;
  /** `unknown` where there is no cause. */
  readonly category: Category;
  /** Whether the same commit would pass when run again, and why that is thought. */
  readonly transient: Transient;
  readonly transientReason: string;
  /** Whether running the job again is proposed: the cause lies outside the code, by evidence of its own. */
  readonly rerun: boolean;
  /** 0 to 1: the share of answers given with this figure that are right, within 5 lines, on logs that were not looked at. */
  readonly confidence: number;
  /** Null where there is no cause, or it says too little to tell it from others. */
  readonly fingerprint: string | null;
  readonly fingerprintVersion: number;
  /** The step that failed; null where the log has no steps. */
  readonly step: { readonly name: string; readonly firstLine: number; readonly lastLine: number } | null;
  /** Lines around the cause: up to 3 above and 8 below. */
  readonly context: readonly ContextLine[];
  /** Failed tests by name, at most 500. */
  readonly failedTests: readonly string[];
  /** What else was weighed, best first, at most 50. */
  readonly candidates: readonly Candidate[];
  /** Lines of the log. */
  readonly lines: number;
};

/** What GitHub's API says of the job. Each part that is not known is left out. */
export type JobFacts = {
  readonly conclusion?: string | null;
  /** Empty or null when no runner ever took the job. */
  readonly runnerName?: string | null;
  /** Jobs of the run: 0 is a run that could not start. */
  readonly jobCount?: number;
  readonly steps?: readonly {
    readonly name: string;
    readonly number: number;
    readonly conclusion: string | null;
    /** ISO 8601; GitHub gives whole seconds. */
    readonly startedAt: string | null;
    readonly completedAt: string | null;
  }[];
  readonly annotations?: readonly { readonly level: string; readonly message: string; readonly path?: string; readonly line?: number }[];
};

import type { FindingChange, Test, TestOutcome, TestPoint } from "@sentinal/contract";
import type { StatusKind } from "../../status.ts";
import { durationWords } from "../../time.ts";

export const outcomeWords: Readonly<Record<TestOutcome, string>> = { failed: "Failed", error: "Error", passed: "Passed", skipped: "Skipped" };

/** How a result stands against the branch before. */
export const testChangeWords: Readonly<Record<FindingChange, string>> = {
  new: "Newly failing",
  reopened: "Failing again",
  unchanged: "Still failing",
  fixed: "Fixed",
};

export const testChangeKinds: Readonly<Record<FindingChange, StatusKind>> = {
  new: "failure",
  reopened: "action_needed",
  unchanged: "skipped",
  fixed: "success",
};

const outcomeKinds: Readonly<Record<TestOutcome, StatusKind>> = { failed: "failure", error: "failure", passed: "success", skipped: "skipped" };

/** A flaky test that passed in the end is flaky; one that failed in the end has failed. */
export function resultKind({ outcome, flaky }: Pick<TestPoint, "outcome" | "flaky">): StatusKind {
  return flaky && outcome === "passed" ? "flaky" : outcomeKinds[outcome];
}

export function resultWord({ outcome, flaky }: Pick<TestPoint, "outcome" | "flaky">): string {
  if (!flaky) return outcomeWords[outcome];
  return outcome === "passed" ? "Passed, flaky" : `${outcomeWords[outcome]}, flaky`;
}

export function hasFailed({ outcome }: Pick<TestPoint, "outcome">): boolean {
  return outcome === "failed" || outcome === "error";
}

export function suiteWords(path: readonly string[]): string {
  return path.length === 0 ? "Without a suite" : path.join(" › ");
}

/** Where a test stands among others: its suites, and what they leave out of class and file. */
export function placeWords({ suites, class_name: className, file, kind, name }: Pick<Test, "suites" | "class_name" | "file" | "kind" | "name">): string {
  if (kind === "suite") return file === null || file === name ? "" : file;
  if (suites.length > 0) return suiteWords(suites);
  return className ?? file ?? "";
}

/** "src/cart.test.ts:12", as editors write it; null where no file is known. */
export function filePlace({ file, line }: Pick<Test, "file" | "line">): string | null {
  return file === null || file === "" ? null : `${file}${line === null ? "" : `:${line}`}`;
}

/** What a test can be found by on a command line: file, suites and name. */
export function fullName({ suites, class_name: className, name }: Pick<Test, "suites" | "class_name" | "name">): string {
  const around = suites.length > 0 ? suites : className === null ? [] : [className];
  return [...around, name].join(" > ");
}

/** A failure in one line, its type apart: many reports write the type before the message once more. */
export function errorWords({ error_type: type, message }: { error_type: string | null; message: string | null }): { type: string | null; text: string } {
  const text = (message ?? "").trim();
  const repeated = type === null ? null : [`${type}: `, `Uncaught ${type}: `].find((start) => text.startsWith(start));
  return { type: type === text ? null : type, text: repeated == null ? text : text.slice(repeated.length).trim() };
}

/** How long a test took; most are short, so that tenths of seconds tell them apart. */
export function tookWords(durationMs: number): string {
  if (durationMs > 0 && durationMs < 1) return "< 1 ms";
  return durationMs >= 1_000 && durationMs < 9_950 ? `${(durationMs / 1_000).toFixed(1)} s` : durationWords(durationMs);
}

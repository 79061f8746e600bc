import type { TestOutcome } from "../reader.ts";

const outcomes = new Map<string, TestOutcome>([
  ["passed", "passed"],
  ["pass", "passed"],
  ["success", "passed"],
  ["ok", "passed"],
  ["failed", "failed"],
  ["fail", "failed"],
  ["failure", "failed"],
  ["error", "error"],
  ["errored", "error"],
  ["broken", "error"],
]);

/** What a format's word in lower case means; what is no word for an end (`pending`, `todo`, `other`, `disabled`) is skipped. */
export function outcomeOf(statusWord: string): TestOutcome {
  return outcomes.get(statusWord) ?? "skipped";
}

export function isFailure(outcome: TestOutcome): boolean {
  return outcome === "failed" || outcome === "error";
}

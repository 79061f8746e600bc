import { compact, fitDetail } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { lineOf, listOf, member, memberAt, numberOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { TestAttempt, TestRecord } from "../reader.ts";
import { boundedValue } from "../test-records/bounded.ts";
import { testIdentity } from "../test-records/identity.ts";
import { outcomeOf } from "../test-records/outcome.ts";
import { failureOf, plainName } from "../test-records/text.ts";
import { durationOf, nameOf, statusWordOf, suitesOf, unknownStatus } from "../test-records/values.ts";

/** An assertion's result as a test; null when it has neither name nor status. */
export function readAssertion(entry: JsonObject, sourceBytes: number, file: string | null): TestRecord | null {
  const ownName = nameOf(member(entry, "title")) ?? nameOf(member(entry, "fullName"));
  const statusWord = statusWordOf(member(entry, "status"));
  if (ownName === null && statusWord === unknownStatus) return null;
  const failures = textsOf(member(entry, "failureMessages"));
  const retryReasons = textsOf(member(entry, "retryReasons"));
  const outcome = outcomeWith(statusWord, failures.length > 0);
  const hasPassed = outcome === "passed";
  // Vitest leaves the messages of failed tries in place when the last one passes; Jest has a list of its own for them.
  const earlier = hasPassed ? [...retryReasons, ...failures] : retryReasons;
  const wasRetried = earlier.length > 0 || (numberOf(member(entry, "invocations")) ?? 1) > 1;
  const suites = suitesOf(listOf(member(entry, "ancestorTitles")));
  const name = ownName ?? unknownStatus;
  const [first = "", ...others] = hasPassed ? [] : failures;
  return {
    kind: "case",
    outcome,
    statusWord,
    isFlaky: hasPassed && wasRetried,
    suites,
    className: null,
    name,
    file,
    line: lineOf(memberAt(entry, "location", "line")),
    durationMs: durationOf(member(entry, "duration")),
    ...failureOf(first),
    attempts: earlier.slice(0, limits.attempts).map(failedAttempt),
    detail: fitDetail(detailOf(entry, others), sourceBytes),
    identity: testIdentity({ kind: "case", suites, className: null, name, file }),
  };
}

/** A file whose failure no test tells of: it did not load, or failed around its tests. */
export function readUnloaded(file: string | null, ownMessage: string | null): TestRecord {
  const name = (file === null ? null : plainName(file)) ?? "a test file";
  const failure = failureOf(ownMessage ?? "");
  return {
    kind: "suite",
    outcome: "error",
    statusWord: "failed",
    isFlaky: false,
    suites: [],
    className: null,
    name,
    file,
    line: null,
    durationMs: null,
    ...failure,
    message: failure.message ?? "The file failed, and none of its tests did",
    attempts: [],
    detail: {},
    identity: testIdentity({ kind: "suite", suites: [], className: null, name, file }),
  };
}

function outcomeWith(statusWord: string, hasFailures: boolean): TestRecord["outcome"] {
  if (statusWord !== "focused") return outcomeOf(statusWord);
  return hasFailures ? "failed" : "passed";
}

function textsOf(value: unknown): string[] {
  return listOf(value)
    .filter((text) => typeof text === "string" && text !== "")
    .map(String);
}

function failedAttempt(text: string): TestAttempt {
  const { message, trace } = failureOf(text);
  return { outcome: "failed", durationMs: null, message, trace };
}

function detailOf(entry: JsonObject, furtherFailures: readonly string[]): Record<string, unknown> {
  const further = furtherFailures.slice(0, limits.detailEntries).map((text) => {
    const { message, trace } = failureOf(text);
    return compact({ message, trace });
  });
  return compact({
    column: lineOf(memberAt(entry, "location", "column")),
    further_failures: further,
    tags: boundedValue(member(entry, "tags")),
    meta: boundedValue(member(entry, "meta")),
  });
}

import { z } from "zod";
import { FindingChange, Timestamp } from "./runs.ts";

export const testOutcomes = ["failed", "error", "passed", "skipped"] as const;
export const TestOutcome = z.enum(testOutcomes);
export type TestOutcome = z.infer<typeof TestOutcome>;

/** One result of a test in its history, newest last. */
export const TestPoint = z.object({
  run_id: z.number().int(),
  scan_id: z.number().int(),
  commit_hash: z.string(),
  at: Timestamp,
  outcome: TestOutcome,
  flaky: z.boolean(),
  duration_ms: z.number().nullable(),
});
export type TestPoint = z.infer<typeof TestPoint>;

/** A test with its result in the scan that was asked for, else its newest on the branch. */
export const Test = z.object({
  id: z.number().int(),
  repository: z.string(),
  branch: z.string(),
  run_id: z.number().int(),
  scan_id: z.number().int(),
  /** `suite`: a file or suite that did not load. */
  kind: z.enum(["case", "suite"]),
  /** Names of the suites around it, outermost first. */
  suites: z.array(z.string()),
  class_name: z.string().nullable(),
  name: z.string(),
  file: z.string().nullable(),
  line: z.number().int().nullable(),
  outcome: TestOutcome,
  /** The format's own word for the outcome. */
  status_word: z.string(),
  /** It failed and passed at one commit, or the report says so. */
  flaky: z.boolean(),
  /** Against the branch before: `new` fails now, `reopened` fails again, `unchanged` fails still, `fixed` passes again; null for what passes as before. */
  change: FindingChange.nullable(),
  duration_ms: z.number().nullable(),
  message: z.string().nullable(),
  error_type: z.string().nullable(),
  /** Since when it has been failing on the branch; null when it does not fail. */
  failing_since: z.object({ run_id: z.number().int(), at: Timestamp }).nullable(),
  /** Its last 30 results on the branch, newest last. */
  history: z.array(TestPoint),
});
export type Test = z.infer<typeof Test>;

export const TestDetail = Test.extend({
  trace: z.string().nullable(),
  /** Tries before the last, oldest first. */
  attempts: z.array(z.object({ outcome: TestOutcome, duration_ms: z.number().nullable(), message: z.string().nullable(), trace: z.string().nullable() })),
  /** Output, properties, parameters and further failures. */
  detail: z.record(z.string(), z.unknown()),
  /** Of its last 30 results on the branch: shares from 0 to 1. */
  fail_rate: z.number(),
  flaky_rate: z.number(),
});
export type TestDetail = z.infer<typeof TestDetail>;

/** Failures of one scan that have the same error, numbers aside. */
export const TestErrorGroup = z.object({
  message: z.string(),
  error_type: z.string().nullable(),
  count: z.number().int(),
  /** The first of them. */
  tests: z.array(z.object({ id: z.number().int(), name: z.string() })),
});
export type TestErrorGroup = z.infer<typeof TestErrorGroup>;

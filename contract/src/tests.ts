import { z } from "zod";
import { FindingChange } from "./findings.ts";
import { Timestamp } from "./runs.ts";

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
  /** In lists at most 500 characters. */
  message: z.string().nullable(),
  error_type: z.string().nullable(),
  /** Since when it has been failing on the branch, as it stands there now; null when it does not fail. */
  failing_since: z.object({ run_id: z.number().int(), at: Timestamp }).nullable(),
  /** Its last 30 results on the branch, newest last; those later than the scan that was asked for too. */
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

/** How many tests of a query stand at each value of a filter, most first; at most 50 values each. `suite` counts the outermost ones. */
export const TestFacets = z.object({
  outcome: z.array(z.object({ value: z.string(), count: z.number().int() })),
  change: z.array(z.object({ value: z.string(), count: z.number().int() })),
  flaky: z.array(z.object({ value: z.string(), count: z.number().int() })),
  file: z.array(z.object({ value: z.string(), count: z.number().int() })),
  suite: z.array(z.object({ value: z.string(), count: z.number().int() })),
});
export type TestFacets = z.infer<typeof TestFacets>;

/** Failures of one scan that have the same error, numbers aside. */
export const TestErrorGroup = z.object({
  /** Of the first of them, at most 500 characters; empty where the report gives none. */
  message: z.string(),
  error_type: z.string().nullable(),
  count: z.number().int(),
  /** The first 10 of them, by name; names of at most 200 characters. */
  tests: z.array(z.object({ id: z.number().int(), name: z.string() })),
});
export type TestErrorGroup = z.infer<typeof TestErrorGroup>;

/** Tests of one scan that stand right in one suite, without those of the suites in it. */
export const TestSuite = z.object({
  /** Names of the suites, outermost first; the class or the file of tests that stand in no suite; empty for those without either. */
  path: z.array(z.string()),
  failed: z.number().int(),
  errors: z.number().int(),
  passed: z.number().int(),
  skipped: z.number().int(),
  /** Of all of these, those that failed and passed. */
  flaky: z.number().int(),
  total: z.number().int(),
  /** Of the tests together; null when none says. */
  duration_ms: z.number().nullable(),
});
export type TestSuite = z.infer<typeof TestSuite>;

import type { SeverityCounts, TestCounts } from "@sentinal/contract";
import type { FindingRecord, ReportEvent, TestRecord } from "@sentinal/reports";
import type { Sighting } from "./sightings.ts";
import { type TestSighting, testSightingOf } from "./test-sightings.ts";

/** What of a report is worked in at once; a report holds findings or tests, and may hold both. */
export type Batch = { findings: readonly Sighting[]; tests: readonly TestSighting[] };

/** Records that are worked in at once. */
const batchSize = 2_000;
/** The same of findings at places: those of one file must be paired together, and a report may scatter them. */
const placedBatchSize = 50_000;

/** Gathers records into batches; `add` gives one that is full. */
export function createBatching(toSighting: (finding: FindingRecord) => Sighting): { add(event: ReportEvent): Batch | null; rest(): Batch | null } {
  let findings: Sighting[] = [];
  let tests: TestSighting[] = [];

  function rest(): Batch | null {
    if (findings.length + tests.length === 0) return null;
    const batch = { findings, tests };
    findings = [];
    tests = [];
    return batch;
  }

  return {
    add(event) {
      if (event.type === "finding") findings.push(toSighting(event.finding));
      else if (event.type === "test") tests.push(testSightingOf(event.test));
      const isPlaced = findings.at(-1)?.place != null;
      return findings.length + tests.length >= (isPlaced ? placedBatchSize : batchSize) ? rest() : null;
    },
    rest,
  };
}

/** Batches of findings that are in memory already. */
export function batchesOf(findings: readonly Sighting[]): Batch[] {
  const count = Math.ceil(findings.length / batchSize);
  return Array.from({ length: count }, (_, index) => ({ findings: findings.slice(index * batchSize, (index + 1) * batchSize), tests: [] }));
}

export function noSeverityCounts(): SeverityCounts {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: 0 };
}

export function noTestCounts(): TestCounts {
  return { passed: 0, failed: 0, skipped: 0, flaky: 0, errors: 0, total: 0 };
}

/** Adds what a batch holds. */
export function countBatch(counts: { severities: SeverityCounts; tests: TestCounts }, batch: Batch): void {
  for (const { severity } of batch.findings) {
    counts.severities[severity]++;
    counts.severities.total++;
  }
  for (const test of batch.tests) countTest(counts.tests, test);
}

const countedAs = { passed: "passed", failed: "failed", error: "errors", skipped: "skipped" } as const;

/** A suite that did not load is an error, and no test in the total. */
export function countTest(counts: TestCounts, test: { kind: TestRecord["kind"]; outcome: TestRecord["outcome"]; isFlaky: boolean }, times = 1): void {
  counts[countedAs[test.outcome]] += times;
  if (test.isFlaky) counts.flaky += times;
  if (test.kind === "case") counts.total += times;
}

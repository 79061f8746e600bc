import { maskedMessage, shortHash, type TestRecord } from "@sentinal/reports";

/** A test's result as it came; what is stored of it is written out already, as a finding's is. */
export type TestSighting = {
  /** 128 bits of SHA-256 over the identity, written as a UUID. */
  identity: string;
  kind: TestRecord["kind"];
  outcome: TestRecord["outcome"];
  isFlaky: boolean;
  file: string | null;
  line: number | null;
  /** Columns of `test_cases` and of `test_results` as JSON objects, without those that their place in the tables gives. */
  caseRow: string;
  resultRow: string;
};

export function testSightingOf(record: TestRecord): TestSighting {
  const { kind, outcome, isFlaky, file, line } = record;
  const identity = shortHash(JSON.stringify(record.identity));
  const hasFailed = outcome === "failed" || outcome === "error" || isFlaky;
  const error = `${record.errorType ?? ""}\0${maskedMessage(record.message ?? record.trace ?? "")}`;
  return {
    identity,
    kind,
    outcome,
    isFlaky,
    file,
    line,
    caseRow: JSON.stringify({ identity, kind, suites: record.suites, class_name: record.className, name: record.name, file, line }),
    resultRow: JSON.stringify({
      outcome,
      status_word: record.statusWord,
      is_flaky: isFlaky,
      duration_ms: record.durationMs,
      message: record.message,
      error_type: record.errorType,
      error_hash: outcome === "failed" || outcome === "error" ? shortHash(error) : null,
      trace: record.trace,
      attempts: record.attempts.length === 0 ? null : record.attempts.map(storedAttempt),
      // What a test that simply passed has printed is not kept.
      detail: hasFailed && Object.keys(record.detail).length > 0 ? record.detail : null,
    }),
  };
}

function storedAttempt({ outcome, durationMs, message, trace }: TestRecord["attempts"][number]) {
  return { outcome, duration_ms: durationMs, message, trace };
}

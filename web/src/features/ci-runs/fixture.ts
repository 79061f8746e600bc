import type { Run, ScanSummary, SeverityCounts, TestCounts } from "@sentinal/contract";

const at = "2026-11-22T12:00:00Z";

/** A run as tests need it, with what matters to them. */
export function aRun(over: Partial<Run> = {}): Run {
  return {
    id: 1,
    repository: "acme/shop",
    commit_hash: "4f2c9d1e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d",
    branch: "main",
    commit_message: "Raise the limit",
    status: "Success",
    github_run_id: null,
    run_attempt: 1,
    workflow: "CI",
    event: "push",
    actor: "ada",
    pull_request: null,
    started_at: at,
    completed_at: at,
    created_at: at,
    updated_at: at,
    critical_vulnerabilities: 0,
    github_url: null,
    scans: [],
    ...over,
  };
}

export function aScan(over: Partial<ScanSummary> = {}): ScanSummary {
  return {
    id: 1,
    run_id: 1,
    run_attempt: 1,
    scan_type: "trivy",
    tool: "trivy",
    category: "",
    status: "completed",
    partial: false,
    counts: severityCounts({}),
    changes: null,
    created_at: at,
    updated_at: at,
    ...over,
  };
}

export function severityCounts(over: Partial<SeverityCounts>): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, ...over };
  return { ...counts, total: counts.critical + counts.high + counts.medium + counts.low + counts.info + counts.unknown };
}

export function testCounts(over: Partial<TestCounts>): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0, flaky: 0, errors: 0, ...over };
  return { ...counts, total: counts.passed + counts.failed + counts.skipped + counts.flaky + counts.errors };
}

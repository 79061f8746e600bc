import type { Test, TestPoint } from "@sentinal/contract";

const at = "2026-11-22T12:00:00Z";

/** A test as tests of the pages need it, with what matters to them. */
export function aTest(over: Partial<Test> = {}): Test {
  return {
    id: 1,
    repository: "acme/shop",
    branch: "main",
    run_id: 1,
    scan_id: 1,
    kind: "case",
    suites: ["cart"],
    class_name: null,
    name: "adds a product",
    file: "src/cart.test.ts",
    line: 12,
    outcome: "passed",
    status_word: "passed",
    flaky: false,
    change: null,
    duration_ms: 250,
    message: null,
    error_type: null,
    failing_since: null,
    history: [],
    ...over,
  };
}

export function aPoint(over: Partial<TestPoint> = {}): TestPoint {
  return { run_id: 1, scan_id: 1, commit_hash: "4f2c9d1e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d", at, outcome: "passed", flaky: false, duration_ms: 250, ...over };
}

import type { Facets, Finding } from "@sentinal/contract";

/** A finding as tests need it, with what matters to them. */
export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    id: 1,
    repository: "acme/shop",
    branch: "main",
    scan_type: "trivy",
    tool: "Trivy",
    kind: "vulnerability",
    state: "open",
    change: "new",
    severity: "high",
    severity_word: "HIGH",
    rule: "CVE-2024-1",
    title: "A flaw",
    message: "openssl 1.0 is affected",
    target: "image (alpine 3.10)",
    path: null,
    line: null,
    package_name: "openssl",
    installed_version: "1.0",
    fixed_version: "1.1",
    url: null,
    traits: null,
    first_seen_at: "2026-11-22T12:00:00Z",
    first_seen_run_id: 1,
    last_seen_at: "2026-11-22T12:00:00Z",
    ...over,
  };
}

export const emptyFacets: Facets = {
  total: 0,
  is_total_estimated: false,
  estimated: [],
  severity: [],
  kind: [],
  change: [],
  state: [],
  scan_type: [],
  tool: [],
  rule: [],
  target: [],
  path: [],
  package_name: [],
  fixable: [],
  risk: [],
  tool_type: [],
};

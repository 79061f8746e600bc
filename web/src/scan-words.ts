import type { DismissalReason, FindingChange, FindingKind, ScanType, ShownFindingState } from "@sentinal/contract";

/** How things of scans are called on the screen. */
export const scanTypeWords: Readonly<Record<ScanType, string>> = { sonarqube: "SonarQube", zap: "ZAP", trivy: "Trivy", lint: "Lint", test: "Tests" };

export const kindWords: Readonly<Record<FindingKind, { one: string; many: string }>> = {
  vulnerability: { one: "Vulnerability", many: "Vulnerabilities" },
  misconfiguration: { one: "Misconfiguration", many: "Misconfigurations" },
  secret: { one: "Secret", many: "Secrets" },
  license: { one: "Licence", many: "Licences" },
  issue: { one: "Issue", many: "Issues" },
};

export const changeWords: Readonly<Record<FindingChange, string>> = { new: "New", reopened: "Reopened", unchanged: "Unchanged", fixed: "Fixed" };

/** The name of a scan among others: its type, and what keeps it apart from its like. */
export function scanName(scan: { scan_type: ScanType; tool: string; category: string }): string {
  const type = scanTypeWords[scan.scan_type];
  const tool = scan.tool.toLowerCase() === type.toLowerCase() || scan.tool === "" || scan.tool === scan.scan_type ? "" : ` (${scan.tool})`;
  return `${type}${tool}${scan.category === "" ? "" : ` · ${scan.category}`}`;
}

/** `stale`: it may still be there, but its target is no longer scanned. */
export const stateWords: Readonly<Record<ShownFindingState, string>> = { open: "Open", fixed: "Fixed", dismissed: "Dismissed", stale: "Stale" };

export const reasonWords: Readonly<Record<DismissalReason, string>> = {
  false_positive: "False positive",
  accepted_risk: "Accepted risk",
  wont_fix: "Won’t fix",
  used_in_tests: "Used in tests",
};

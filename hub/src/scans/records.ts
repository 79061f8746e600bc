import { type Severity, severities, type SeverityCounts } from "@sentinal/contract";

export function severityOfRank(rank: number): Severity {
  return severities[rank] ?? "unknown";
}

export function noCounts(): SeverityCounts {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: 0 };
}

import { type Severity, severities } from "@sentinal/contract";

export function severityOfRank(rank: number): Severity {
  return severities[rank] ?? "unknown";
}

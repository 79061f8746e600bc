import type { Severity } from "@sentinal/contract";
import type { JsonObject } from "../json/values.ts";
import { memberAt, numberOf } from "../json/values.ts";
import type { Descriptor } from "./components.ts";

/** SARIF's four, and words that tools write in their place. */
const severities = new Map<string, Severity>([
  ["error", "high"],
  ["warning", "medium"],
  ["note", "low"],
  ["none", "unknown"],
  ["critical", "critical"],
  ["high", "high"],
  ["medium", "medium"],
  ["low", "low"],
  ["info", "info"],
  ["informational", "info"],
]);

/** The score of `security-severity`, the result's own before its rule's; null where neither has one above 0. */
export function securitySeverityOf(result: JsonObject, rule: Descriptor | null): number | null {
  const score = numberOf(memberAt(result, "properties", "security-severity")) ?? rule?.securitySeverity ?? null;
  return score !== null && score > 0 ? score : null;
}

/** By the score where there is one, else by the level. */
export function severityOf(score: number | null, level: string): Severity {
  if (score === null) return severities.get(level) ?? "unknown";
  return score >= 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : "low";
}

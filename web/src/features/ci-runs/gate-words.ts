import type { GateMetric } from "@sentinal/contract";

/** What a gate may measure of a run, as people say it, in the order in which it is offered. */
export const gateMetricWords: Readonly<Record<GateMetric, string>> = {
  new_critical: "New critical findings",
  new_high: "New high findings",
  new_findings: "New findings",
  critical: "Critical findings",
  high: "High findings",
  findings: "Findings",
  failed_tests: "Failed tests",
  flaky_tests: "Flaky tests",
  failed_tool_gates: "Failed gates of tools",
  unread_reports: "Reports that could not be read whole",
};

export const gateMetricHints: Readonly<Partial<Record<GateMetric, string>>> = {
  new_findings: "of any severity, with those that came back",
  failed_tool_gates: "such as SonarQube’s quality gate",
  unread_reports: "refused, broken, or read in part",
};

/** Keys in the order of their words; the object above lists them so. */
export function isGateMetric(name: string): name is GateMetric {
  return Object.hasOwn(gateMetricWords, name);
}

export const gateMetricOrder: readonly GateMetric[] = Object.keys(gateMetricWords).filter(isGateMetric);

/** A whole number of what is allowed, as it was typed; null for anything else. */
export function readAtMost(text: string): number | null {
  return /^\d{1,10}$/.test(text.trim()) && Number(text) <= 1_000_000_000 ? Number(text) : null;
}

import type { ScanDetail, ToolGate } from "@sentinal/contract";
import type { StatusKind } from "../../status.ts";

type Condition = ToolGate["conditions"][number];

export const toolVerdicts: Readonly<Record<ToolGate["verdict"], { kind: StatusKind; word: string }>> = {
  passed: { kind: "success", word: "Passed" },
  failed: { kind: "failure", word: "Failed" },
  none: { kind: "unknown", word: "Not measured" },
};

/** SonarQube's metrics whose keys do not read well by themselves. */
const metricNames: ReadonlyMap<string, string> = new Map([
  ["sqale_rating", "Maintainability rating"],
  ["new_maintainability_rating", "Maintainability rating of new code"],
  ["software_quality_maintainability_rating", "Maintainability rating"],
  ["new_duplicated_lines_density", "Duplicated lines in new code"],
  ["duplicated_lines_density", "Duplicated lines"],
  ["security_hotspots_reviewed", "Security hotspots reviewed"],
  ["new_security_hotspots_reviewed", "New security hotspots reviewed"],
  ["new_violations", "New issues"],
  ["violations", "Issues"],
  ["ncloc", "Lines of code"],
]);

const percentMetrics = /coverage|density|hotspots_reviewed/;
const ratings = ["A", "B", "C", "D", "E"];

function isRating(metric: string): boolean {
  return metric.endsWith("_rating");
}

/** Metrics of the code that the analysis calls new. */
export function isOfNewCode({ metric }: Pick<Condition, "metric">): boolean {
  return metric.startsWith("new_");
}

/** `new_security_rating` → "Security rating of new code"; keys that nobody knows stay readable. */
export function metricWords(metric: string): string {
  const known = metricNames.get(metric);
  if (known !== undefined) return known;
  const isNew = metric.startsWith("new_");
  const words = (isNew ? metric.slice("new_".length) : metric).replaceAll("_", " ").trim();
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return isNew ? `${sentence} of new code` : sentence;
}

/** Ratings are letters and shares percents for people; anything else stands as the tool wrote it. */
export function metricValue(metric: string, value: string | null): string {
  if (value === null) return "–";
  if (isRating(metric) && /^[1-5](?:\.0*)?$/.test(value)) return ratings[Number.parseInt(value, 10) - 1] ?? value;
  if (percentMetrics.test(metric) && /^\d+(?:\.\d+)?$/.test(value)) return `${value} %`;
  return /^\d{4,15}$/.test(value) ? Number(value).toLocaleString("en") : value;
}

/** What the condition asks for: SonarQube names the comparison that fails it. */
export function demandWords({ metric, comparator, threshold }: Pick<Condition, "metric" | "comparator" | "threshold">): string {
  if (threshold === null) return "–";
  const value = metricValue(metric, threshold);
  if (comparator === "GT") return isRating(metric) ? `${value} or better` : `at most ${value}`;
  if (comparator === "LT") return `at least ${value}`;
  if (comparator === "EQ") return `not ${value}`;
  return comparator === "NE" ? value : `${comparator ?? ""} ${value}`.trim();
}

/** Whether the tool told its verdict and nothing of what it found. */
export function isGateAlone(scan: Pick<ScanDetail, "tool_gate" | "changes" | "counts">): boolean {
  return scan.tool_gate !== null && scan.changes === null && scan.counts.total === 0;
}

import type { Severity, SeverityCounts, TestCounts } from "@sentinal/contract";

type SeverityLook = { word: string; letter: string };

/** Gravest first. */
export const severityLooks: Readonly<Record<Severity, SeverityLook>> = {
  critical: { word: "Critical", letter: "C" },
  high: { word: "High", letter: "H" },
  medium: { word: "Medium", letter: "M" },
  low: { word: "Low", letter: "L" },
  info: { word: "Info", letter: "I" },
  unknown: { word: "Unknown", letter: "?" },
};

/** The contract's severities, gravest first, without its schemas, which a page has no use for. */
export const severityOrder: readonly Severity[] = ["critical", "high", "medium", "low", "info", "unknown"];

export function isTestCounts(counts: SeverityCounts | TestCounts): counts is TestCounts {
  return "passed" in counts;
}

/** A count where room is scarce: "963", "3.6K"; the exact one stands in the title. */
export function shortCount(count: number): string {
  return count < 1_000 ? String(count) : new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(count);
}

/** Severities that occur, gravest first. */
export function presentSeverities(counts: SeverityCounts): { severity: Severity; count: number }[] {
  return severityOrder.map((severity) => ({ severity, count: counts[severity] })).filter((entry) => entry.count > 0);
}

/** "2 critical, 5 high": for titles and for people who hear the page. */
export function countWords(counts: SeverityCounts | TestCounts): string {
  if (isTestCounts(counts)) {
    const bad = counts.failed + counts.errors;
    const parts = [
      `${counts.passed} passed`,
      ...(bad > 0 ? [`${bad} failed`] : []),
      ...(counts.flaky > 0 ? [`${counts.flaky} flaky`] : []),
      ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
    ];
    return parts.join(", ");
  }
  const present = presentSeverities(counts);
  return present.length === 0 ? "no findings" : present.map(({ severity, count }) => `${count} ${severityLooks[severity].word.toLowerCase()}`).join(", ");
}

import { type Results, type ScanType, severities, type Severity, type SeverityCounts, type TestCounts, type Warning } from "@sentinal/contract";
import type { FindingRecord } from "@sentinal/reports";
import { cleanText } from "./texts.ts";

const messageCharacters = 20_000;
const titleCharacters = 300;

/** The senders' words for severities; what stands in none of these is `unknown`. */
const severityWords: ReadonlyMap<string, Severity> = new Map([
  ["blocker", "critical"],
  ["critical", "critical"],
  ["high", "high"],
  ["error", "high"],
  ["major", "medium"],
  ["medium", "medium"],
  ["moderate", "medium"],
  ["warning", "medium"],
  ["minor", "low"],
  ["low", "low"],
  ["note", "low"],
  ["negligible", "low"],
  ["info", "info"],
  ["informational", "info"],
]);

/** SonarQube ranks below its blocker: its `critical` is our `high`. */
export function severityOf(word: string, scanType: ScanType): Severity {
  const lower = word.trim().toLowerCase();
  if (scanType === "sonarqube" && lower === "critical") return "high";
  return severityWords.get(lower) ?? "unknown";
}

/** What the sender counted itself, with what is odd about it. Counts that are not given are 0. */
export function countsOf(results: Results, scanType: ScanType): { counts: SeverityCounts | TestCounts; warnings: Warning[] } {
  return scanType === "test" ? testCountsOf(results) : severityCountsOf(results);
}

/** The sender's own findings; digits in messages are masked in the identity, for line numbers stand there. */
export function issuesOf(results: Results, scanType: ScanType): FindingRecord[] {
  return (results.issues ?? []).map((issue) => {
    const rule = cleanText(issue.rule);
    const message = cleanText(issue.message, messageCharacters);
    const path = issue.path === undefined || issue.path === null ? null : cleanText(issue.path);
    return {
      kind: "issue",
      rule,
      severity: severityOf(issue.severity, scanType),
      severityWord: cleanText(issue.severity),
      title: firstLine(message) || rule,
      message,
      target: null,
      path,
      line: issue.line ?? null,
      packageName: null,
      installedVersion: null,
      fixedVersion: null,
      url: null,
      detail: {},
      identity: ["issue", rule, path, message.replace(/\d+/g, "#")],
      standing: "open",
      toolKey: null,
      isPlaced: false,
      variant: "",
    };
  });
}

/** Whether the issues are all there are, so that what is missing from them is fixed. */
export function issuesAreComplete(results: Results): boolean {
  return results.issues !== undefined && results.total !== undefined && results.issues.length === results.total;
}

/** A warning where the sender's counts and the report's differ; the report's stand. */
export function disagreement(results: Results, counts: SeverityCounts | TestCounts): Warning[] {
  const own: Record<string, unknown> = results;
  const differing = Object.entries(counts).filter(([name, value]) => typeof own[name] === "number" && own[name] !== value);
  if (differing.length === 0) return [];
  const list = differing.map(([name, value]) => `${name} ${String(own[name])} sent, ${value} read`).join("; ");
  return [{ code: "counts_differ", message: `The counts in results differ from the report, and the report's stand: ${list}.` }];
}

function severityCountsOf(results: Results): { counts: SeverityCounts; warnings: Warning[] } {
  const { critical = 0, high = 0, medium = 0, low = 0, info = 0, unknown = 0 } = results;
  const sum = critical + high + medium + low + info + unknown;
  const counts = { critical, high, medium, low, info, unknown, total: results.total ?? sum };
  if (results.total === undefined || results.total === sum) return { counts, warnings: [] };
  if (results.total > sum) {
    return {
      counts: { ...counts, unknown: unknown + results.total - sum },
      warnings: [{ code: "total_differs", message: `total is ${results.total} and the severities add up to ${sum}; the rest is counted as unknown.` }],
    };
  }
  return {
    counts: { ...counts, total: sum },
    warnings: [{ code: "total_differs", message: `total is ${results.total} and the severities add up to ${sum}; the sum stands.` }],
  };
}

function testCountsOf(results: Results): { counts: TestCounts; warnings: Warning[] } {
  const isCounted = [results.passed, results.failed, results.skipped, results.errors].some((value) => value !== undefined);
  const hasSeverities = severities.some((severity) => results[severity] !== undefined);
  if (!isCounted && hasSeverities) {
    const { counts } = severityCountsOf(results);
    const failed = counts.total;
    return {
      counts: { passed: 0, failed, skipped: 0, flaky: 0, errors: 0, total: failed },
      warnings: [
        {
          code: "severities_for_tests",
          message: "A test scan was sent with severities alone; each is counted as a failed test. Send passed, failed, skipped, errors and total.",
        },
      ],
    };
  }
  const { passed = 0, failed = 0, skipped = 0, errors = 0, flaky = 0 } = results;
  const sum = passed + failed + skipped + errors;
  const total = results.total ?? sum;
  const warnings = total === sum ? [] : [{ code: "total_differs", message: `total is ${total} and the tests add up to ${sum}.` }];
  return { counts: { passed, failed, skipped, flaky, errors, total }, warnings };
}

function firstLine(text: string): string {
  return cleanText(text.split("\n", 1)[0] ?? "", titleCharacters);
}

import type { Dismissal, Finding, Severity } from "@sentinal/contract";
import type { ExportedFinding, ExportedFindings } from "./export-rows.ts";

/** Rules of a run that are described; results of further ones name theirs only. */
const mostRules = 10_000;

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
  unknown: "warning",
};
/** In the middle of each range that GitHub and others read severities from. */
const securitySeverities: Partial<Readonly<Record<Severity, string>>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };
const reasonWords: Readonly<Record<NonNullable<Dismissal["reason"]>, string>> = {
  false_positive: "False positive",
  accepted_risk: "Accepted risk",
  wont_fix: "Will not be fixed",
  used_in_tests: "Used in tests",
};

/** SARIF 2.1.0 with one run a tool that has findings. `read` gives a tool's findings, so many at most. */
export async function* sarifOf(
  tools: readonly string[],
  read: (tool: string, most: number) => ExportedFindings,
  most: number,
): AsyncGenerator<string, void, undefined> {
  yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[';
  let left = most;
  let isCut = false;
  let separator = "\n";
  for (const tool of tools) {
    const findings = read(tool, Math.max(1, left));
    const first = await findings.next();
    if (first.done === true) continue;
    if (left <= 0) {
      isCut = true;
      break;
    }
    yield separator;
    separator = ",\n";
    const end = yield* runOf(tool, first.value, findings);
    left -= end.count;
    isCut ||= end.isCut;
  }
  yield `\n],"properties":{"sentinal/is-cut":${isCut},"sentinal/most-findings":${most}}}\n`;
}

type Rule = { index: number; descriptor: Record<string, unknown> };

/** The rules stand behind the results, which tell them. */
async function* runOf(tool: string, first: ExportedFinding, rest: ExportedFindings): AsyncGenerator<string, { count: number; isCut: boolean }, undefined> {
  const rules = new Map<string, Rule>();
  yield `{"columnKind":"utf16CodeUnits","results":[\n${JSON.stringify(resultOf(first, ruleOf(rules, first.finding)))}`;
  for (let count = 1; ; count++) {
    const next = await rest.next();
    if (next.done === true) {
      const driver = { name: tool, rules: [...rules.values()].map(({ descriptor }) => descriptor) };
      yield `\n],"tool":${JSON.stringify({ driver })}}`;
      return { count, isCut: next.value };
    }
    yield `,\n${JSON.stringify(resultOf(next.value, ruleOf(rules, next.value.finding)))}`;
  }
}

/** The rule by its place in the run's list, where it has one. */
function ruleOf(rules: Map<string, Rule>, finding: Finding): number | null {
  const known = rules.get(finding.rule);
  if (known !== undefined) return known.index;
  if (rules.size >= mostRules) return null;
  const score = scoreOf(finding);
  const descriptor = {
    id: finding.rule,
    ...(finding.title !== "" && { shortDescription: { text: finding.title } }),
    ...(finding.url !== null && { helpUri: finding.url }),
    ...(score !== undefined && { properties: { "security-severity": score } }),
  };
  const index = rules.size;
  rules.set(finding.rule, { index, descriptor });
  return index;
}

/** Linters tell of style and mistakes: a score would make each a hole to those who read it. */
function scoreOf(finding: Finding): string | undefined {
  return finding.scan_type === "lint" ? undefined : securitySeverities[finding.severity];
}

function resultOf({ finding, dismissal }: ExportedFinding, ruleIndex: number | null): Record<string, unknown> {
  const score = scoreOf(finding);
  return {
    ruleId: finding.rule,
    ...(ruleIndex !== null && { ruleIndex }),
    level: levels[finding.severity],
    message: { text: finding.message || finding.title || finding.rule },
    locations: locationsOf(finding),
    partialFingerprints: { "sentinal/finding-id": String(finding.id) },
    baselineState: finding.state === "fixed" || finding.change === "fixed" ? "absent" : finding.change === "new" ? "new" : "unchanged",
    ...(dismissal !== null && { suppressions: [suppressionOf(dismissal)] }),
    properties: {
      ...(score !== undefined && { "security-severity": score }),
      "sentinal/repository": finding.repository,
      "sentinal/branch": finding.branch,
      "sentinal/state": finding.state,
      "sentinal/severity": finding.severity,
      "sentinal/kind": finding.kind,
      "sentinal/first-seen-at": finding.first_seen_at,
    },
  };
}

/** The file, or what the tool looked at where it names none. */
function locationsOf({ path, line, target, package_name: packageName }: Finding): Record<string, unknown>[] {
  const names = [target, packageName].filter((name) => name !== null && name !== "");
  const location = {
    ...(path !== null &&
      path !== "" && {
        physicalLocation: { artifactLocation: addressOf(path), ...(line !== null && line > 0 && { region: { startLine: line } }) },
      }),
    ...(names.length > 0 && { logicalLocations: [{ fullyQualifiedName: names.join(" ") }] }),
  };
  return Object.keys(location).length === 0 ? [] : [location];
}

function addressOf(path: string): { uri: string; uriBaseId?: string } {
  if (/^https?:\/\//.test(path)) return { uri: encodeURI(path) };
  const uri = path.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: "%SRCROOT%" };
}

/** Something that only the source tells of is `inSource`; all that is known here came from outside of it. */
function suppressionOf({ by, username, reason, comment }: Dismissal): Record<string, unknown> {
  const why = [reason === null ? null : reasonWords[reason], comment].filter((part) => part !== null).join(": ");
  const who = by === "tool" ? "Dismissed by the tool" : username === null ? null : `(${username})`;
  const justification = [why, who].filter((part) => part !== null && part !== "").join(" ");
  return { kind: "external", status: "accepted", ...(justification !== "" && { justification }) };
}

import type { FindingDetail } from "@sentinal/contract";
import { safeUrl } from "../../safe-url.ts";
import { type FlowView, type PlaceView, readFlows, readOtherPlaces } from "./detail-places.ts";
import { readRequests, type RequestsView } from "./detail-requests.ts";
import { isObject, listOf, numberOf, textOf, textsOf } from "./detail-values.ts";
import { plainWords } from "./tool-words.ts";

export type CodeLine = { number: number | null; content: string; isCause: boolean };
export type Score = { source: string; version: string; score: number; vector: string | null };
/** What the tool says of the rule itself, whatever was found by it. */
export type RuleView = { name: string | null; text: string | null };

/** What tools say of a finding besides, as far as the page knows it. All of it is text from a report. */
export type DetailView = {
  description: string | null;
  resolution: string | null;
  rule: RuleView;
  otherInfo: string | null;
  references: string[];
  scores: Score[];
  codeLines: CodeLine[];
  match: string | null;
  requests: RequestsView | null;
  flows: FlowView[];
  otherPlaces: { places: PlaceView[]; more: number };
  /** SonarQube's two systems of severities. */
  severities: { old: string | null; impacts: { quality: string; severity: string }[] } | null;
  tags: string[];
  facts: { name: string; value: string }[];
  /** Why the tool itself does not count it. */
  suppressions: string[];
  isTruncated: boolean;
};

/** Where a member is a constant of the tool's, it is written as words. */
const factNames: readonly (readonly [name: string, words: string, isConstant?: "constant"])[] = [
  ["confidence", "Confidence", "constant"],
  ["type", "Type", "constant"],
  ["security_category", "Category"],
  ["category", "Category"],
  ["clean_code_category", "Clean code", "constant"],
  ["clean_code_attribute", "Attribute", "constant"],
  ["effort", "Effort"],
  ["status", "Status", "constant"],
  ["issue_status", "Issue status", "constant"],
  ["resolution", "Resolution", "constant"],
  ["assignee", "Assignee"],
  ["author", "Author"],
  ["severity_source", "Severity from"],
  ["published_at", "Published"],
  ["last_modified_at", "Changed"],
  ["created_at", "Created"],
  ["updated_at", "Changed"],
  ["purl", "Package URL"],
  ["package_path", "Package path"],
  ["layer_digest", "Layer"],
  ["resource", "Resource"],
  ["provider", "Provider"],
  ["service", "Service"],
  ["logical", "In"],
  ["location_message", "At the place"],
  ["language", "Language"],
  ["precision", "Precision"],
  ["problem_severity", "Problem"],
  ["source", "Source"],
  ["message_id", "Message id"],
  ["baseline_state", "Baseline", "constant"],
  ["plugin_id", "Plugin"],
  ["tool", "Tool"],
];

/** Reads a finding's detail; anything of another shape than expected is left out, not shown wrong. */
export function readDetail(finding: Pick<FindingDetail, "kind" | "detail" | "message" | "scan_type" | "rule">): DetailView {
  const { detail } = finding;
  const mask = finding.kind === "secret" ? maskSecret : (text: string) => text;
  const match = textOf(detail["match"]);
  const isSonarqube = finding.scan_type === "sonarqube";
  return {
    description: textOf(detail["description"]),
    // SonarQube's word for how an issue was closed has the same name.
    resolution: textOf(detail["solution"]) ?? textOf(detail["fix"]) ?? (isSonarqube ? null : textOf(detail["resolution"])),
    rule: readRule(finding),
    otherInfo: textOf(detail["other_info"]),
    references: textsOf(detail["references"]).flatMap((one) => safeUrl(one) ?? []),
    scores: [...readScores(detail["cvss"]), ...readSecuritySeverity(detail["security_severity"])],
    codeLines: listOf(detail["code_lines"]).flatMap((line) => readLine(line, mask)),
    match: match === null ? null : mask(match),
    requests: readRequests(detail),
    flows: readFlows(detail),
    otherPlaces: readOtherPlaces(detail),
    severities: isSonarqube ? readSeverities(detail) : null,
    tags: readTags(detail["tags"]),
    facts: readFacts(finding),
    suppressions: readSuppressions(detail["suppressions"]),
    isTruncated: detail["truncated"] === true,
  };
}

function readRule({ detail, rule }: Pick<FindingDetail, "detail" | "rule">): RuleView {
  const name = textOf(detail["rule_title"]) ?? textOf(detail["rule_name"]);
  const [description, help] = [textOf(detail["rule_description"]), textOf(detail["help"])];
  // Helps often begin with the description again.
  const text = description !== null && help?.startsWith(description) !== true ? [description, help].filter((part) => part !== null).join("\n\n") : help;
  return { name: name === rule ? null : name, text };
}

function readSeverities(detail: Readonly<Record<string, unknown>>): DetailView["severities"] {
  const old = textOf(detail["severity"]) ?? textOf(detail["vulnerability_probability"]);
  const impacts = listOf(detail["impacts"]).flatMap((one) => {
    const quality = isObject(one) ? textOf(one["software_quality"]) : null;
    const severity = isObject(one) ? textOf(one["severity"]) : null;
    return quality === null || severity === null ? [] : [{ quality: plainWords(quality), severity: plainWords(severity) }];
  });
  return old === null && impacts.length === 0 ? null : { old: old === null ? null : plainWords(old), impacts };
}

/** Words, or ZAP's tags with their names. */
function readTags(value: unknown): string[] {
  return listOf(value).flatMap((one) => textOf(isObject(one) ? one["tag"] : one) ?? []);
}

function readFacts({ detail, message, scan_type: scanType }: Pick<FindingDetail, "detail" | "message" | "scan_type">): DetailView["facts"] {
  const named = factNames.flatMap(([name, words, isConstant]) => {
    if (name === "resolution" && scanType !== "sonarqube") return [];
    const value = textOf(detail[name]);
    if (value === null || value === message) return [];
    return [{ name: words, value: shownDate(value) ?? (isConstant === undefined ? value : plainWords(value)) }];
  });
  const lists = [
    ["cwe_ids", "CWE"],
    ["wasc_ids", "WASC"],
    ["taxa", "Taxonomies"],
    ["vendor_ids", "Advisories"],
  ] as const;
  return [
    ...named,
    ...lists.flatMap(([name, words]) => {
      const values = textsOf(detail[name]);
      return values.length === 0 ? [] : [{ name: words, value: values.join(", ") }];
    }),
    ...(detail["fixable"] === true ? [{ name: "Fix", value: "the tool can fix it itself" }] : []),
  ];
}

function readSuppressions(value: unknown): string[] {
  return listOf(value).flatMap((one) => {
    if (!isObject(one)) return [];
    const words = [textOf(one["kind"]), textOf(one["status"]), textOf(one["justification"])].filter((word) => word !== null);
    return words.length === 0 ? [] : [words.join(", ")];
  });
}

/** SARIF's one score, 0 to 10. */
function readSecuritySeverity(value: unknown): Score[] {
  const score = numberOf(value);
  return score === null ? [] : [{ source: "security-severity", version: "", score, vector: null }];
}

/** Hides a secret's value where the tool did not: all but the first four characters of each long word. */
export function maskSecret(text: string): string {
  if (text.includes("***")) return text;
  return text.replace(/[\w+/=.~-]{8,}/g, (word) => `${word.slice(0, 4)}${"*".repeat(Math.min(12, word.length - 4))}`);
}

/** A moment of the tool's as a day; null for any other text. */
function shownDate(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(Date.parse(text))) return null;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(text));
}

function readScores(value: unknown): Score[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([source, entry]) => {
    if (!isObject(entry)) return [];
    const versions = [
      ["v40", "4.0"],
      ["v3", "3"],
      ["v2", "2"],
    ] as const;
    for (const [key, version] of versions) {
      const score = entry[`${key}_score`];
      if (typeof score === "number") return [{ source, version, score, vector: textOf(entry[`${key}_vector`]) }];
    }
    return [];
  });
}

function readLine(value: unknown, mask: (text: string) => string): CodeLine[] {
  if (!isObject(value) || typeof value["content"] !== "string") return [];
  const isCause = value["is_cause"] === true;
  return [{ number: typeof value["number"] === "number" ? value["number"] : null, content: isCause ? mask(value["content"]) : value["content"], isCause }];
}

import type { FindingDetail } from "@sentinal/contract";
import { safeUrl } from "../../safe-url.ts";

export type CodeLine = { number: number | null; content: string; isCause: boolean };
export type Score = { source: string; version: string; score: number; vector: string | null };

/** What tools say of a finding besides, as far as the page knows it. All of it is text from a report. */
export type DetailView = {
  description: string | null;
  resolution: string | null;
  references: string[];
  scores: Score[];
  codeLines: CodeLine[];
  match: string | null;
  facts: { name: string; value: string }[];
  isTruncated: boolean;
};

const factNames: readonly (readonly [string, string])[] = [
  ["status", "Status"],
  ["severity_source", "Severity from"],
  ["published_at", "Published"],
  ["last_modified_at", "Changed"],
  ["purl", "Package URL"],
  ["package_path", "Package path"],
  ["layer_digest", "Layer"],
  ["resource", "Resource"],
  ["provider", "Provider"],
  ["service", "Service"],
  ["category", "Category"],
  ["confidence", "Confidence"],
  ["type", "Type"],
];

/** Reads a finding's detail; anything of another shape than expected is left out, not shown wrong. */
export function readDetail(finding: Pick<FindingDetail, "kind" | "detail" | "message">): DetailView {
  const { detail } = finding;
  const mask = finding.kind === "secret" ? maskSecret : (text: string) => text;
  const match = textOf(detail["match"]);
  return {
    description: textOf(detail["description"]),
    resolution: textOf(detail["resolution"]),
    references: listOf(detail["references"]).flatMap((one) => safeUrl(textOf(one)) ?? []),
    scores: readScores(detail["cvss"]),
    codeLines: listOf(detail["code_lines"]).flatMap((line) => readLine(line, mask)),
    match: match === null ? null : mask(match),
    facts: [
      ...factNames.flatMap(([name, words]) => {
        const value = textOf(detail[name]);
        return value === null || value === finding.message ? [] : [{ name: words, value: shownDate(value) ?? value }];
      }),
      ...wordsFact(detail["cwe_ids"], "CWE"),
      ...wordsFact(detail["vendor_ids"], "Advisories"),
    ],
    isTruncated: detail["truncated"] === true,
  };
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

function wordsFact(value: unknown, name: string): { name: string; value: string }[] {
  const words = listOf(value).filter((word) => typeof word === "string");
  return words.length === 0 ? [] : [{ name, value: words.join(", ") }];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

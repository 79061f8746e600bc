import type { Severity } from "@sentinal/contract";
import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { FindingRecord } from "../reader.ts";

/** Words of an issue's severity, of an impact and of a hotspot's probability; `high` to `low` mean the same in the last two. */
const severities: ReadonlyMap<string, Severity> = new Map([
  ["blocker", "critical"],
  ["critical", "high"],
  ["major", "medium"],
  ["minor", "low"],
  ["high", "high"],
  ["medium", "medium"],
  ["low", "low"],
  ["info", "info"],
]);
const strongestFirst: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

const dismissals = new Set(["FALSE_POSITIVE", "WONTFIX", "ACCEPTED", "SAFE", "ACKNOWLEDGED"]);
const endings = new Set(["RESOLVED", "FIXED", "REMOVED"]);

/** An impact on a quality of the software, the severity system that stands beside the old one. */
type Impact = { software_quality: string; severity: string };

export function impactsOf(value: unknown): Impact[] {
  const impacts: Impact[] = [];
  for (const entry of listOf(value).slice(0, limits.detailEntries)) {
    const quality = isObject(entry) ? textOf(member(entry, "softwareQuality"), limits.word) : null;
    const severity = isObject(entry) ? textOf(member(entry, "severity"), limits.word) : null;
    if (quality !== null && severity !== null) impacts.push({ software_quality: quality, severity });
  }
  return impacts;
}

/** The severity by the tool's own word, else by the strongest impact. Answers of `issues/list` have impacts alone: their word is `none`. */
export function severityOf(word: string | null, impacts: readonly Impact[]): { severity: Severity; severityWord: string } {
  const severityWord = word?.trim().toLowerCase() ?? "none";
  const known = severities.get(severityWord);
  if (known !== undefined) return { severity: known, severityWord };
  const ranks = impacts.map(({ severity }) => strongestFirst.indexOf(severities.get(severity.trim().toLowerCase()) ?? "unknown"));
  const strongest = Math.min(...ranks.filter((rank) => rank !== -1));
  return { severity: strongestFirst[strongest] ?? "unknown", severityWord };
}

/** What the server says of an issue or a hotspot, in the words of its old statuses and of its new ones. */
export function standingOf(entry: JsonObject): FindingRecord["standing"] {
  const wordOf = (name: string) => {
    const word = member(entry, name);
    if (word === undefined || word === "OPEN") return "";
    return textOf(word, limits.word)?.trim().toUpperCase().replaceAll("-", "_") ?? "";
  };
  const status = wordOf("status");
  const words = [status, wordOf("resolution"), wordOf("issueStatus")];
  // A closed issue is no longer in the code, whatever was said of it before.
  if (status === "CLOSED") return "gone";
  if (words.some((word) => dismissals.has(word))) return "dismissed";
  if (words.some((word) => endings.has(word))) return "gone";
  return status === "REVIEWED" ? "dismissed" : "open";
}

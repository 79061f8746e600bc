import { compact, saysSomething, setMember } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, listOf, member, memberAt, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { cleanText, webAddress } from "../text.ts";

/** Trivy's own numbers for the severities of other sources. */
const vendorSeverities = ["unknown", "low", "medium", "high", "critical"];

/** At most `limits.references` addresses of the web. */
export function referencesOf(value: unknown): string[] {
  const found: string[] = [];
  for (const entry of listOf(value)) {
    const address = typeof entry === "string" && entry.length <= limits.url ? webAddress(entry) : null;
    if (address !== null) found.push(address);
    if (found.length === limits.references) break;
  }
  return found;
}

/** A short list of words. */
export function wordsOf(value: unknown): string[] {
  const words: string[] = [];
  for (const entry of listOf(value)) {
    const word = textOf(entry, limits.word);
    if (word !== null) words.push(word);
    if (words.length === limits.detailEntries) break;
  }
  return words;
}

/** Scores by source: `{nvd: {v3_vector, v3_score}}`. */
export function cvssOf(value: unknown): Record<string, unknown> {
  return mapOf(value, (entry) => {
    if (!isObject(entry)) return null;
    return compact({
      v2_vector: textOf(member(entry, "V2Vector"), limits.word),
      v2_score: numberOf(member(entry, "V2Score")),
      v3_vector: textOf(member(entry, "V3Vector"), limits.word),
      v3_score: numberOf(member(entry, "V3Score")),
      v40_vector: textOf(member(entry, "V40Vector"), limits.word),
      v40_score: numberOf(member(entry, "V40Score")),
    });
  });
}

/** Severities by source as words: `{nvd: "high"}`. */
export function vendorSeverityOf(value: unknown): Record<string, unknown> {
  return mapOf(value, (entry) => (typeof entry === "number" ? vendorSeverities[entry] : undefined) ?? textOf(entry, limits.word));
}

function mapOf(value: unknown, read: (entry: unknown) => unknown): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  if (!isObject(value)) return map;
  let count = 0;
  for (const name of Object.keys(value)) {
    if (count++ === limits.detailEntries) break;
    const entry = read(value[name]);
    if (saysSomething(entry)) setMember(map, cleanText(name, limits.word), entry);
  }
  return map;
}

export function dataSourceOf(value: unknown): Record<string, unknown> | null {
  if (!isObject(value)) return null;
  return compact({
    id: textOf(member(value, "ID"), limits.word),
    name: textOf(member(value, "Name"), limits.word),
    url: webAddress(textOf(member(value, "URL"), limits.url)),
  });
}

/** The lines of code around a finding; of a longer excerpt the part that its cause begins in. */
export function codeLinesOf(entry: JsonObject, ...path: string[]): Record<string, unknown>[] {
  const lines = listOf(memberAt(entry, ...path, "Lines")).filter(isObject);
  const cause = lines.length > limits.codeLines ? lines.findIndex((line) => member(line, "IsCause") === true) : 0;
  const linesBeforeCause = 5;
  const first = Math.max(0, Math.min(cause - linesBeforeCause, lines.length - limits.codeLines));
  return lines.slice(first, first + limits.codeLines).map((line) => ({
    number: lineOf(member(line, "Number")),
    content: textOf(member(line, "Content"), limits.codeLine) ?? "",
    is_cause: member(line, "IsCause") === true,
  }));
}

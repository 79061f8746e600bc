import { lineBreaks } from "../html.ts";
import { limits } from "../limits.ts";
import { cleanText } from "../text.ts";

/** Members by the names of the XML in lower case, so that JSON and XML have the same. */
export type Facts = Map<string, string>;

/** What is kept of an alert's and of an instance's members, in characters. Texts that hold paragraphs are cut again when they are read. */
const factLimits: ReadonlyMap<string, number> = new Map([
  ["pluginid", limits.word],
  ["alertref", limits.word],
  ["alert", limits.title],
  ["name", limits.title],
  ["riskcode", limits.word],
  ["confidence", limits.word],
  ["riskdesc", limits.word],
  ["confidencedesc", limits.word],
  ["desc", limits.xmlText],
  ["solution", limits.xmlText],
  ["otherinfo", limits.xmlText],
  ["reference", limits.xmlText],
  ["count", limits.word],
  ["systemic", limits.word],
  ["cweid", limits.word],
  ["wascid", limits.word],
  ["sourceid", limits.word],
  ["uri", limits.url],
  ["nodename", limits.url],
  ["method", limits.word],
  ["param", limits.word],
  ["attack", limits.instanceText],
  ["evidence", limits.instanceText],
  ["requestheader", limits.instanceText],
  ["requestbody", limits.instanceText],
  ["responseheader", limits.instanceText],
  ["responsebody", limits.instanceText],
]);

/** Names as the reports write them: those of the facts, and the spellings of JSON. */
const spellings: ReadonlyMap<string, string> = new Map([
  ...[...factLimits.keys()].map((name): [string, string] => [name, name]),
  ["alertRef", "alertref"],
  ["nodeName", "nodename"],
  ["request-header", "requestheader"],
  ["request-body", "requestbody"],
  ["response-header", "responseheader"],
  ["response-body", "responsebody"],
]);

/** The name of a member as the facts have it: `request-header` of JSON is `requestheader` of XML; null for what is none. */
export function factName(name: string): string | null {
  return spellings.get(name) ?? null;
}

/** A member's text, clean and cut; null for what is not known, says nothing, or is no text, number or truth value. */
export function factOf(name: string, value: unknown): string | null {
  if (value === "") return null;
  const limit = factLimits.get(name);
  if (limit === undefined || (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")) return null;
  const whole = String(value);
  // Line breaks of two characters become one, so twice as much is enough to fill the limit.
  const text = lineBreaks(whole.length > limit * 2 ? whole.slice(0, limit * 2) : whole).trim();
  return text === "" ? null : cleanText(text, limit);
}

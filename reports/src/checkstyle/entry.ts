import type { Severity } from "@sentinal/contract";
import { compact } from "../detail.ts";
import { lineOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { fatalRule, noRule, placedFinding } from "../places/placed-finding.ts";
import type { FindingRecord } from "../reader.ts";
import { cleanText } from "../text.ts";

/** What linters put in front of a rule's name to say whose it is; names of Java classes are the rules themselves. */
const sourcePrefixes = ["eslint.rules.", "stylelint.rules.", "failure.tslint.", "jshint.", "ShellCheck."];

const severities = new Map<string, Severity>([
  ["blocker", "critical"],
  ["critical", "critical"],
  ["fatal", "high"],
  ["error", "high"],
  ["major", "medium"],
  ["warning", "medium"],
  ["warn", "medium"],
  ["minor", "low"],
  ["note", "low"],
  ["notice", "low"],
  ["style", "low"],
  ["info", "info"],
  ["ignore", "info"],
]);

/** A rule in brackets behind a message: `(no-undef)`, `(security/detect-eval)`, `[E501]`. */
const ruleInMessage = / (?:\((@?[a-z][\w.]*(?:[-/][\w.@-]+)+)\)|\[([A-Z]{1,5}\d{1,6})\])$/;
/** So ESLint begins the message of a file that it could not read, which has no rule. */
const parsingError = /^Parsing error: /;

/** An `error` element as a finding; null when it says nothing. */
export function readError(attributes: ReadonlyMap<string, string>, path: string | null): FindingRecord | null {
  const source = attributeOf(attributes, "source", limits.rule);
  const said = attributes.get("message") ?? "";
  if (source === null && said === "") return null;
  const rule = source === null ? ruleOf(said) : withoutPrefix(source);
  const message = cleanText(withoutRule(said, rule), limits.message);
  const severityWord = attributeOf(attributes, "severity", limits.severityWord);
  const word = severityWord?.toLowerCase() ?? "";
  const finding = placedFinding({
    rule,
    severity: severities.get(word) ?? "unknown",
    severityWord,
    message: message === "" ? rule : message,
    path,
    line: lineOf(attributes.get("line")),
    url: null,
    detail: compact({ column: lineOf(attributes.get("column")), source: source === rule ? null : source }),
  });
  return word === "ignore" ? { ...finding, standing: "dismissed" } : finding;
}

function attributeOf(attributes: ReadonlyMap<string, string>, name: string, limit: number): string | null {
  const value = attributes.get(name)?.trim() ?? "";
  return value === "" ? null : cleanText(value, limit);
}

function withoutPrefix(source: string): string {
  const prefix = sourcePrefixes.find((known) => source.startsWith(known) && source.length > known.length);
  return prefix === undefined ? source : source.slice(prefix.length);
}

function ruleOf(message: string): string {
  const found = ruleInMessage.exec(message.slice(-limits.rule));
  return found?.[1] ?? found?.[2] ?? (parsingError.test(message) ? fatalRule : noRule);
}

/** ESLint writes the rule behind the message too, which its other formats do not. */
function withoutRule(message: string, rule: string): string {
  const isWritten = message.endsWith(` (${rule})`) || message.endsWith(` [${rule}]`);
  return isWritten ? message.slice(0, -rule.length - " ()".length) : message;
}

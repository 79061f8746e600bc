import type { Severity } from "@sentinal/contract";
import { compact } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { fatalRule, noRule, placedFinding } from "../places/placed-finding.ts";
import type { FindingRecord } from "../reader.ts";

const words = new Map([
  ["2", "error"],
  ["error", "error"],
  ["1", "warning"],
  ["warning", "warning"],
  ["warn", "warning"],
  ["0", "off"],
]);

const severities = new Map<string, Severity>([
  ["error", "high"],
  ["warning", "medium"],
  ["off", "info"],
]);

/** A message as a finding; null when it says neither what is wrong nor which rule says so. */
export function readMessage(entry: JsonObject, path: string | null, urlOf: (rule: string) => string | null): FindingRecord | null {
  const ownRule = textOf(member(entry, "ruleId"), limits.rule);
  const message = textOf(member(entry, "message"), limits.message);
  if (ownRule === null && message === null) return null;
  const isFatal = member(entry, "fatal") === true;
  const rule = ownRule ?? (isFatal ? fatalRule : noRule);
  const severityWord = isFatal ? "error" : severityWordOf(member(entry, "severity"));
  return placedFinding({
    rule,
    severity: severities.get(severityWord?.toLowerCase() ?? "") ?? "unknown",
    severityWord,
    message: message ?? rule,
    path,
    line: lineOf(member(entry, "line")),
    url: urlOf(rule),
    detail: compact({
      column: lineOf(member(entry, "column")),
      end_line: lineOf(member(entry, "endLine")),
      end_column: lineOf(member(entry, "endColumn")),
      fixable: isObject(member(entry, "fix")) ? true : null,
      fatal: isFatal ? true : null,
      message_id: textOf(member(entry, "messageId"), limits.word),
    }),
  });
}

function severityWordOf(value: unknown): string | null {
  const word = textOf(value, limits.severityWord);
  return word === null ? null : (words.get(word.trim().toLowerCase()) ?? word);
}

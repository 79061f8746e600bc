import type { Severity } from "@sentinal/contract";
import type { FindingRecord } from "../reader.ts";
import { limits } from "../limits.ts";
import { cleanText, shortHash } from "../text.ts";
import { maskedMessage } from "./masking.ts";

/** The rule of a file that the linter could not read; it stands for no rule of its own. */
export const fatalRule = "fatal";
/** The rule of what no rule said, such as a directive that nothing uses. */
export const noRule = "unknown";

/** What a linter says of one place; texts are clean and cut to their limits. */
export type PlacedProblem = {
  rule: string;
  severity: Severity;
  severityWord: string | null;
  message: string;
  path: string | null;
  line: number | null;
  url: string | null;
  detail: Record<string, unknown>;
};

/** A message up to this long is a variant itself; of a longer one its hash is. */
const variantCharacters = 200;

/** The finding at a place of a source file; the same run of a linter gives the same identities in each of its formats. */
export function placedFinding({ rule, severity, severityWord, message, path, line, url, detail }: PlacedProblem): FindingRecord {
  const masked = maskedMessage(message);
  return {
    kind: "issue",
    rule,
    severity,
    severityWord,
    standing: "open",
    title: titleOf(message) || rule,
    message,
    target: null,
    path,
    line,
    packageName: null,
    installedVersion: null,
    fixedVersion: null,
    url,
    detail,
    toolKey: null,
    isPlaced: path !== null,
    identity: ["place", rule, path, masked],
    variant: masked === message ? "" : message.length <= variantCharacters ? message : shortHash(message),
  };
}

function titleOf(message: string): string {
  if (message.length <= limits.title && !message.includes("\n")) return message.trim();
  return cleanText(message.trimStart().split("\n", 1)[0] ?? "", limits.title).trimEnd();
}

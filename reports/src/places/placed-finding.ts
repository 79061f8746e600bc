import type { Severity } from "@sentinal/contract";
import type { FindingRecord } from "../reader.ts";
import { limits } from "../limits.ts";
import { cleanText, shortHash } from "../text.ts";
import { maskedMessage } from "./masking.ts";

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

/** The finding at a place of a source file; the same run of a linter gives the same identities in each of its formats. */
export function placedFinding(problem: PlacedProblem): FindingRecord {
  const { rule, path, message } = problem;
  const masked = maskedMessage(message);
  return {
    kind: "issue",
    ...problem,
    standing: "open",
    title: cleanText(message.trimStart().split("\n", 1)[0] ?? "", limits.title).trimEnd() || rule,
    target: null,
    packageName: null,
    installedVersion: null,
    fixedVersion: null,
    toolKey: null,
    isPlaced: true,
    identity: ["place", rule, path, masked],
    variant: masked === message ? "" : shortHash(message),
  };
}

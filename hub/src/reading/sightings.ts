import { hash } from "node:crypto";
import type { Severity } from "@sentinal/contract";
import type { FindingRecord } from "@sentinal/reports";

/**
 * A finding as it came, with what it is matched and compared by. What is shown of it is written out already: it crosses
 * from the thread that read it to the database without being taken apart again.
 */
export type Sighting = {
  /** 128 bits of SHA-256 over the identity, written as a UUID. */
  identity: string;
  variant: string;
  /** The same over all that is shown: a difference means that the finding is written again. */
  contentHash: string;
  severity: Severity;
  severityRank: number;
  line: number | null;
  /** Columns of `findings` as a JSON object, without those that its place in the table gives (`ordinal`, `id`). */
  row: string;
};

const ranks: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4, unknown: 5 };

export function sightingOf(record: FindingRecord): Sighting {
  const identity = shortHash(JSON.stringify(record.identity));
  const variant = record.variant.slice(0, 500);
  const line = lineOf(record.line);
  const shown = JSON.stringify({
    variant,
    kind: record.kind,
    severity: record.severity,
    severity_rank: ranks[record.severity],
    severity_word: record.severityWord,
    rule: record.rule,
    title: record.title,
    message: record.message,
    target: record.target,
    path: record.path,
    line,
    package_name: record.packageName,
    installed_version: record.installedVersion,
    fixed_version: record.fixedVersion,
    url: record.url,
    detail: record.detail,
  });
  const contentHash = shortHash(shown);
  return {
    identity,
    variant,
    contentHash,
    severity: record.severity,
    severityRank: ranks[record.severity],
    line,
    row: `{"identity":"${identity}","content_hash":"${contentHash}",${shown.slice(1)}`,
  };
}

/** A line fits PostgreSQL's integer, or is not told. */
function lineOf(line: number | null): number | null {
  return line !== null && Number.isInteger(line) && line >= 0 && line <= 2_147_483_647 ? line : null;
}

function shortHash(text: string): string {
  const hex = hash("sha256", text, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

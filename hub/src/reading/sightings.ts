import type { Severity } from "@sentinal/contract";
import { type FindingRecord, shortHash } from "@sentinal/reports";
import { type Evidence, evidenceOf } from "../matching/index.ts";

/**
 * A finding as it came, with what it is matched and compared by. What is shown of it is written out already: it crosses
 * from the thread that read it to the database without being taken apart again.
 */
export type Sighting = Evidence & {
  /** Over all that is shown: a difference means that the finding is written again. */
  contentHash: string;
  severity: Severity;
  severityRank: number;
  /** What the tool itself says of it. */
  standing: FindingRecord["standing"];
  /** Columns of `findings` as a JSON object, without those that its place in the table gives (`ordinal`, `id`). */
  row: string;
};

const ranks: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4, unknown: 5 };

/** A column as the database holds it. */
function wholeColumn(column: number | null | undefined): number | null {
  return column !== null && column !== undefined && Number.isInteger(column) && column >= 0 && column <= 2_147_483_647 ? column : null;
}

/** `content` is the hash of the source at the finding's place, null where the sender told none. */
export function sightingOf(record: FindingRecord, content: string | null): Sighting {
  const evidence = evidenceOf(record, content);
  const { identity, variant, line, place } = evidence;
  const shown = JSON.stringify({
    variant,
    ...(place !== null && {
      tool_key: place.toolKey,
      rule_path: place.rulePath,
      rule_name: place.ruleName,
      message_hash: place.message,
      content: place.content,
      place_column: wholeColumn(place.column),
    }),
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
    ...evidence,
    contentHash,
    severity: record.severity,
    severityRank: ranks[record.severity],
    standing: record.standing,
    row: `{"identity":"${identity}","content_hash":"${contentHash}",${shown.slice(1)}`,
  };
}

import { hash } from "node:crypto";
import { type Severity, severities, type SeverityCounts } from "@sentinal/contract";
import type { FindingRecord } from "@sentinal/reports";

/** A finding as it came, with what it is matched and compared by. */
export type Sighting = {
  record: FindingRecord;
  /** 128 bits of SHA-256 over the identity, written as a UUID. */
  identity: string;
  variant: string;
  /** The same over all that is shown: a difference means that the finding is written again. */
  contentHash: string;
  severityRank: number;
};

const ranks: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4, unknown: 5 };

export function sightingOf(record: FindingRecord): Sighting {
  return {
    record,
    identity: shortHash(JSON.stringify(record.identity)),
    variant: record.variant.slice(0, 500),
    contentHash: shortHash(JSON.stringify(record)),
    severityRank: ranks[record.severity],
  };
}

export function severityOfRank(rank: number): Severity {
  return severities[rank] ?? "unknown";
}

export function noCounts(): SeverityCounts {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: 0 };
}

export function countSeverities(list: Iterable<Severity>): SeverityCounts {
  const counts = noCounts();
  for (const severity of list) {
    counts[severity]++;
    counts.total++;
  }
  return counts;
}

function shortHash(text: string): string {
  const hex = hash("sha256", text, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

import type { FindingRecord } from "@sentinal/reports";
import { baseName, maskedMessage, shortHash } from "@sentinal/reports";

/** What a finding is matched by over runs. Hashes are 128 bits of SHA-256, written as UUIDs. */
export type Evidence = {
  /** Of what the reader calls its identity. */
  identity: string;
  /** Tells equal identities of one report apart. */
  variant: string;
  line: number | null;
  /** Of a finding at a place in a source file, which moves as the file is edited; null for others, which have an identity alone. */
  place: PlaceEvidence | null;
};

export type PlaceEvidence = {
  /** Of the tool's own stable key. */
  toolKey: string | null;
  path: string;
  /** Of rule and path. */
  rulePath: string;
  /** Of rule and the file's base name: what stays when the file moves to another folder. */
  ruleName: string;
  /** Of the message, its numbers masked. */
  message: string;
  /** Of the source at the place, when the sender told it. */
  content: string | null;
  /** Tells equals of one line apart; left out where it is not kept. */
  column?: number | null;
};

/** `content` is the hash of the source at the place, as `contentHashOf` makes it. */
export function evidenceOf(record: FindingRecord, content: string | null = null): Evidence {
  const { rule, path } = record;
  return {
    identity: shortHash(JSON.stringify(record.identity)),
    variant: record.variant.slice(0, 500),
    line: lineOf(record.line),
    place:
      !record.isPlaced || path === null
        ? null
        : {
            toolKey: record.toolKey === null ? null : shortHash(record.toolKey),
            path,
            rulePath: shortHash(`${rule}\0${path}`),
            ruleName: shortHash(`${rule}\0${baseName(path)}`),
            message: shortHash(maskedMessage(record.message)),
            content,
            column: columnOf(record.detail["column"] ?? record.detail["start_column"]),
          },
  };
}

function columnOf(column: unknown): number | null {
  return typeof column === "number" && Number.isFinite(column) ? column : null;
}

/** A line fits PostgreSQL's integer, or is not told. */
function lineOf(line: number | null): number | null {
  return line !== null && Number.isInteger(line) && line >= 0 && line <= 2_147_483_647 ? line : null;
}

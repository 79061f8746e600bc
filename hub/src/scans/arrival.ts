import type { Results, RunFacts, ScanType, Warning } from "@sentinal/contract";
import type { Encoding, ReportReader } from "@sentinal/reports";

/** A report as the routes hand it over: facts and format known, nothing stored but the pieces of a large one. */
export type Arrival = {
  importId: string;
  facts: RunFacts;
  /** All that the sender said, unknown fields with them; kept. */
  envelope: Record<string, unknown>;
  repository: string;
  scanType: ScanType;
  results: Results | null;
  report: {
    reader: ReportReader;
    /** As the content's first bytes tell it; the whole of it may correct that. */
    scanType: ScanType;
    /** Inflated; null when it is stored in pieces already. */
    bytes: Buffer<ArrayBuffer> | null;
    sizeBytes: number;
    /** How the stored bytes are compressed; null: not at all, or they are in memory. */
    encoding: Encoding | null;
    /** What the sender told of the source at the places that the report names, as it is stored; null when nothing. */
    places: Buffer | null;
  } | null;
  sha256: Buffer;
  apiTokenId: number | null;
  /** Of the job's token, where a job of GitHub Actions sent it without an API token. */
  trustBindingId: number | null;
  warnings: Warning[];
};

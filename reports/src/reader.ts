import type { FindingKind, ScanType, Severity } from "@sentinal/contract";

/** One problem as a report tells it. Texts are the tool's own, untrusted, cut to the limits of `limits.ts`. */
export type FindingRecord = {
  kind: FindingKind;
  rule: string;
  severity: Severity;
  /** The tool's own word for the severity, null where it gives none. */
  severityWord: string | null;
  title: string;
  message: string;
  /** The part of the scanned thing it was found in, e.g. a Trivy result's target, as the report writes it. */
  target: string | null;
  path: string | null;
  line: number | null;
  packageName: string | null;
  installedVersion: string | null;
  fixedVersion: string | null;
  /** Only `http:` and `https:` addresses; others are dropped. */
  url: string | null;
  /** What else is worth showing: JSON, at most 64 KB written out. */
  detail: Record<string, unknown>;
  /** What makes it the same finding in the next report, strongest parts first; never a line, a severity or a version alone. */
  identity: readonly (string | null)[];
  /** Tells equal identities of one report apart (a version, a hash); pairs by it come before pairs by order. */
  variant: string;
};

export type ReportSummary = {
  tool: string;
  toolVersion: string | null;
  /** Variant of the format, e.g. `schema-2`. */
  shape: string;
  /** What was scanned, as the report names it, and without image tag or digest, for the scope of matching. */
  artifact: string | null;
  artifactScope: string;
};

export type ReportEvent =
  | { type: "finding"; finding: FindingRecord }
  | { type: "summary"; summary: ReportSummary }
  /**
   * Something could not be read. `partial`: what follows or is missing may hold findings; `refused`: this is no report
   * of this kind. A refusal may come after findings (of a report that turns out to be hostile), and then none of them counts.
   */
  | { type: "problem"; severity: "warning" | "partial" | "refused"; code: string; message: string };

/** A reader of one report format; a folder each under `src/`, registered in `registry.ts`. */
export type ReportReader = {
  format: string;
  scanType: ScanType;
  /** How surely the content is of this format, 0 (no) to 1 (certain), from its first bytes (at most 64 KB, may be cut anywhere). */
  sniff(head: Uint8Array): number;
  /**
   * Reads the whole report as it comes; never throws for what the content holds. The summary comes once, as the last
   * event but problems, and not at all when the report is refused.
   */
  read(source: AsyncIterable<Uint8Array>): AsyncGenerator<ReportEvent, void, undefined>;
};

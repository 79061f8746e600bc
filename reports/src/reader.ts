import type { FindingKind, ScanType, Severity } from "@sentinal/contract";

/** One problem as a report tells it. Texts are the tool's own, untrusted, cut to the limits of `limits.ts`. */
export type FindingRecord = {
  kind: FindingKind;
  rule: string;
  severity: Severity;
  /** The tool's own word for the severity, with the format's default where the report leaves it out; null where there is neither. */
  severityWord: string | null;
  /** What the tool itself says of it: dismissed (suppressed, accepted, a false positive) or gone (fixed, no longer there). */
  standing: "open" | "dismissed" | "gone";
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
  /** The tool's own key for this finding, when it stays the same from run to run; null where it gives none. */
  toolKey: string | null;
  /** True for what is found at a place in a source file, which moves as the file is edited: rule, path and content of the place are then compared too. */
  isPlaced: boolean;
  /** What makes it the same finding in the next report, strongest parts first; never a line, a severity or a version alone. */
  identity: readonly (string | null)[];
  /** Tells equal identities of one report apart (a version, a hash); pairs by it come before pairs by order. */
  variant: string;
};

export type TestOutcome = "passed" | "failed" | "error" | "skipped";

/** An earlier try of a test, as the same report tells it. */
export type TestAttempt = { outcome: TestOutcome; durationMs: number | null; message: string | null; trace: string | null };

/** One test case as a report tells it. Texts are untrusted and cut to `limits.ts`, as a finding's are. */
export type TestRecord = {
  /** `suite`: a file or suite that did not load, which no case tells of. It is an error and no case. */
  kind: "case" | "suite";
  outcome: TestOutcome;
  /** The format's own word in lower case: `disabled`, `todo`, `pending` and the like are `skipped` for us. */
  statusWord: string;
  /** The report itself says that it failed and passed. */
  isFlaky: boolean;
  /** Names of the suites around it, outermost first. */
  suites: readonly string[];
  className: string | null;
  name: string;
  /** Relative to the repository where that can be told. */
  file: string | null;
  line: number | null;
  /** Milliseconds, of the last try; null when the report does not say. */
  durationMs: number | null;
  /** Why it failed or was skipped. */
  message: string | null;
  errorType: string | null;
  trace: string | null;
  /** Tries before the last, oldest first. */
  attempts: readonly TestAttempt[];
  /** Output, properties, parameters, tags and further failures: JSON, at most 64 KB written out. */
  detail: Record<string, unknown>;
  /** What makes it the same test in the next report: suites, class, name, file, parameters; never a time or a message. */
  identity: readonly (string | null)[];
};

/** A verdict that the tool has made itself, such as SonarQube's quality gate. */
export type ToolGate = {
  verdict: "passed" | "failed" | "none";
  verdictWord: string;
  name: string | null;
  conditions: readonly { metric: string; comparator: string | null; threshold: string | null; actual: string | null; verdict: "passed" | "failed" | "none" }[];
};

export type ReportSummary = {
  /** Where the content, not the format, decides the type (SARIF by its driver); else the reader's own. */
  scanType?: ScanType;
  /** The report speaks of a gate alone, and of no findings: nothing is fixed by it. Left out: it holds findings or tests. */
  isGateOnly?: boolean;
  /** False when the report says itself that there is more than it holds: nothing is fixed by it. Left out: true. */
  isComplete?: boolean;
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
  | { type: "test"; test: TestRecord }
  | { type: "gate"; gate: ToolGate }
  | { type: "summary"; summary: ReportSummary }
  /**
   * Something could not be read. `partial`: what follows or is missing may hold findings; `refused`: this is no report
   * of this kind. A refusal may come after findings (of a report that turns out to be hostile), and then none of them counts.
   */
  | { type: "problem"; severity: "warning" | "partial" | "refused"; code: string; message: string };

/** What the sender knows of where the report was made. */
export type ReadOptions = {
  /** The folder that absolute paths of the report are under, as the tool wrote them. */
  workspace?: string;
  /** Findings that the same entries gave before; a reader may keep what it reads there, and need not read it again. */
  memory?: EntryMemory;
};

/** Findings by the JSON they were read from, and by where that stood in its report, as the reader tells it in `place`. They must not be changed. */
export type EntryMemory = {
  recall(place: string, text: string): FindingRecord | null;
  keep(place: string, text: string, finding: FindingRecord): void;
};

/** A reader of one report format; a folder each under `src/`, registered in `registry.ts`. */
export type ReportReader = {
  format: string;
  scanType: ScanType;
  /** How surely the content is of this format, 0 (no) to 1 (certain), from its first bytes (at most 64 KB, may be cut anywhere). */
  sniff(head: Uint8Array): number;
  /**
   * What the content is of, from the same first bytes, where the content and not the format decides that (SARIF: the tool
   * that wrote it); null when they do not tell. The summary tells it for sure.
   */
  scanTypeOf?(head: Uint8Array): ScanType | null;
  /**
   * Reads the whole report as it comes; never throws for what the content holds. The summary comes once, as the last
   * event but problems, and not at all when the report is refused.
   */
  read(source: AsyncIterable<Uint8Array>, options?: ReadOptions): AsyncGenerator<ReportEvent, void, undefined>;
};

import { z } from "zod";
import { RunGate } from "./gates.ts";
import { ScanType, Severity, SeverityCounts, TestCounts } from "./severity.ts";

/** Statuses as people read them. */
export const runStatuses = ["Queued", "Running", "Success", "Failed", "Cancelled"] as const;
export const RunStatus = z.enum(runStatuses);
export type RunStatus = z.infer<typeof RunStatus>;

export const Timestamp = z.iso.datetime({ offset: true });

export const scanStatuses = ["queued", "running", "completed", "failed"] as const;
export const ScanStatus = z.enum(scanStatuses);
export type ScanStatus = z.infer<typeof ScanStatus>;

export const importStatuses = ["queued", "running", "completed", "partial", "refused", "failed"] as const;
export const ImportStatus = z.enum(importStatuses);
export type ImportStatus = z.infer<typeof ImportStatus>;

export const Warning = z.object({ code: z.string(), message: z.string() });
export type Warning = z.infer<typeof Warning>;

/** What a report changed on its branch, in findings. */
export const Changes = z.object({
  new: z.number().int(),
  fixed: z.number().int(),
  reopened: z.number().int(),
  unchanged: z.number().int(),
});
export type Changes = z.infer<typeof Changes>;

export const ScanSummary = z.object({
  id: z.number().int(),
  run_id: z.number().int(),
  run_attempt: z.number().int(),
  scan_type: ScanType,
  tool: z.string(),
  category: z.string(),
  status: ScanStatus,
  /** True when a part of what was sent could not be read. */
  partial: z.boolean(),
  counts: z.union([SeverityCounts, TestCounts]),
  changes: Changes.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type ScanSummary = z.infer<typeof ScanSummary>;

export const Run = z.object({
  id: z.number().int(),
  repository: z.string(),
  commit_hash: z.string(),
  branch: z.string(),
  commit_message: z.string().nullable(),
  status: RunStatus,
  github_run_id: z.number().int().nullable(),
  run_attempt: z.number().int(),
  workflow: z.string().nullable(),
  event: z.string().nullable(),
  actor: z.string().nullable(),
  pull_request: z.number().int().nullable(),
  started_at: Timestamp.nullable(),
  completed_at: Timestamp.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  /** Open findings of the gravest kind that the run's scans hold; the board's badge. */
  critical_vulnerabilities: z.number().int(),
  /** Page of the run at GitHub; null where the repository or the run is not GitHub's. */
  github_url: z.string().nullable(),
  scans: z.array(ScanSummary),
});
export type Run = z.infer<typeof Run>;

export const Import = z.object({
  id: z.string(),
  run_id: z.number().int(),
  scan_id: z.number().int().nullable(),
  status: ImportStatus,
  format: z.string().nullable(),
  size_bytes: z.number().int(),
  sha256: z.string(),
  received_at: Timestamp,
  completed_at: Timestamp.nullable(),
  changes: Changes.nullable(),
  warnings: z.array(Warning),
});
export type Import = z.infer<typeof Import>;

/** A run with what its page shows besides: the verdict's ground, and what was received. */
export const RunDetail = Run.extend({
  /** The newest run of the same repository, branch and workflow before this one. */
  previous_run_id: z.number().int().nullable(),
  /** The quality gate's verdict; null where the repository has no gate. */
  gate: RunGate.nullable(),
  imports: z.array(Import),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const ScanDetail = ScanSummary.extend({
  run: Run,
  tool_version: z.string().nullable(),
  /** What was scanned, as the report names it. */
  target: z.string().nullable(),
  imports: z.array(Import),
  /** Totals of the newest scans of the same type, tool, category and branch, oldest first, this one last. */
  trend: z.array(z.object({ scan_id: z.number().int(), run_id: z.number().int(), created_at: Timestamp, counts: z.union([SeverityCounts, TestCounts]) })),
});
export type ScanDetail = z.infer<typeof ScanDetail>;

export const findingStates = ["open", "fixed", "dismissed"] as const;
export const FindingState = z.enum(findingStates);
export type FindingState = z.infer<typeof FindingState>;

/** How a scan met a finding, against the state of its branch before. */
export const findingChanges = ["new", "reopened", "unchanged", "fixed"] as const;
export const FindingChange = z.enum(findingChanges);
export type FindingChange = z.infer<typeof FindingChange>;

export const findingKinds = ["vulnerability", "misconfiguration", "secret", "license", "issue"] as const;
export const FindingKind = z.enum(findingKinds);
export type FindingKind = z.infer<typeof FindingKind>;

export const Finding = z.object({
  id: z.number().int(),
  repository: z.string(),
  branch: z.string(),
  scan_type: ScanType,
  tool: z.string(),
  kind: FindingKind,
  state: FindingState,
  /** How the scan that was asked for met it; null when no scan was asked for. */
  change: FindingChange.nullable(),
  severity: Severity,
  /** The tool's own word for the severity. */
  severity_word: z.string().nullable(),
  rule: z.string(),
  title: z.string(),
  message: z.string(),
  target: z.string().nullable(),
  path: z.string().nullable(),
  line: z.number().int().nullable(),
  package_name: z.string().nullable(),
  installed_version: z.string().nullable(),
  fixed_version: z.string().nullable(),
  url: z.string().nullable(),
  first_seen_at: Timestamp,
  first_seen_run_id: z.number().int().nullable(),
  last_seen_at: Timestamp,
});
export type Finding = z.infer<typeof Finding>;

export const FindingDetail = Finding.extend({
  /** What the tool said besides: description, references, scores, code; shapes differ by tool. */
  detail: z.record(z.string(), z.unknown()),
  history: z.array(
    z.object({
      branch: z.string(),
      event: z.enum(["new", "fixed", "reopened"]),
      at: Timestamp,
      run_id: z.number().int(),
      commit_hash: z.string(),
    }),
  ),
});
export type FindingDetail = z.infer<typeof FindingDetail>;

/** One workflow on the board: its newest runs on one branch, oldest first. */
export const WorkflowStrip = z.object({
  repository: z.string(),
  workflow: z.string(),
  branch: z.string(),
  failing_since: Timestamp.nullable(),
  runs: z.array(
    z.object({
      id: z.number().int(),
      status: RunStatus,
      commit_hash: z.string(),
      started_at: Timestamp,
      duration_ms: z.number().int().nullable(),
    }),
  ),
});
export type WorkflowStrip = z.infer<typeof WorkflowStrip>;

/** The board's top line and its workflows. */
export const Board = z.object({
  /** Open findings of severity critical on default branches, now and at the same time yesterday. */
  critical_open: z.number().int(),
  critical_new_today: z.number().int(),
  /** API tokens that end within 14 days. */
  tokens_ending_soon: z.number().int(),
  failed_runs_today: z.number().int(),
  failed_runs_yesterday: z.number().int(),
  workflows: z.array(WorkflowStrip),
  /** When the newest report came; null before the first one. */
  last_received_at: Timestamp.nullable(),
});
export type Board = z.infer<typeof Board>;

/** A page of a list; `next_cursor` is null on the last one. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** How many findings of a query stand at each value of a facet, most first; at most 50 values a facet. */
export const Facets = z.object({
  severity: z.array(z.object({ value: z.string(), count: z.number().int() })),
  kind: z.array(z.object({ value: z.string(), count: z.number().int() })),
  change: z.array(z.object({ value: z.string(), count: z.number().int() })),
  state: z.array(z.object({ value: z.string(), count: z.number().int() })),
  target: z.array(z.object({ value: z.string(), count: z.number().int() })),
  package_name: z.array(z.object({ value: z.string(), count: z.number().int() })),
  fixable: z.array(z.object({ value: z.string(), count: z.number().int() })),
});
export type Facets = z.infer<typeof Facets>;

/** "Bump X from A to B, fixes N": one package of one target, and what raising it would fix. */
export const Upgrade = z.object({
  target: z.string().nullable(),
  package_name: z.string(),
  installed_version: z.string(),
  /** The highest of the versions that the findings name as fixed. */
  fixed_version: z.string(),
  fixes: z.number().int(),
  counts: SeverityCounts,
});
export type Upgrade = z.infer<typeof Upgrade>;

export const Repository = z.object({
  name: z.string(),
  default_branch: z.string().nullable(),
  last_run_at: Timestamp.nullable(),
});
export type Repository = z.infer<typeof Repository>;

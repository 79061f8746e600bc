import { z } from "zod";
import { RunGate, ToolGate } from "./gates.ts";
import { ScanType, SeverityCounts, TestCounts } from "./severity.ts";

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
  /** The tool's own verdict; null where it has none. */
  tool_gate: ToolGate.nullable(),
  imports: z.array(Import),
  /** Totals of the newest scans of the same type, tool, category and branch, oldest first, this one last. */
  trend: z.array(z.object({ scan_id: z.number().int(), run_id: z.number().int(), created_at: Timestamp, counts: z.union([SeverityCounts, TestCounts]) })),
});
export type ScanDetail = z.infer<typeof ScanDetail>;

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

export const Repository = z.object({
  name: z.string(),
  default_branch: z.string().nullable(),
  last_run_at: Timestamp.nullable(),
});
export type Repository = z.infer<typeof Repository>;

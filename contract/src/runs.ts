import { z } from "zod";
import { RunGate, ToolGate } from "./gates.ts";
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
  /** The tool's own verdict; null where it has none. */
  tool_gate: ToolGate.nullable(),
  imports: z.array(Import),
  /** Totals of the newest scans of the same type, tool, category and branch, oldest first, this one last. */
  trend: z.array(z.object({ scan_id: z.number().int(), run_id: z.number().int(), created_at: Timestamp, counts: z.union([SeverityCounts, TestCounts]) })),
});
export type ScanDetail = z.infer<typeof ScanDetail>;

export const findingStates = ["open", "fixed", "dismissed"] as const;
export const FindingState = z.enum(findingStates);
export type FindingState = z.infer<typeof FindingState>;

/** As it is shown: `stale` is what is open, but whose target is no longer reported while others of the same tool are. */
export const shownFindingStates = [...findingStates, "stale"] as const;
export const ShownFindingState = z.enum(shownFindingStates);
export type ShownFindingState = z.infer<typeof ShownFindingState>;

export const dismissalReasons = ["false_positive", "accepted_risk", "wont_fix", "used_in_tests"] as const;
export const DismissalReason = z.enum(dismissalReasons);
export type DismissalReason = z.infer<typeof DismissalReason>;

/** How a scan met a finding, against the state of its branch before. */
export const findingChanges = ["new", "reopened", "unchanged", "fixed"] as const;
export const FindingChange = z.enum(findingChanges);
export type FindingChange = z.infer<typeof FindingChange>;

export const findingKinds = ["vulnerability", "misconfiguration", "secret", "license", "issue"] as const;
export const FindingKind = z.enum(findingKinds);
export type FindingKind = z.infer<typeof FindingKind>;

/** What lists show of a finding besides, where its tool says it. */
export const FindingTraits = z.object({
  /** How sure ZAP is, in its words. */
  confidence: z.string().optional(),
  /** Requests that a ZAP alert was found in. */
  instance_count: z.number().int().optional(),
  /** SonarQube's type: `BUG`, `VULNERABILITY`, `CODE_SMELL`, `SECURITY_HOTSPOT`. */
  type: z.string().optional(),
  /** SonarQube's newer severities: one for each quality that the issue harms. */
  impacts: z.array(z.object({ software_quality: z.string(), severity: z.string() })).optional(),
  /** The linter can mend it itself. */
  fixable: z.boolean().optional(),
});
export type FindingTraits = z.infer<typeof FindingTraits>;

export const Finding = z.object({
  id: z.number().int(),
  repository: z.string(),
  branch: z.string(),
  scan_type: ScanType,
  tool: z.string(),
  kind: FindingKind,
  state: ShownFindingState,
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
  /** Null where the tool says nothing besides. */
  traits: FindingTraits.nullable(),
  first_seen_at: Timestamp,
  first_seen_run_id: z.number().int().nullable(),
  last_seen_at: Timestamp,
});
export type Finding = z.infer<typeof Finding>;

/** Why a finding is dismissed. The tool itself gives no reason here, and no time; what it says stands in the detail. */
export const Dismissal = z.object({
  by: z.enum(["user", "tool"]),
  /** Null for the tool, and for an account that is gone. */
  username: z.string().nullable(),
  reason: DismissalReason.nullable(),
  comment: z.string().nullable(),
  at: Timestamp.nullable(),
});
export type Dismissal = z.infer<typeof Dismissal>;

export const FindingEvent = z.object({
  branch: z.string(),
  event: z.enum(["appeared", "fixed", "reopened", "dismissed"]),
  at: Timestamp,
  /** The run whose report told it; null for what a person decided. */
  run_id: z.number().int().nullable(),
  commit_hash: z.string().nullable(),
  /** Of a person's decision; the name is null too where the account is gone. */
  username: z.string().nullable(),
  reason: DismissalReason.nullable(),
  comment: z.string().nullable(),
});
export type FindingEvent = z.infer<typeof FindingEvent>;

export const FindingDetail = Finding.extend({
  /** What the tool said besides: description, references, scores, code; shapes differ by tool. */
  detail: z.record(z.string(), z.unknown()),
  /** Null unless it is dismissed on this branch. */
  dismissal: Dismissal.nullable(),
  /** How it stands on each branch that has had it, and since when; at most 100, the one seen first coming first. */
  branches: z.array(
    z.object({
      branch: z.string(),
      state: FindingState,
      first_seen_at: Timestamp,
      first_seen_run_id: z.number().int().nullable(),
      first_seen_commit: z.string().nullable(),
    }),
  ),
  /** What became of it on all branches, newest first, at most 100. */
  timeline: z.array(FindingEvent),
  /** Of the timeline what reports told. */
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

export const facetNames = [
  "severity",
  "kind",
  "change",
  "state",
  "scan_type",
  "tool",
  "rule",
  "target",
  "path",
  "package_name",
  "fixable",
  "risk",
  "tool_type",
] as const;
export const FacetName = z.enum(facetNames);
export type FacetName = z.infer<typeof FacetName>;

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }));

/** How many findings of a query stand at each value of a facet, most first; at most 50 values a facet. */
export const Facets = z.object({
  /** Findings of the query itself. */
  total: z.number().int(),
  /** True where `total` is reckoned from a sample: so many match that counting them all would take too long. */
  is_total_estimated: z.boolean(),
  /** Facets whose counts are reckoned from a sample; all others are exact. */
  estimated: z.array(FacetName),
  severity: facet,
  kind: facet,
  change: facet,
  state: facet,
  scan_type: facet,
  tool: facet,
  rule: facet,
  target: facet,
  path: facet,
  package_name: facet,
  fixable: facet,
  /** Of ZAP: `severity:confidence`. */
  risk: facet,
  /** Of SonarQube: its own type of an issue. */
  tool_type: facet,
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

import { z } from "zod";
import { Timestamp } from "./runs.ts";
import { ScanType, Severity, SeverityCounts } from "./severity.ts";

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
});
export type FindingDetail = z.infer<typeof FindingDetail>;

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

import { z } from "zod";
import { RunGate } from "./gates.ts";
import { Changes, ImportStatus, Warning } from "./runs.ts";
import { SeverityCounts, TestCounts } from "./severity.ts";

const text = (limit: number) => z.string().trim().min(1).max(limit);
const count = z.number().int().min(0).max(2_147_483_647);
const identifier = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const senderStatuses = ["queued", "running", "completed", "failed", "cancelled"] as const;
export const SenderStatus = z.enum(senderStatuses);
export type SenderStatus = z.infer<typeof SenderStatus>;

/** What a sender says of the run; the same fields stand in the webhook's body and in the query of `/reports`. */
export const RunFacts = z.object({
  commit_hash: text(128).regex(/^[\w.-]+$/, "letters, digits, dots, dashes and underscores only"),
  branch: text(1024),
  run_id: identifier.optional(),
  repository: text(300)
    .regex(/^[\w.-]+(\/[\w.-]+)?$/, "owner/name")
    .optional(),
  status: SenderStatus.optional(),
  github_run_id: identifier.optional(),
  run_attempt: z.number().int().min(1).max(100_000).optional(),
  workflow: text(500).optional(),
  job: text(500).optional(),
  event: text(100).optional(),
  actor: text(200).optional(),
  commit_message: z.string().max(100_000).optional(),
  default_branch: text(1024).optional(),
  pull_request: identifier.optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  category: z.string().trim().max(500).optional(),
  shard: z.object({ index: z.number().int().min(1).max(10_000), total: z.number().int().min(1).max(10_000) }).optional(),
});
export type RunFacts = z.infer<typeof RunFacts>;

export const ResultIssue = z.looseObject({
  rule: z.string().max(2_000),
  severity: z.string().max(100),
  message: z.string().max(2_000_000),
  path: z.string().max(10_000).nullish(),
  line: z.number().int().nullish(),
});
export type ResultIssue = z.infer<typeof ResultIssue>;

/** Summary counts that the sender made itself. */
export const Results = z.looseObject({
  status: SenderStatus.optional(),
  scan_type: z.string().max(100).optional(),
  tool: text(200).optional(),
  critical: count.optional(),
  high: count.optional(),
  medium: count.optional(),
  low: count.optional(),
  info: count.optional(),
  unknown: count.optional(),
  passed: count.optional(),
  failed: count.optional(),
  skipped: count.optional(),
  errors: count.optional(),
  flaky: count.optional(),
  total: count.optional(),
  issues: z.array(ResultIssue).max(100_000).optional(),
});
export type Results = z.infer<typeof Results>;

/** Body of `POST /api/cicd/webhook/{scan_type}`; fields that are not named here are kept, not refused. */
export const WebhookBody = RunFacts.extend({ results: Results.optional(), report: z.unknown().optional() }).loose();
export type WebhookBody = z.infer<typeof WebhookBody>;

/** The answer to a report, and of `GET /api/cicd/imports/{import_id}`; what is not known yet is null. */
export const IntakeAnswer = z.object({
  run_id: z.number().int(),
  scan_id: z.number().int().nullable(),
  import_id: z.string(),
  status: ImportStatus,
  counts: z.union([SeverityCounts, TestCounts]).nullable(),
  changes: Changes.nullable(),
  warnings: z.array(Warning),
  /** The quality gate's verdict on the run so far; null where the repository has no gate. */
  gate: RunGate.nullable(),
  url: z.string(),
});
export type IntakeAnswer = z.infer<typeof IntakeAnswer>;

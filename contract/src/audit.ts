import { z } from "zod";

/** PostgreSQL takes no text with a NUL in it. */
const text = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .regex(/^[^\0]*$/, "no NUL character");

export const auditOutcomes = ["done", "refused"] as const;
export const AuditOutcome = z.enum(auditOutcomes);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/** Who did something, or what it was done to. */
export const AuditParty = z.object({
  kind: z.string(),
  /** Null for the hub itself, and for whoever was not signed in. */
  id: z.string().nullable(),
  /** For people: `ada`, `API token 7 “CI”`. The name is today's, where there still is one. */
  words: z.string(),
});
export type AuditParty = z.infer<typeof AuditParty>;

export const AuditEntry = z.object({
  id: z.number().int(),
  /** UTC with microseconds. */
  at: z.string(),
  actor: AuditParty,
  /** `<thing>.<verb in the past>`, e.g. `api_token.revoked`. */
  action: z.string(),
  subject: AuditParty.nullable(),
  outcome: AuditOutcome,
  address: z.string().nullable(),
  request_id: z.string().nullable(),
  /** Ids, names and keyed fingerprints; never a secret's value. */
  detail: z.record(z.string(), z.unknown()),
  /** An entry is sealed into the hash chain within a second. */
  seal: z.enum(["sealed", "unsealed"]),
  /** Place in the chain; null until it is sealed. */
  position: z.number().int().nullable(),
  /** Hash of the chain at this entry, as hex. */
  hash: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const moment = z.iso.datetime({ offset: true });

/** What the log may be narrowed by, as it stands in an address. */
export const AuditFilters = z.object({
  actor_kind: text(50).optional(),
  actor_id: text(300).optional(),
  /** An action, or how it begins: `api_token.` means all about API tokens. */
  action: text(100).optional(),
  subject_kind: text(50).optional(),
  subject_id: text(300).optional(),
  outcome: AuditOutcome.optional(),
  /** From this moment on. */
  from: moment.optional(),
  /** Until before this moment. */
  to: moment.optional(),
  /** The client's address, exactly. */
  address: text(100).optional(),
});
export type AuditFilters = z.infer<typeof AuditFilters>;

/** In a body, never in an address: addresses are written to logs. */
export const AuditSearchBody = z.object({ value: z.string().min(1).max(10_000) });
export type AuditSearchBody = z.infer<typeof AuditSearchBody>;

export const AuditSearchResult = z.object({
  /** What the log knows the value by; whoever has it can look for it in an export. */
  fingerprint: z.string(),
  items: z.array(AuditEntry),
  /** True when there are more than are named. */
  is_cut: z.boolean(),
});
export type AuditSearchResult = z.infer<typeof AuditSearchResult>;

/** What `verify` finds; `docs/guides/audit-log.md` says what each means. */
export const AuditProblem = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("changed"), id: z.number(), position: z.number() }),
  z.object({ kind: z.literal("reordered"), id: z.number(), position: z.number(), sealedAt: z.number() }),
  z.object({ kind: z.literal("missing"), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal("unsealed"), id: z.number(), at: z.string(), isLate: z.boolean() }),
  z.object({ kind: z.literal("head_lost") }),
  z.object({ kind: z.literal("head_differs"), position: z.number(), kept: z.string(), found: z.string().nullable() }),
]);
export type AuditProblem = z.infer<typeof AuditProblem>;

/** How the hash chain stands. */
export const AuditChain = z.object({
  /** Where the chain ends; null while nothing is sealed. */
  head: z.object({ position: z.number().int(), hash: z.string() }).nullable(),
  unsealed: z.number().int(),
  /** The last time the whole log was checked; null before the first time. */
  verified: z
    .object({
      at: moment,
      is_intact: z.boolean(),
      /** Up to this position. */
      position: z.number().int(),
      checked: z.number().int(),
      problems: z.array(AuditProblem),
      is_cut: z.boolean(),
    })
    .nullable(),
  /** A check goes on at this moment. */
  is_verifying: z.boolean(),
});
export type AuditChain = z.infer<typeof AuditChain>;

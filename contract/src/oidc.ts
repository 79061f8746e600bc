import { z } from "zod";
import { Scope, scopes } from "./accounts.ts";

/** Events that nobody outside of the repository can cause; a binding that names none admits these. */
export const usualTrustEvents = ["push", "schedule", "workflow_dispatch", "repository_dispatch"] as const;

const numericId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const instant = z.iso.datetime({ offset: true });

/** A branch, tag or pull request as GitHub spells it in full, or all below a prefix. Not a regular expression: `*` stands at the end alone. */
export const RefPattern = z
  .string()
  .max(500)
  .regex(/^refs\/[^\s*\p{Cc}/]+(?:\/[^\s*\p{Cc}/]+)*(?:\/\*)?$/u, "a whole ref such as refs/heads/main, or a prefix such as refs/heads/release/*");

/** The file of the workflow that the run was started for, as it lies in the repository. */
export const WorkflowPath = z
  .string()
  .max(300)
  .regex(/^\.github\/workflows\/[\w. -]+\.ya?ml$/, "the path of a workflow file such as .github/workflows/ci.yml");

export const TrustEvent = z
  .string()
  .max(50)
  .regex(/^[a-z][a-z_]*$/, "the name of an event such as push");

export const CreateTrustBindingBody = z.object({
  name: z.string().trim().min(1).max(100),
  /** owner/name as they are now: shown and logged. What decides are the two ids, which a name that is given away does not carry along. */
  repository: z
    .string()
    .trim()
    .max(300)
    .regex(/^[\w.-]+\/[\w.-]+$/, "owner/name"),
  repository_id: numericId,
  repository_owner_id: numericId,
  workflow: WorkflowPath,
  refs: z.array(RefPattern).min(1).max(50),
  events: z
    .array(TrustEvent)
    .min(1)
    .max(20)
    .default([...usualTrustEvents]),
  scopes: z.array(Scope).min(1).max(scopes.length).default(["webhook:write"]),
  environment: z.string().trim().min(1).max(255).optional(),
});
export type CreateTrustBindingBody = z.infer<typeof CreateTrustBindingBody>;

/** Whose GitHub Actions jobs get a hub token without a stored secret. It is never changed, only revoked: a token tells what it was made under. */
export const TrustBinding = z.object({
  id: z.number().int(),
  name: z.string(),
  repository: z.string(),
  repository_id: z.number().int(),
  repository_owner_id: z.number().int(),
  workflow: z.string(),
  refs: z.array(z.string()),
  events: z.array(z.string()),
  scopes: z.array(Scope),
  environment: z.string().nullable(),
  created_at: instant,
  created_by: z.string().nullable(),
  revoked_at: instant.nullable(),
  /** The newest hub token made under it; `repository` is the name that the job's token told. */
  last_exchange: z.object({ at: instant, repository: z.string(), github_run_id: z.number().int(), run_attempt: z.number().int() }).nullable(),
});
export type TrustBinding = z.infer<typeof TrustBinding>;

export const OidcTokenBody = z.object({ token: z.string().min(1) });

export const OidcExchangeAnswer = z.object({
  access_token: z.string(),
  /** Seconds until it ends. */
  expires_in: z.number().int(),
});
export type OidcExchangeAnswer = z.infer<typeof OidcExchangeAnswer>;

/** One thing that was compared: what was wanted, what the token holds, and in a sentence why it does not fit. */
export const TrustCheck = z.object({
  claim: z.string(),
  is_met: z.boolean(),
  wanted: z.string(),
  /** Null where the token has none. */
  found: z.string().nullable(),
  explanation: z.string(),
});
export type TrustCheck = z.infer<typeof TrustCheck>;

export const TrustTrial = z.object({
  /** Whether an exchange at this moment would give a hub token. */
  would_succeed: z.boolean(),
  /** The reason as the audit log would count it; null when it would succeed. */
  reason: z.string().nullable(),
  /** The token by itself, without a look at bindings. */
  token: z.object({ is_good: z.boolean(), explanation: z.string() }),
  /** What the token says of its run; unproven unless the token is good, null when nothing can be read. */
  claims: z.record(z.string(), z.string()).nullable(),
  /** Live bindings, those of the same repository first, at most 50. */
  bindings: z.array(z.object({ id: z.number().int(), name: z.string(), repository: z.string(), is_met: z.boolean(), checks: z.array(TrustCheck) })),
});
export type TrustTrial = z.infer<typeof TrustTrial>;

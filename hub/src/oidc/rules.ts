import { RefPattern, type Scope, scopes, type TrustCheck, TrustEvent, WorkflowPath } from "@sentinal/contract";
import { z } from "zod";
import type { JobClaims, ToldClaims } from "./claims.ts";

/** A binding as it is judged: what decides, without names. */
export const TrustPolicy = z.object({
  repository_id: z.number().int().positive(),
  repository_owner_id: z.number().int().positive(),
  workflow: WorkflowPath,
  refs: z.array(RefPattern).min(1),
  events: z.array(TrustEvent).min(1),
  scopes: z.array(z.enum(scopes)).min(1),
  environment: z.string().min(1).nullable(),
});
export type TrustPolicy = z.infer<typeof TrustPolicy>;

/** What of a binding a token does not meet; stable words, for the audit log. */
export type BindingFault =
  | "owner_mismatch"
  | "workflow_mismatch"
  | "ref_mismatch"
  | "event_mismatch"
  | "environment_mismatch"
  | "policy_unreadable"
  | "scope_mismatch";

/** At most as long as a hub token lives, counted from when the issuer wrote the ID token: later the job may have ended. */
export const hubTokenSeconds = 900;

/** True when the ref is the pattern, or lies below its prefix. Letter by letter: no regular expression, no case folding. */
export function admitsRef(pattern: string, ref: string): boolean {
  if (!pattern.endsWith("/*")) return pattern === ref;
  const prefix = pattern.slice(0, -1);
  return ref.startsWith(prefix) && ref.length > prefix.length;
}

/** Every condition of a binding against what a token tells, met or not. `claims` may be unproven and incomplete: what is absent is not met. */
export function judge(policy: TrustPolicy, claims: ToldClaims): TrustCheck[] {
  const { repository = "", workflow_ref: workflowRef = "", ref, event_name: event, environment } = claims;
  return [
    check(
      "repository_id",
      claims.repository_id === policy.repository_id,
      String(policy.repository_id),
      claims.repository_id,
      "The job runs in another repository. A repository of the same name that was made anew has another id.",
    ),
    check(
      "repository_owner_id",
      claims.repository_owner_id === policy.repository_owner_id,
      String(policy.repository_owner_id),
      claims.repository_owner_id,
      "The repository belongs to another owner: it was transferred, or the id in the binding is wrong.",
    ),
    check(
      "workflow_ref",
      // Its beginning is the repository's name, which the token tells too: a rename changes both.
      repository !== "" && workflowRef.startsWith(`${repository}/${policy.workflow}@`),
      policy.workflow,
      claims.workflow_ref,
      "The run was started for another workflow file. For a reusable workflow the file that calls it is meant.",
    ),
    check(
      "ref",
      ref !== undefined && policy.refs.some((pattern) => admitsRef(pattern, ref)),
      policy.refs.join(", "),
      ref,
      "The run is of a branch, tag or pull request that the binding does not list. Refs are written in full: refs/heads/main.",
    ),
    check(
      "event_name",
      event !== undefined && policy.events.includes(event),
      policy.events.join(", "),
      event,
      event !== undefined && mayBeForeign(event)
        ? "Others can cause this event, so that it is admitted only where the binding names it."
        : "The run was started by an event that the binding does not list.",
    ),
    ...(policy.environment === null
      ? []
      : [
          check(
            "environment",
            environment === policy.environment,
            policy.environment,
            environment,
            "The job does not run in this environment: set it with `environment:` in the job.",
          ),
        ]),
  ];
}

/** Events that somebody without write access can cause, or steer what runs. */
function mayBeForeign(event: string): boolean {
  return event.startsWith("pull_request") || event.startsWith("issue") || event === "workflow_run";
}

const faults: Readonly<Record<string, BindingFault>> = {
  repository_owner_id: "owner_mismatch",
  workflow_ref: "workflow_mismatch",
  ref: "ref_mismatch",
  event_name: "event_mismatch",
  environment: "environment_mismatch",
};

export type Grant = {
  scopes: readonly Scope[];
  /** For runs of pull requests: the only commit and ref that results may be of. */
  only: { commit: string; ref: string } | null;
  expiresAt: Date;
};

/** What a binding grants a job whose token was verified, or what it does not meet. */
export function grantOf(policy: TrustPolicy, claims: JobClaims, nowMs: number): { grant: Grant } | { fault: BindingFault; missed: number } {
  const missed = judge(policy, claims).filter(({ is_met: isMet }) => !isMet);
  const first = missed[0];
  if (first !== undefined) return { fault: faults[first.claim] ?? "policy_unreadable", missed: missed.length };
  const expiresAt = new Date(Math.min(nowMs, claims.iat * 1_000) + hubTokenSeconds * 1_000);
  if (!claims.event_name.startsWith("pull_request")) return { grant: { scopes: policy.scopes, only: null, expiresAt } };
  // The code of a pull request runs in the job: it may tell of itself, and read nothing.
  if (claims.sha === undefined || !policy.scopes.includes("webhook:write")) return { fault: "scope_mismatch", missed: 1 };
  return { grant: { scopes: ["webhook:write"], only: { commit: claims.sha, ref: claims.ref }, expiresAt } };
}

function check(claim: string, isMet: boolean, wanted: string, found: string | number | undefined, why: string): TrustCheck {
  const explanation = isMet ? "It is as the binding wants it." : found === undefined ? `The token has no ${claim} that can be read. ${why}` : why;
  return { claim, is_met: isMet, wanted, found: found === undefined ? null : String(found), explanation };
}

import type { OidcExchangeAnswer } from "@sentinal/contract";
import type { Logger } from "pino";
import { addressBlock, type Caller } from "../accounts/index.ts";
import { type Fingerprints, recordAudit, type Refusals } from "../audit/index.ts";
import { type Database, inTransaction } from "../database/index.ts";
import { createRateLimit, HttpError } from "../http/index.ts";
import type { JobClaims } from "./claims.ts";
import { createJobToken } from "./hub-tokens.ts";
import { findBindingsOf, insertHubToken } from "./queries.ts";
import { type BindingFault, type Grant, grantOf, TrustPolicy } from "./rules.ts";
import type { TokenFault, Verdict, Verifier } from "./verifier.ts";

/** Why no hub token was given; stable words, which the audit log counts. */
export type ExchangeFault = TokenFault | BindingFault | "no_binding" | "replayed";

export type Exchange = {
  /**
   * Gives a hub token for a job's ID token, once. Throws HttpError `oidc_refused`, whatever the reason: that one is for
   * administrators, in the log by the request id and counted in the audit log. 429 for an address that is refused too often.
   */
  exchange(token: string, caller: Caller): Promise<OidcExchangeAnswer>;
};

/** Refused tokens from one address. Good ones are never counted: a proxy may stand before all of CI. */
const refusedPerAddress = { perMinute: 120, burst: 120 };

type BindingRow = Awaited<ReturnType<typeof findBindingsOf>>[number];

export function createExchange(options: {
  db: Database;
  verifier: Verifier;
  refusals: Refusals;
  fingerprints: Fingerprints;
  log: Logger;
  now: () => number;
}): Exchange {
  const { db, verifier, refusals, fingerprints, log, now } = options;
  const refusedLimit = createRateLimit({ ...refusedPerAddress, now });

  function refuse(reason: ExchangeFault, verdict: Verdict, caller: Caller): HttpError {
    const claims = "claims" in verdict ? verdict.claims : null;
    refusals.count({
      action: "oidc_exchange.refused",
      reason,
      address: caller.address,
      ...(claims !== null && { subject: { kind: "github_repository", id: claims.repository_id } }),
    });
    // Only what was verified is repeated: the rest is anybody's text.
    log.info(
      {
        request_id: caller.requestId,
        reason,
        explanation: "explanation" in verdict ? verdict.explanation : undefined,
        ...(claims !== null && {
          repository: claims.repository,
          sub: claims.sub,
          event: claims.event_name,
          ref: claims.ref,
          workflow_ref: claims.workflow_ref,
        }),
      },
      "an ID token was not exchanged",
    );
    refusedLimit.take(addressBlock(caller.address));
    return new HttpError("oidc_refused");
  }

  return {
    async exchange(token, caller) {
      const verdict = await verifier.verify(token);
      // Asked also where it cannot matter any more, so that a refusal takes about as long for whichever reason.
      const rows = await findBindingsOf(db, "claims" in verdict ? verdict.claims.repository_id : 0);
      if ("fault" in verdict) throw refuse(verdict.fault, verdict, caller);
      const chosen = chooseBinding(rows, verdict.claims, now(), log);
      if ("fault" in chosen) throw refuse(chosen.fault, verdict, caller);
      const { token: jobToken, hash } = createJobToken();
      const made = { hash, fingerprint: fingerprints.ofHash(Buffer.from(hash, "hex")) };
      const isGiven = await inTransaction(db, (trx) => record(trx, chosen, verdict.claims, made, caller, now()));
      if (!isGiven) throw refuse("replayed", verdict, caller);
      return { access_token: jobToken, expires_in: Math.max(0, Math.floor((chosen.grant.expiresAt.getTime() - now()) / 1_000)) };
    },
  };
}

/** The oldest binding that the token meets, else what it misses of the one that it meets most of. */
export function chooseBinding(
  rows: readonly BindingRow[],
  claims: JobClaims,
  nowMs: number,
  log: Pick<Logger, "error">,
): { binding: BindingRow; grant: Grant } | { fault: ExchangeFault } {
  let nearest: { fault: ExchangeFault; missed: number } = { fault: "no_binding", missed: Number.POSITIVE_INFINITY };
  for (const row of rows) {
    const policy = TrustPolicy.safeParse(row);
    if (!policy.success) log.error({ binding: row.id }, "a trust binding cannot be read; it admits nobody");
    const judged = policy.success ? grantOf(policy.data, claims, nowMs) : ({ fault: "policy_unreadable", missed: 1_000 } as const);
    if ("grant" in judged) return { binding: row, grant: judged.grant };
    if (judged.missed < nearest.missed) nearest = judged;
  }
  return { fault: nearest.fault };
}

/** Uses the ID token up and writes what was given for it; false when it was used before. */
async function record(
  trx: Parameters<typeof insertHubToken>[0],
  { binding, grant }: { binding: BindingRow; grant: Grant },
  claims: JobClaims,
  { hash, fingerprint }: { hash: string; fingerprint: string },
  caller: Caller,
  nowMs: number,
): Promise<boolean> {
  const inserted = await insertHubToken(trx, {
    bindingId: binding.id,
    jti: claims.jti,
    hash,
    scopes: grant.scopes,
    repository: claims.repository,
    githubRunId: claims.run_id,
    attempt: claims.run_attempt,
    event: claims.event_name,
    ref: claims.ref,
    commit: grant.only?.commit ?? null,
    issuedAt: new Date(nowMs),
    expiresAt: grant.expiresAt,
    idTokenExpiresAt: new Date(claims.exp * 1_000),
  });
  if (inserted === undefined) return false;
  await recordAudit(trx, {
    actor: { kind: "oidc", id: inserted.id },
    action: "oidc_token.created",
    subject: { kind: "trust_binding", id: binding.id },
    address: caller.address,
    requestId: caller.requestId,
    detail: {
      repository: claims.repository,
      repository_id: claims.repository_id,
      github_run_id: claims.run_id,
      run_attempt: claims.run_attempt,
      event: claims.event_name,
      ref: claims.ref,
      workflow_ref: claims.workflow_ref,
      sub: claims.sub,
      scopes: grant.scopes,
      expires_at: grant.expiresAt.toISOString(),
      fingerprint,
    },
  });
  return true;
}

import { scopes } from "@sentinal/contract";
import { hashToken } from "@sentinal/tokens";
import { addressBlock, type Caller, createPrincipalCache, type Verified } from "../accounts/index.ts";
import { recordAudit, type Refusals } from "../audit/index.ts";
import { type Database, inTransaction, type Revocations } from "../database/index.ts";
import { createRateLimit, HttpError, type JobPrincipal } from "../http/index.ts";
import { hasJobTokenShape, hashByItsEnd } from "./hub-tokens.ts";
import { findHubToken, revokeHubToken } from "./queries.ts";

export type JobTokenChecker = {
  /**
   * The rights of a job's token; at once when it is in memory, else after one read. Nothing is written. Throws (or rejects
   * with) HttpError 401: `token_malformed`, `token_unknown`, `token_expired`, `token_revoked` (also when its binding was), or 429.
   */
  check(token: string, caller: Caller): JobPrincipal | Promise<JobPrincipal>;
  /** Whether a token that was verified before still is good, by the database. */
  isStillValid(principal: JobPrincipal): Promise<boolean>;
  /** Revokes the job's token that a text of an API token's shape is the end of; what is none is left. */
  revokeLeaked(text: string, caller: Caller): Promise<void>;
};

type Row = NonNullable<Awaited<ReturnType<typeof findHubToken>>>;

/** An entry takes some 700 bytes and is good for a quarter of an hour; the older half is dropped when it is full. */
const cachedTokens = 20_000;
/** Well-formed tokens that nobody knows, from one address. */
const unknownPerAddress = { perMinute: 60, burst: 30 };

const details = {
  token_malformed: "The token of a job is mistyped.",
  token_unknown: "No job has this token; exchange a new ID token.",
  token_expired: "The job's token has ended; exchange a new ID token.",
  token_revoked: "The job's token or its trust binding was revoked.",
} as const;

export function createJobTokenChecker(options: { db: Database; revocations: Revocations; refusals: Refusals; now: () => number }): JobTokenChecker {
  const { db, revocations, refusals, now } = options;
  const cache = createPrincipalCache<JobPrincipal>(revocations, cachedTokens);
  const unknownLimit = createRateLimit({ ...unknownPerAddress, now });

  function refuse(code: keyof typeof details, caller: Caller, id?: number): HttpError {
    refusals.count({ action: "oidc_token.refused", reason: code, address: caller.address, ...(id !== undefined && { subject: { kind: "oidc_token", id } }) });
    return new HttpError(code, details[code], { headers: { "www-authenticate": 'Bearer error="invalid_token"' } });
  }

  function admit({ principal }: Verified<JobPrincipal>, revokedAt: Date | null, caller: Caller): JobPrincipal {
    if (revokedAt !== null) throw refuse("token_revoked", caller, principal.id);
    if (principal.expiresAt.getTime() <= now()) throw refuse("token_expired", caller, principal.id);
    return principal;
  }

  async function read(hash: string, caller: Caller): Promise<JobPrincipal> {
    const epoch = revocations.epoch();
    const row = await findHubToken(db, { hash });
    if (row === undefined) {
      unknownLimit.take(addressBlock(caller.address));
      throw refuse("token_unknown", caller);
    }
    const verified = { principal: principalOf(row), expiresAtMs: row.expires_at.getTime() };
    const principal = admit(verified, row.revoked_at, caller);
    cache.put(hash, verified, epoch);
    return principal;
  }

  return {
    check(token, caller) {
      if (!hasJobTokenShape(token)) throw refuse("token_malformed", caller);
      const hash = hashToken(token);
      const cached = cache.get(hash);
      return cached === undefined ? read(hash, caller) : admit(cached, null, caller);
    },
    async isStillValid(principal) {
      const row = await findHubToken(db, { id: principal.id });
      return row !== undefined && row.revoked_at === null && row.expires_at.getTime() > now();
    },
    async revokeLeaked(text, caller) {
      const hash = hashByItsEnd(text);
      if (hash === null) return;
      const revoked = await inTransaction(db, async (trx) => {
        const found = await revokeHubToken(trx, hash);
        if (found === undefined) return undefined;
        await recordAudit(trx, {
          actor: { kind: "hub" },
          action: "oidc_token.revoked",
          subject: { kind: "oidc_token", id: found.id },
          address: caller.address,
          requestId: caller.requestId,
          detail: { reason: "in_url" },
        });
        await revocations.notify(trx, `oidc_token:${found.id}`);
        return found;
      });
      if (revoked !== undefined) revocations.apply(`oidc_token:${revoked.id}`);
    },
  };
}

function principalOf(row: Row): JobPrincipal {
  return Object.freeze<JobPrincipal>({
    kind: "oidc",
    id: row.id,
    name: row.name,
    binding: row.binding_id,
    scopes: scopes.filter((scope) => row.scopes.includes(scope)),
    repository: row.repository,
    githubRunId: row.github_run_id,
    attempt: row.run_attempt,
    only: row.commit_hash === null ? null : { commit: row.commit_hash, ref: row.ref },
    expiresAt: row.expires_at,
    // The binding first: how many reports may come is counted for all its jobs together, as it is for an API token.
    subjects: [`trust_binding:${row.binding_id}`, `oidc_token:${row.id}`],
  });
}

import type { Scope } from "@sentinal/contract";
import { checkTokenShape, hashToken } from "@sentinal/tokens";
import { addressBlock, type Caller, createPrincipalCache, type Verified } from "../accounts/index.ts";
import type { Fingerprints, Refusal, Refusals } from "../audit/index.ts";
import type { Database, LastUses, Revocations } from "../database/index.ts";
import { createRateLimit, type ErrorCode, HttpError, type Principal } from "../http/index.ts";
import { findTokenByHash } from "./queries.ts";
import { endOf, knownScopes, refusalOf } from "./rules.ts";

export type TokenPrincipal = Extract<Principal, { kind: "api_token" }>;

export type TokenChecker = {
  /**
   * The token's rights; at once when it is in memory, else after one read. Nothing is written.
   * Throws (or rejects with) HttpError 401: `token_malformed`, without a look at the database, `token_unknown`,
   * `token_expired`, `token_replaced`, `token_revoked`; or 429 when an address sends too many unknown ones.
   */
  check(token: string, caller: Caller): TokenPrincipal | Promise<TokenPrincipal>;
};

/** An entry takes some 600 bytes. */
const cachedTokens = 200_000;
/** Well-formed tokens that nobody knows, from one address. Known ones are never counted: a proxy may stand before all of CI. */
const unknownPerAddress = { perMinute: 60, burst: 30 };

export function createTokenChecker(options: {
  db: Database;
  revocations: Revocations;
  refusals: Refusals;
  fingerprints: Fingerprints;
  lastUses: LastUses;
  now: () => number;
  cacheLimit?: number;
}): TokenChecker {
  const { db, revocations, refusals, fingerprints, lastUses, now } = options;
  const cache = createPrincipalCache<TokenPrincipal>(revocations, options.cacheLimit ?? cachedTokens);
  /** Ends of overlaps: they tell a replaced token from one that has expired. */
  const overlapEnds = new WeakMap<TokenPrincipal, number>();
  const unknownLimit = createRateLimit({ ...unknownPerAddress, now });

  function refuse(code: ErrorCode, caller: Caller, subject?: Refusal["subject"]): HttpError {
    refusals.count({ action: "api_token.refused", reason: code, address: caller.address, ...(subject !== undefined && { subject }) });
    return new HttpError(code, undefined, { headers: { "www-authenticate": 'Bearer error="invalid_token"' } });
  }

  function admit(verified: Verified<TokenPrincipal>, revokedAt: Date | null, caller: Caller): TokenPrincipal {
    const nowMs = now();
    const refusal = refusalOf({ revokedAt, expiresAtMs: verified.expiresAtMs, overlapEndsAtMs: overlapEnds.get(verified.principal) ?? null }, nowMs);
    if (refusal !== null) throw refuse(refusal, caller, { kind: "api_token", id: verified.principal.id });
    lastUses.note(verified.principal.id, nowMs, caller.address);
    return verified.principal;
  }

  async function read(hash: string, caller: Caller): Promise<TokenPrincipal> {
    const epoch = revocations.epoch();
    const row = await findTokenByHash(db, hash);
    if (row === undefined) {
      unknownLimit.take(addressBlock(caller.address));
      throw refuse("token_unknown", caller, { kind: "token_fingerprint", id: fingerprints.ofHash(Buffer.from(hash, "hex")) });
    }
    const verified = verifiedOf(row);
    if (row.overlap_ends_at !== null) overlapEnds.set(verified.principal, row.overlap_ends_at.getTime());
    const principal = admit(verified, row.revoked_at, caller);
    cache.put(hash, verified, epoch);
    return principal;
  }

  return {
    check(token, caller) {
      if (!checkTokenShape(token)) throw refuse("token_malformed", caller);
      const hash = hashToken(token);
      const cached = cache.get(hash);
      return cached === undefined ? read(hash, caller) : admit(cached, null, caller);
    },
  };
}

function verifiedOf(row: {
  id: number;
  name: string;
  scopes: string[];
  repository: string | null;
  expires_at: Date | null;
  overlap_ends_at: Date | null;
}): Verified<TokenPrincipal> {
  const scopes: readonly Scope[] = knownScopes(row.scopes);
  const end = endOf(row);
  const principal: TokenPrincipal = {
    kind: "api_token",
    id: row.id,
    name: row.name,
    scopes,
    repository: row.repository,
    expiresAt: end,
    subjects: [`api_token:${row.id}`],
  };
  return { principal: Object.freeze(principal), expiresAtMs: end?.getTime() ?? null };
}

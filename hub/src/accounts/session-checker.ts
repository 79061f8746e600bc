import { type Database, type Revocations } from "../database/index.ts";
import type { Refusals } from "../audit/index.ts";
import { HttpError, type Principal } from "../http/index.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { createPrincipalCache } from "./principal-cache.ts";
import { findFamilyOfLiveToken, findSession } from "./queries.ts";
import { hashRefreshToken } from "./refresh-tokens.ts";
import { asRole, type Caller } from "./rules.ts";

type UserPrincipal = Extract<Principal, { kind: "user" }>;

export type SessionChecker = {
  /**
   * The user of an access token. The token only names the session: whether that still runs, and what its user may do,
   * is known from the database, or from memory until a revocation. Throws HttpError 401.
   */
  check(accessToken: string, caller: Caller): Promise<Principal>;
  /** The user of a refresh token, without exchanging it; null when it is of no use any more. */
  findByRefreshToken(refreshToken: string): Promise<Principal | null>;
  /** Whether the session still runs, by the database. */
  isStillValid(principal: Principal): Promise<boolean>;
};

/** A session's entry takes some 500 bytes. */
const cachedSessions = 20_000;

export function createSessionChecker(options: {
  db: Database;
  accessTokens: AccessTokens;
  revocations: Revocations;
  refusals: Refusals;
  now?: () => number;
}): SessionChecker {
  const { db, accessTokens, revocations, refusals } = options;
  const now = options.now ?? Date.now;
  const cache = createPrincipalCache<UserPrincipal>(revocations, cachedSessions);

  async function findPrincipal(family: string, userId: number): Promise<Principal | null> {
    const verified = cache.get(family) ?? (await readSession(family));
    const isLive = verified !== null && verified.principal.id === userId && (verified.expiresAtMs === null || verified.expiresAtMs > now());
    return isLive ? verified.principal : null;
  }

  async function readSession(family: string) {
    const epoch = revocations.epoch();
    const row = await findSession(db, family);
    if (row === undefined || row.revoked_at !== null || row.disabled_at !== null) return null;
    const principal: UserPrincipal = {
      kind: "user",
      id: row.user_id,
      name: row.username,
      role: asRole(row.role),
      session: row.family,
      expiresAt: row.expires_at,
      subjects: [`session:${row.family}`, `user:${row.user_id}`],
    };
    const verified = { principal: Object.freeze(principal), expiresAtMs: row.expires_at.getTime() };
    cache.put(family, verified, epoch);
    return verified;
  }

  return {
    async check(accessToken, caller) {
      const { userId, family } = await claimsOf(accessToken, caller);
      const principal = await findPrincipal(family, userId);
      if (principal !== null) return principal;
      refusals.count({ action: "session.refused", reason: "session_ended", address: caller.address, subject: { kind: "session", id: family } });
      throw new HttpError("session_ended", undefined, { headers: { "www-authenticate": 'Bearer error="invalid_token"' } });
    },
    async findByRefreshToken(refreshToken) {
      const row = await findFamilyOfLiveToken(db, hashRefreshToken(refreshToken));
      return row === undefined ? null : findPrincipal(row.family, row.user_id);
    },
    async isStillValid(principal) {
      if (principal.kind !== "user") return false;
      const verified = await readSession(principal.session);
      return verified !== null && verified.principal.id === principal.id && verified.principal.role === principal.role && (verified.expiresAtMs ?? 0) > now();
    },
  };

  async function claimsOf(accessToken: string, caller: Caller) {
    try {
      return await accessTokens.verify(accessToken);
    } catch (error) {
      // One that has merely grown old is everyday life; one that was never ours is worth a line.
      if (error instanceof HttpError && error.code === "not_signed_in")
        refusals.count({ action: "session.refused", reason: error.code, address: caller.address });
      throw error;
    }
  }
}

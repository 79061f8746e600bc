import type { ApiToken, CreateApiTokenBody, CreatedApiToken } from "@sentinal/contract";
import type { Logger } from "pino";
import type { Caller } from "../accounts/index.ts";
import type { Actor, Fingerprints, Refusals } from "../audit/index.ts";
import { createLastUses, type Database, type Revocations } from "../database/index.ts";
import type { Access, HttpServer, Principal } from "../http/index.ts";
import { findToken } from "./queries.ts";
import { registerApiTokenRoutes } from "./routes.ts";
import { endOf, refusalOf } from "./rules.ts";
import { createTokenChecker, type TokenPrincipal } from "./token-checker.ts";
import { createToken, pageOfTokens, type Parts, revokeLeakedToken, revokeTokenById, rotateToken } from "./tokens.ts";

export type { TokenPrincipal } from "./token-checker.ts";

/** Tokens for CI: made, listed, checked, revoked. */
export type ApiTokens = {
  registerRoutes(http: HttpServer, access: Access): void;
  /** The rights of a token, at once when they are in memory. Throws or rejects with HttpError 401 or 429. */
  authenticate(token: string, caller: Caller): TokenPrincipal | Promise<TokenPrincipal>;
  /** Whether a token that was verified before still is good, by the database. */
  isStillValid(principal: Principal): Promise<boolean>;
  /** When a token that was verified before ends, by the database; null: never. */
  endOf(principal: Principal): Promise<Date | null>;
  /** Revokes a token that stood in an address. */
  revokeLeaked(token: string, caller: Caller): Promise<void>;
  /** For the operator. Throws HttpError. */
  create(body: CreateApiTokenBody, actor: Actor): Promise<CreatedApiToken>;
  /** For the operator: the newest first. */
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ items: ApiToken[]; next_cursor: string | null }>;
  /** For the operator. Throws HttpError `not_found`. */
  revoke(id: number, actor: Actor): Promise<ApiToken>;
  /** For the operator: a successor, beside which the old token works for the hours given. Throws HttpError `not_found` or `already_over`. */
  rotate(id: number, overlapHours: number, actor: Actor): Promise<CreatedApiToken>;
  /** Writes the last uses that are still in memory. */
  flush(): Promise<void>;
  /** Stops the clock and writes the rest. */
  close(): Promise<void>;
};

export function createApiTokens(options: {
  db: Database;
  revocations: Revocations;
  refusals: Refusals;
  fingerprints: Fingerprints;
  log: Logger;
  now?: () => number;
}): ApiTokens {
  const { db, revocations, refusals, fingerprints, log } = options;
  const now = options.now ?? Date.now;
  const lastUses = createLastUses({ db, log, now, table: "api_tokens" });
  const parts: Parts = { db, revocations, fingerprints, now };
  const checker = createTokenChecker({ db, revocations, refusals, fingerprints, lastUses, now });

  return {
    registerRoutes: (http, access) => registerApiTokenRoutes(http, access, parts),
    authenticate: (token, caller) => checker.check(token, caller),
    async isStillValid(principal) {
      if (principal.kind !== "api_token") return false;
      const row = await findToken(db, principal.id);
      if (row === undefined || row.repository !== principal.repository) return false;
      const ends = { expiresAtMs: row.expires_at?.getTime() ?? null, overlapEndsAtMs: row.overlap_ends_at?.getTime() ?? null };
      return refusalOf({ revokedAt: row.revoked_at, ...ends }, now()) === null;
    },
    async endOf(principal) {
      const row = principal.kind === "api_token" ? await findToken(db, principal.id) : undefined;
      // Without a row there is no right, and its end was before this.
      return row === undefined ? new Date(0) : endOf(row);
    },
    revokeLeaked: (token, caller) => revokeLeakedToken(parts, token, caller),
    create: (body, actor) => createToken(parts, body, { actor, caller: null }),
    list: (page) => pageOfTokens(parts, page),
    revoke: (id, actor) => revokeTokenById(parts, id, { actor, caller: null }),
    rotate: (id, overlapHours, actor) => rotateToken(parts, id, { overlap_hours: overlapHours }, { actor, caller: null }),
    flush: () => lastUses.flush(),
    close: () => lastUses.close(),
  };
}

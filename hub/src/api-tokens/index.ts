import type { ApiToken, CreateApiTokenBody, CreatedApiToken } from "@sentinal/contract";
import type { Logger } from "pino";
import type { Caller } from "../accounts/index.ts";
import type { Actor, Refusals } from "../audit/index.ts";
import type { Database, Revocations } from "../database/index.ts";
import type { Access, HttpServer, Principal } from "../http/index.ts";
import { createLastUses } from "./last-uses.ts";
import { findToken } from "./queries.ts";
import { registerApiTokenRoutes } from "./routes.ts";
import { refusalOf } from "./rules.ts";
import { createTokenChecker, type TokenPrincipal } from "./token-checker.ts";
import { createToken, pageOfTokens, revokeLeakedToken, revokeTokenById } from "./tokens.ts";

export type { TokenPrincipal } from "./token-checker.ts";

/** Tokens for CI: made, listed, checked, revoked. */
export type ApiTokens = {
  registerRoutes(http: HttpServer, access: Access): void;
  /** The rights of a token, at once when they are in memory. Throws or rejects with HttpError 401 or 429. */
  authenticate(token: string, caller: Caller): TokenPrincipal | Promise<TokenPrincipal>;
  /** Whether a token that was verified before still is good, by the database. */
  isStillValid(principal: Principal): Promise<boolean>;
  /** Revokes a token that stood in an address. */
  revokeLeaked(token: string, caller: Caller): Promise<void>;
  /** For the operator. Throws HttpError. */
  create(body: CreateApiTokenBody, actor: Actor): Promise<CreatedApiToken>;
  /** For the operator: the newest first. */
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ items: ApiToken[]; next_cursor: string | null }>;
  /** For the operator. Throws HttpError `not_found`. */
  revoke(id: number, actor: Actor): Promise<ApiToken>;
  /** Writes the last uses that are still in memory. */
  flush(): Promise<void>;
  /** Stops the clock and writes the rest. */
  close(): Promise<void>;
};

export function createApiTokens(options: { db: Database; revocations: Revocations; refusals: Refusals; log: Logger; now?: () => number }): ApiTokens {
  const { db, revocations, refusals, log } = options;
  const now = options.now ?? Date.now;
  const lastUses = createLastUses({ db, log, now });
  const checker = createTokenChecker({ db, revocations, refusals, lastUses, now });

  return {
    registerRoutes: (http, access) => registerApiTokenRoutes(http, access, { db, revocations }),
    authenticate: (token, caller) => checker.check(token, caller),
    async isStillValid(principal) {
      const row = principal.kind === "api_token" ? await findToken(db, principal.id) : undefined;
      return row !== undefined && refusalOf({ revokedAt: row.revoked_at, expiresAtMs: row.expires_at?.getTime() ?? null }, now()) === null;
    },
    revokeLeaked: (token, caller) => revokeLeakedToken({ db, revocations }, token, caller),
    create: (body, actor) => createToken(db, body, actor, null),
    list: (page) => pageOfTokens(db, page),
    revoke: (id, actor) => revokeTokenById({ db, revocations }, id, actor, null),
    flush: () => lastUses.flush(),
    close: () => lastUses.close(),
  };
}

import type { TokenPair } from "@sentinal/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpError, isOwnOrigin } from "../http/index.ts";
import { accessTokenSeconds, type AccessTokens } from "./access-tokens.ts";
import { refreshCookie } from "./rules.ts";
import type { Grant } from "./sessions.ts";

/** How a session that was opened or refreshed is handed out. */
export type GrantAnswers = {
  /** The pair of tokens; the refresh token goes into the cookie where that is wanted. */
  answer(reply: FastifyReply, grant: Grant, inCookie: boolean): Promise<TokenPair>;
  /** Takes the cookie away. */
  clear(reply: FastifyReply): void;
  /** For a sign-in into the cookie: nobody may sign a browser in to an account of his own from another site. Throws HttpError `origin_refused`. */
  admitSignIn(request: FastifyRequest, inCookie: boolean): void;
  /** Throws HttpError `origin_refused`. */
  requireOwnOrigin(request: FastifyRequest): void;
};

export function createGrantAnswers(parts: { accessTokens: AccessTokens; publicUrl: () => string }): GrantAnswers {
  function requireOwnOrigin(request: FastifyRequest): void {
    if (!isOwnOrigin(request.headers, parts.publicUrl())) throw new HttpError("origin_refused");
  }

  return {
    async answer(reply, grant, inCookie) {
      const pair = { access_token: await parts.accessTokens.sign(grant), token_type: "bearer" as const, expires_in: accessTokenSeconds };
      if (!inCookie) return { ...pair, refresh_token: grant.refreshToken };
      const cookie = refreshCookie(parts.publicUrl(), reply.request.headers.host);
      reply.setCookie(cookie.name, grant.refreshToken, { ...cookieOptions(cookie.isSecure), expires: grant.refreshExpiresAt });
      return pair;
    },
    clear(reply) {
      const cookie = refreshCookie(parts.publicUrl(), reply.request.headers.host);
      reply.clearCookie(cookie.name, cookieOptions(cookie.isSecure));
    },
    admitSignIn(request, inCookie) {
      if (inCookie && request.headers.origin !== undefined) requireOwnOrigin(request);
    },
    requireOwnOrigin,
  };
}

function cookieOptions(isSecure: boolean) {
  return { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure } as const;
}

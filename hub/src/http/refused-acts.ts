import type { FastifyRequest } from "fastify";
import type { Access, Principal, Requirement } from "./access.ts";
import type { ErrorCode, HttpError } from "./errors.ts";
import { routeName } from "./server.ts";

/** Somebody asked for what they may not do. */
export type RefusedAct = {
  reason: ErrorCode;
  /** Null where nobody is known: a request from another site is refused before its cookie is believed. */
  principal: Principal | null;
  /** Method and pattern, `POST /api/auth/users/:id/deactivate`: the address may hold anything. */
  route: string;
  /** The right that was missing, in words. */
  needs: string;
  address: string;
};

/** What a refusal says of rights, by its code. Refusals of other codes (a wrong password, a used link) are counted by whoever makes them. */
const needs: Partial<Record<ErrorCode, (asked: Requirement, principal: Principal | null) => string>> = {
  role_missing: ({ role }, principal) => (role === undefined || principal?.kind !== "user" ? "a signed-in user" : `the role ${role}`),
  scope_missing: ({ scope }) => {
    const scopes = [scope ?? []].flat();
    return scopes.length === 0 ? "an API token" : `an API token with the scope ${scopes.join(" or ")}`;
  },
  reauthentication_required: () => "a sign-in of the last minutes",
  repository_not_allowed: () => "a token of that repository",
  run_not_allowed: () => "a token of that run",
  origin_refused: () => "a request from our own pages",
};

/** Null for an error that is not about rights. */
export function refusedAct(error: HttpError, request: FastifyRequest, access: Pick<Access, "verified">): RefusedAct | null {
  const wordsFor = needs[error.code];
  if (wordsFor === undefined) return null;
  const caller = access.verified(request);
  const principal = caller?.principal ?? null;
  return {
    reason: error.code,
    principal,
    route: `${request.method} ${routeName(request)}`,
    needs: wordsFor(caller?.requirement ?? {}, principal),
    address: request.ip,
  };
}

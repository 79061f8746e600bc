import type { Role, Scope } from "@sentinal/contract";
import type { FastifyRequest } from "fastify";
import type { Subject } from "../database/index.ts";
import { HttpError } from "./errors.ts";

/** The verified caller. Whatever a request says of its subject elsewhere is not believed. */
export type Principal =
  | { kind: "user"; id: number; name: string; role: Role; session: string; expiresAt: Date; subjects: readonly Subject[] }
  | { kind: "api_token"; id: number; name: string; scopes: readonly Scope[]; repository: string | null; expiresAt: Date | null; subjects: readonly Subject[] }
  | JobPrincipal;

/** A job of GitHub Actions, by the token that it was given for its ID token: it writes of its own run and of nothing else. */
export type JobPrincipal = {
  kind: "oidc";
  id: number;
  /** Of the trust binding. */
  name: string;
  binding: number;
  scopes: readonly Scope[];
  repository: string;
  githubRunId: number;
  attempt: number;
  /** For runs of pull requests: the commit and the ref that alone may be written of. */
  only: { commit: string; ref: string } | null;
  expiresAt: Date;
  subjects: readonly Subject[];
};

/** Verifies the credential of a request; throws HttpError (401) with the reason when there is none or it is no good. */
export type Authenticate = (credential: { bearer: string }, caller: { address: string; requestId: string }) => Promise<Principal> | Principal;

/**
 * What a route asks of its caller: an API token with the scope (one of them), or a user with at least the role. Absent: not for that kind.
 * `fresh`: a user must have proved within the last minutes who they are.
 */
export type Requirement = { scope?: Scope | readonly Scope[]; role?: Role; fresh?: true };

/** Whether the user of a session proved within the last minutes who they are, by the database. */
export type IsFresh = (session: string) => Promise<boolean>;

/** What is read of a request; routes of every schema have it. */
export type CallerRequest = Pick<FastifyRequest, "headers" | "ip" | "id">;

export type Access = {
  /** For a route's `onRequest`: refuses before any of the body is read. */
  guard(requirement: Requirement): (request: CallerRequest) => Promise<void>;
  /** The caller that the guard admitted. */
  principal(request: CallerRequest): Principal;
  /** Whose credential was good, admitted or not, and what was asked of them; null for nobody. */
  verified(request: CallerRequest): { principal: Principal; requirement: Requirement } | null;
};

const rank: Record<Role, number> = { Viewer: 0, Member: 1, Admin: 2 };

/** Without `isFresh` nobody is fresh. */
export function createAccess(authenticate: Authenticate, isFresh: IsFresh = async () => false): Access {
  const principals = new WeakMap<CallerRequest, Principal>();
  const callers = new WeakMap<CallerRequest, { principal: Principal; requirement: Requirement }>();
  return {
    guard(requirement) {
      return async function admit(request) {
        const bearer = bearerOf(request);
        if (bearer === null) throw new HttpError("not_signed_in", undefined, { headers: { "www-authenticate": "Bearer" } });
        const principal = await authenticate({ bearer }, { address: request.ip, requestId: request.id });
        callers.set(request, { principal, requirement });
        checkRequirement(principal, requirement);
        if (requirement.fresh === true && principal.kind === "user" && !(await isFresh(principal.session))) throw new HttpError("reauthentication_required");
        principals.set(request, principal);
      };
    },
    principal(request) {
      const principal = principals.get(request);
      if (principal === undefined) throw new Error("a route reads its caller but has no guard");
      return principal;
    },
    verified: (request) => callers.get(request) ?? null,
  };
}

/** Throws HttpError 403 when the principal may not. */
export function checkRequirement(principal: Principal, requirement: Requirement): void {
  if (principal.kind !== "user") {
    if (requirement.scope === undefined) throw new HttpError("role_missing", "An API token cannot do this; sign in as a user.");
    const scopes = [requirement.scope].flat();
    if (!scopes.some((scope) => principal.scopes.includes(scope))) {
      throw new HttpError("scope_missing", `This needs the scope ${scopes.join(" or ")}; the token has ${principal.scopes.join(", ")}.`);
    }
    return;
  }
  if (requirement.role === undefined)
    throw new HttpError("scope_missing", `This needs an API token with the scope ${[requirement.scope ?? []].flat().join(" or ")}, not a signed-in user.`);
  if (rank[principal.role] < rank[requirement.role])
    throw new HttpError("role_missing", `This needs the role ${requirement.role}; yours is ${principal.role}.`);
}

/** The repository that the principal's view is narrowed to; null sees all. */
export function visibleRepository(principal: Principal): string | null {
  return principal.kind === "user" ? null : principal.repository;
}

function bearerOf(request: CallerRequest): string | null {
  const match = /^Bearer +([!-~]{1,8192})$/i.exec(request.headers.authorization ?? "");
  return match?.[1] ?? null;
}

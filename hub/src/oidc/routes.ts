import { CreateTrustBindingBody, OidcExchangeAnswer, OidcTokenBody, page, TrustBinding, TrustTrial } from "@sentinal/contract";
import { z } from "zod";
import type { Caller } from "../accounts/index.ts";
import type { Actor } from "../audit/index.ts";
import type { Database, Revocations } from "../database/index.ts";
import type { Access, CallerRequest, HttpServer } from "../http/index.ts";
import { createBinding, pageOfBindings, revokeBindingById, showBinding } from "./bindings.ts";
import type { Exchange } from "./exchange.ts";

const bodyLimit = 64 * 1024;
const tags = ["Trust bindings"];
const security = [{ bearer: [] }];
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export type OidcRouteParts = {
  db: Database;
  revocations: Pick<Revocations, "notify" | "apply">;
  exchange: Exchange["exchange"];
  tryToken(token: string): Promise<TrustTrial>;
};

export function registerOidcRoutes(http: HttpServer, access: Access, parts: OidcRouteParts): void {
  const onRequest = access.guard({ role: "Admin" });

  function actorOf(request: CallerRequest): Actor {
    const principal = access.principal(request);
    return { kind: principal.kind, id: principal.id };
  }

  http.post(
    "/api/auth/oidc/exchange",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Exchange the ID token of a GitHub Actions job for a hub token",
        description:
          "The ID token's audience is this hub's public URL. The answer is a bearer token of at most 15 minutes, for reports of that run alone. Each ID token is good once. A refusal is 403 and does not tell why; an administrator learns it by the request id, or by trying a token.",
        body: OidcTokenBody,
        response: { 200: OidcExchangeAnswer },
      },
    },
    async (request) => parts.exchange(request.body.token, callerOf(request)),
  );

  http.post(
    "/api/auth/oidc/try",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Explain what an exchange of an ID token would come to",
        description: "Tells for each live binding which claim is met and which is not. The token is not used up, and nothing is given.",
        body: OidcTokenBody,
        response: { 200: TrustTrial },
      },
    },
    async (request) => parts.tryToken(request.body.token.trim()),
  );

  http.post(
    "/api/auth/trust-bindings",
    {
      // It opens the hub to whoever may change that workflow.
      onRequest: access.guard({ role: "Admin", fresh: true }),
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Trust the jobs of a workflow",
        description:
          "Repository and owner are told by their numeric ids. `refs` are whole (`refs/heads/main`) or end in `/*`. `events` that others can cause, such as `pull_request`, are admitted only when they are named.",
        body: CreateTrustBindingBody,
        response: { 201: TrustBinding },
      },
    },
    async (request, reply) => reply.status(201).send(await createBinding(parts.db, request.body, actorOf(request), callerOf(request))),
  );

  http.get(
    "/api/auth/trust-bindings",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "List the trust bindings, the newest first",
        querystring: z.object({ limit, cursor }),
        response: { 200: page(TrustBinding) },
      },
    },
    async (request) => pageOfBindings(parts.db, request.query),
  );

  http.get(
    "/api/auth/trust-bindings/:id",
    { onRequest, schema: { tags, security, summary: "One trust binding", params, response: { 200: TrustBinding } } },
    async (request) => showBinding(parts.db, request.params.id),
  );

  http.post(
    "/api/auth/trust-bindings/:id/revoke",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Revoke a trust binding",
        description: "The tokens that were made under it are dead at the next request on every hub, and their sockets are closed.",
        params,
        response: { 200: TrustBinding },
      },
    },
    async (request) => revokeBindingById(parts, request.params.id, actorOf(request), callerOf(request)),
  );
}

function callerOf(request: CallerRequest): Caller {
  return { address: request.ip, requestId: request.id };
}

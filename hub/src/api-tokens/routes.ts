import { ApiToken, CreateApiTokenBody, CreatedApiToken, page } from "@sentinal/contract";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Caller } from "../accounts/index.ts";
import type { Actor } from "../audit/index.ts";
import type { Database, Revocations } from "../database/index.ts";
import type { Access, CallerRequest, HttpServer } from "../http/index.ts";
import { createToken, pageOfTokens, revokeTokenById } from "./tokens.ts";

/** A name and a repository are all that a body holds. */
const bodyLimit = 16 * 1024;
const tags = ["API tokens"];
const security = [{ bearer: [] }];
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export function registerApiTokenRoutes(http: HttpServer, access: Access, parts: { db: Database; revocations: Revocations }): void {
  const onRequest = access.guard({ role: "Admin" });

  /** Who acts is known from the credential alone; no field of a body has a say in it. */
  function actorOf(request: CallerRequest): Actor {
    const principal = access.principal(request);
    return { kind: principal.kind, id: principal.id };
  }

  http.post(
    "/api/auth/api-tokens",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Make an API token",
        description:
          "The answer holds the token itself, this once: the hub keeps only its SHA-256. With `repository` it sees and writes that repository alone.",
        body: CreateApiTokenBody,
        response: { 201: CreatedApiToken },
      },
    },
    async (request, reply) => reply.status(201).send(await createToken(parts.db, request.body, actorOf(request), callerOf(request))),
  );

  http.get(
    "/api/auth/api-tokens",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "List the API tokens, the newest first",
        description: "`last_used_at` may lag by a minute.",
        querystring: z.object({ limit, cursor }),
        response: { 200: page(ApiToken) },
      },
    },
    async (request) => pageOfTokens(parts.db, request.query),
  );

  http.post(
    "/api/auth/api-tokens/:id/revoke",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Revoke an API token",
        description: "It is dead at the next request, and its sockets are closed.",
        params: z.object({ id }),
        response: { 200: ApiToken },
      },
    },
    async (request) => revokeTokenById(parts, request.params.id, actorOf(request), callerOf(request)),
  );
}

function callerOf(request: Pick<FastifyRequest, "ip" | "id">): Caller {
  return { address: request.ip, requestId: request.id };
}

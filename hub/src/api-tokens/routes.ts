import { ApiToken, BindApiTokenBody, CreateApiTokenBody, CreatedApiToken, page, RotateApiTokenBody } from "@sentinal/contract";
import { z } from "zod";
import type { Caller } from "../accounts/index.ts";
import type { Actor } from "../audit/index.ts";
import type { Access, CallerRequest, HttpServer } from "../http/index.ts";
import { bindTokenById, createToken, pageOfTokens, type Parts, revokeTokenById, rotateToken } from "./tokens.ts";

/** A name and a repository are all that a body holds. */
const bodyLimit = 16 * 1024;
const tags = ["API tokens"];
const security = [{ bearer: [] }];
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export function registerApiTokenRoutes(http: HttpServer, access: Access, parts: Parts): void {
  const onRequest = access.guard({ role: "Admin" });
  /** For what reveals a token or widens its view. Taking a right away must never wait for a sign-in. */
  const fresh = access.guard({ role: "Admin", fresh: true });

  /** Who acts is known from the credential alone; no field of a body has a say in it. */
  function actOf(request: CallerRequest): { actor: Actor; caller: Caller } {
    const principal = access.principal(request);
    return { actor: { kind: principal.kind, id: principal.id }, caller: { address: request.ip, requestId: request.id } };
  }

  http.post(
    "/api/auth/api-tokens",
    {
      // Not `fresh`: scripts that sign in once make tokens for as long as they run.
      onRequest: access.guard({ role: "Admin" }),
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
    async (request, reply) => reply.status(201).send(await createToken(parts, request.body, actOf(request))),
  );

  http.get(
    "/api/auth/api-tokens",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "List the API tokens, the newest first",
        description:
          "`last_used_at` may lag by a minute. `expires_soon` says that a token ends within 14 days and has no successor, `expires_within_days` how urgent it is.",
        querystring: z.object({ limit, cursor }),
        response: { 200: page(ApiToken) },
      },
    },
    async (request) => pageOfTokens(parts, request.query),
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
    async (request) => revokeTokenById(parts, request.params.id, actOf(request)),
  );

  http.post(
    "/api/auth/api-tokens/:id/rotate",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Replace an API token by a new one",
        description:
          "The answer holds the new token, this once: of the same name, scopes, binding and length of life. The old one works for `overlap_hours` more (default 24; 0: it is dead at once), and is listed with `replaced_by`. Needs a sign-in of the last minutes.",
        params: z.object({ id }),
        // Without a body there is nothing to choose, which the server reads as null.
        body: RotateApiTokenBody.nullable(),
        response: { 201: CreatedApiToken },
      },
    },
    async (request, reply) => reply.status(201).send(await rotateToken(parts, request.params.id, request.body ?? {}, actOf(request))),
  );

  http.put(
    "/api/auth/api-tokens/:id/repository",
    {
      onRequest: fresh,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Bind an API token to a repository, or to none",
        description: "From the next request on it sees and writes that repository alone; null: all. Its sockets are closed.",
        params: z.object({ id }),
        body: BindApiTokenBody,
        response: { 200: ApiToken },
      },
    },
    async (request) => bindTokenById(parts, request.params.id, request.body.repository, actOf(request)),
  );
}

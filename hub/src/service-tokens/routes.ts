import { VerifiedServiceToken, VerifyServiceTokenBody } from "@sentinal/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { HttpError, type HttpServer } from "../http/index.ts";

/** A token and its quotation marks. */
const bodyLimit = 16 * 1024;
const tags = ["Internal"];
const security = [{ internal: [] }];
/** To the letter: services compare it. */
const refusedBody = '{"detail":"invalid internal token"}';

export type InternalCalls = {
  /** Whether the value lets a call in. */
  admits(value: string | undefined, address: string): Promise<boolean>;
  /** What may be told of a token to a service that was let in. */
  verify(value: string, address: string): Promise<VerifiedServiceToken>;
  version: string;
};

/** `/internal`: calls between services. Whoever has no token learns nothing, not even which paths there are. */
export function registerInternalRoutes(http: HttpServer, calls: InternalCalls): void {
  async function onRequest(request: Pick<FastifyRequest, "headers" | "ip">, reply: FastifyReply): Promise<void> {
    reply.header("cache-control", "no-store");
    const given = request.headers["x-internal-token"];
    // Node joins a header that comes twice with a comma, which no token has.
    if (await calls.admits(Array.isArray(given) ? given.join() : given, request.ip)) return;
    await reply.status(401).type("application/json").send(refusedBody);
  }

  http.get(
    "/internal/health",
    {
      onRequest,
      schema: {
        tags,
        security,
        summary: "Whether the hub answers internal calls",
        response: { 200: z.object({ status: z.literal("ok"), version: z.string() }) },
      },
    },
    async () => ({ status: "ok" as const, version: calls.version }),
  );

  http.post(
    "/internal/tokens/verify",
    {
      onRequest,
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Check the token that another service has sent",
        description: "For services that do not check the value themselves. `service` is `shared` for the token of INTERNAL_SERVICE_TOKEN.",
        body: VerifyServiceTokenBody,
        response: { 200: VerifiedServiceToken },
      },
    },
    async (request) => calls.verify(request.body.token, request.ip),
  );

  for (const url of ["/internal", "/internal/*"]) {
    http.all(url, { onRequest, bodyLimit, schema: { hide: true } }, async () => {
      throw new HttpError("not_found", "This is nothing below /internal.");
    });
  }
}

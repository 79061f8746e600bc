import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import fastifyCookie from "@fastify/cookie";
import fastifySwagger from "@fastify/swagger";
import fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { Logger } from "pino";
import { HttpError } from "./errors.ts";
import type { BoundServer, RequestHandler } from "./listen.ts";
import { compressAnswer } from "./compression.ts";
import { answerError } from "./problems.ts";
import { securityHeaders } from "./security-headers.ts";
import { isNavigation } from "./web.ts";

/** For ordinary bodies; the intake sets limits of its own. */
const bodyLimitBytes = 1024 * 1024;

export type HttpServer = ReturnType<typeof buildServer>;

type TokenInUrl = (token: string, caller: { address: string; requestId: string }) => Promise<void>;

function buildServer(options: { log: Logger; trustedProxies: readonly string[]; bound?: BoundServer; onTokenInUrl: TokenInUrl }) {
  const { bound, onTokenInUrl } = options;
  let handler: RequestHandler | null = null;
  // As Fastify's own type: routes and hooks are then the same types everywhere.
  const loggerInstance: FastifyBaseLogger = options.log;
  const http = fastify({
    loggerInstance,
    // One line a request is written at its end, below, without the query: it may hold what nobody should keep.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request_id" }),
    bodyLimit: bodyLimitBytes,
    ...(bound !== undefined && {
      serverFactory: (created: RequestHandler) => {
        handler = created;
        return bound.server;
      },
    }),
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    forceCloseConnections: "idle",
    return503OnClosing: false,
    genReqId: requestId,
    requestIdHeader: false,
    routerOptions: { maxParamLength: 500 },
    // An address that cannot be decoded meets no hook.
    frameworkErrors(error, request, reply) {
      reply.header("x-request-id", request.id);
      refuseAddress(request, onTokenInUrl).then(
        () => answerError(error, request, reply),
        (refusal: Error) => answerError(refusal, request, reply),
      );
    },
  }).withTypeProvider<ZodTypeProvider>();
  // Not before all routes stand: a request to one without its hooks would end the process.
  http.addHook("onReady", async () => {
    if (handler !== null) bound?.handleWith(handler);
  });
  return http;
}

/**
 * The HTTP server with what every route shares: request ids, errors as problem+json, security headers, schemas.
 * `onTokenInUrl` gets a token that stood in an address; the request is refused.
 */
export async function createHttpServer(options: {
  log: Logger;
  version: string;
  trustedProxies: readonly string[];
  isHttps: boolean;
  /** The port that was taken already; without it the caller listens, or injects. */
  bound?: BoundServer;
  /** The page that is answered where a browser navigates; null when it is not built, absent where no pages are served. */
  indexPage?: Buffer | null;
  onTokenInUrl: TokenInUrl;
  /** Hears of each request that is answered 403. */
  onRefused?: (error: HttpError, request: FastifyRequest) => void;
}): Promise<HttpServer> {
  const http = buildServer(options);
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.setErrorHandler((error: Error, request, reply) => {
    if (error instanceof HttpError && error.status === 403) options.onRefused?.(error, request);
    answerError(error, request, reply);
  });
  http.setNotFoundHandler((request, reply) => {
    if (isNavigation(request) && options.indexPage) return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(options.indexPage);
    if (isNavigation(request) && options.indexPage === null)
      return reply.status(503).type("text/plain").send("The pages are not built yet. Run: npm run build\n");
    // The address is not repeated: somebody may have put a secret into it.
    return answerError(new HttpError("not_found", "This address is nothing this hub has. Its addresses stand at /api-docs."), request, reply);
  });

  // Many clients announce JSON and send nothing where there is nothing to say.
  const parseJson = http.getDefaultJsonParser("error", "error");
  http.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, null);
    else void parseJson(request, body.toString(), done);
  });
  await http.register(fastifyCookie);
  await http.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Sentinal",
        version: options.version,
        description:
          "What CI posts to the hub, what dashboards read from it, and how tokens are managed. Errors are application/problem+json with a stable `code`.",
      },
      components: {
        securitySchemes: {
          internal: { type: "apiKey", in: "header", name: "X-Internal-Token", description: "The token that services show each other." },
          bearer: { type: "http", scheme: "bearer", description: "An API token (sent_…) or the access token of a signed-in user." },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  const headers = securityHeaders(options.isHttps);
  http.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    reply.header("x-request-id", request.id);
    // The route's own spelling: an address may write it percent-encoded.
    if ((request.routeOptions.url ?? request.url).startsWith("/api/")) reply.header("cache-control", "no-store");
    await refuseAddress(request, options.onTokenInUrl);
  });
  http.addHook("onSend", compressAnswer);
  // Its fields are ours and hold no secret; to look for some in each costs more than all the rest of the line.
  const requestLog = options.log.child({}, { redact: [] });
  http.addHook("onResponse", async (request, reply) => {
    const route = routeName(request);
    const level = reply.statusCode >= 500 ? "error" : quietRoutes.has(route) ? "debug" : "info";
    requestLog[level](
      {
        request_id: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime * 10) / 10,
        address: request.ip,
      },
      "request",
    );
  });
  return http;
}

const statusRoutes = new Set(["/healthz", "/readyz", "/metrics"]);
/** Asked every few seconds by machines, or many at a time by browsers; their lines would bury the others. */
const quietRoutes = new Set([...statusRoutes, "(file)", "(none)"]);

/** A route as the log and the metrics name it: by its pattern, never by the address that was asked. Built files, each a route of its own, are one. */
export function routeName(request: Pick<FastifyRequest, "routeOptions">): string {
  const { url } = request.routeOptions;
  if (url === undefined) return "(none)";
  return url.startsWith("/api/") || url.startsWith("/internal") || statusRoutes.has(url) ? url : "(file)";
}

function requestId(_request: IncomingMessage): string {
  return randomUUID();
}

/** Throws HttpError 400 for an address with a token in it, which is told first, or with a NUL, which PostgreSQL takes in no text. */
async function refuseAddress(request: FastifyRequest, onTokenInUrl: TokenInUrl): Promise<void> {
  const url = request.raw.url ?? "";
  const tokens = tokensInUrl(url);
  for (const token of tokens) await onTokenInUrl(token, { address: request.ip, requestId: request.id });
  if (tokens.length > 0) throw new HttpError("token_in_url");
  if (url.includes("%00")) throw new HttpError("bad_request", "The address holds a NUL character (%00).");
}

/** Strings of our tokens' shapes in an address (API tokens, refresh tokens, invitations, links for a password), also when they are percent-encoded; each once. */
export function tokensInUrl(url: string): string[] {
  if (!/s(?:ent|inv|rst)|%/.test(url)) return [];
  const plain = url.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return [...new Set(plain.match(/sent_[0-9A-Za-z]{49}|(?:sentr|sinv|srst)_[0-9A-Za-z]{43}/g))];
}

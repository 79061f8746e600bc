import { timingSafeEqual, hash } from "node:crypto";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { FastifyRequest } from "fastify";
import { errorCatalogue, HttpError } from "./errors.ts";
import { type HttpServer, routeName } from "./server.ts";

export type StatusOptions = {
  version: string;
  /** What is not as it must be for the hub to do its work; empty when it can. */
  notReady(): Promise<readonly string[]>;
  metricsToken: string | null;
  socketCount(): number;
};

/** `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: for Prometheus. `/api/openapi.json`: what it speaks. */
export function registerStatusRoutes(http: HttpServer, options: StatusOptions): void {
  const metrics = createMetrics(options);
  http.addHook("onResponse", async (request, reply) => {
    metrics.observe(request.method, routeName(request), reply.statusCode, reply.elapsedTime / 1000);
  });
  http.get("/healthz", { schema: { hide: true } }, async () => ({ status: "alive", version: options.version }));
  http.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    const problems = await options.notReady();
    return reply.status(problems.length === 0 ? 200 : 503).send({ status: problems.length === 0 ? "ready" : "not ready", problems });
  });
  http.get("/metrics", { schema: { hide: true } }, async (request, reply) => {
    if (!mayReadMetrics(options.metricsToken, request)) {
      throw new HttpError(
        "not_signed_in",
        options.metricsToken === null
          ? "/metrics answers loopback only; set SENTINAL_METRICS_TOKEN to read it from elsewhere."
          : "/metrics needs its own bearer token.",
      );
    }
    return reply.type(metrics.contentType).send(await metrics.read());
  });
  http.get("/api/openapi.json", { schema: { hide: true } }, async () => ({ ...http.swagger(), "x-errors": errorCatalogue }));
}

function createMetrics(options: StatusOptions) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "sentinal_" });
  const requests = new Counter({
    name: "sentinal_http_requests_total",
    help: "HTTP requests by method, route and status.",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "sentinal_http_request_seconds",
    help: "Time to answer by route.",
    labelNames: ["route"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const sockets = new Gauge({ name: "sentinal_sockets", help: "Open live connections.", registers: [registry] });
  return {
    async read(): Promise<string> {
      sockets.set(options.socketCount());
      return registry.metrics();
    },
    contentType: registry.contentType,
    observe(method: string, route: string, status: number, elapsedSeconds: number): void {
      requests.inc({ method, route, status: String(status) });
      seconds.observe({ route }, elapsedSeconds);
    },
  };
}

/**
 * Without a token only this machine itself reads, by the connection's own address. A proxy on this machine speaks for
 * others: what it passes on is refused, whether it is trusted or not.
 */
function mayReadMetrics(token: string | null, request: Pick<FastifyRequest, "headers" | "socket">): boolean {
  const { headers } = request;
  if (token !== null) return timingSafeEqual(hash("sha256", headers.authorization ?? "", "buffer"), hash("sha256", `Bearer ${token}`, "buffer"));
  const isPassedOn = forwardingHeaders.some((name) => headers[name] !== undefined);
  return !isPassedOn && loopback.has(request.socket.remoteAddress ?? "");
}

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const forwardingHeaders = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"];

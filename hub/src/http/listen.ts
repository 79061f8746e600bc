import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpError } from "./errors.ts";
import { problemOf } from "./problems.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** A bound port whose requests are answered 503 until a handler is given. */
export type BoundServer = {
  server: Server;
  port: number;
  handleWith(handler: RequestHandler): void;
  /** Takes no new connection, and waits for the requests under way, at most 5 s; what is not over then is cut off. May be called twice. */
  close(): Promise<void>;
};

/** The port cannot be had; the message says why and what to do. */
export class ListenProblem extends Error {
  readonly code = "port_unavailable";
}

const headersTimeoutMs = 30_000;
/** A report of 1 GB over a slow line takes its time. */
const requestTimeoutMs = 3_600_000;
const keepAliveTimeoutMs = 72_000;
const closeWithinMs = 5_000;
const sweepIdleMs = 25;

/**
 * Takes the port before anything else is opened: a second hub on the same machine fails here, having touched nothing.
 * Until the hub is ready it lives (`/healthz` 200) and is not ready (all else 503).
 */
export async function bindServer(host: string, port: number): Promise<BoundServer> {
  let handler: RequestHandler = answerStarting;
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveTimeoutMs },
    (request, response) => handler(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new ListenProblem(sentenceFor(error, host, port))));
    server.listen(port, host, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    handleWith(next) {
      handler = next;
    },
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), closeWithinMs);
        // Again and again: a connection whose last request has been answered stays open for the next one.
        const sweeping = setInterval(() => server.closeIdleConnections(), sweepIdleMs);
        server.close(() => {
          clearTimeout(timer);
          clearInterval(sweeping);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const isAlive = request.url === "/healthz";
  if (isAlive) {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ status: "alive" }));
    return;
  }
  const requestId = randomUUID();
  response.writeHead(503, { "content-type": "application/problem+json", "retry-after": "2", "x-request-id": requestId });
  response.end(JSON.stringify(problemOf(new HttpError("not_ready", "The hub is starting."), requestId)));
}

function sentenceFor(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use by another program, perhaps another hub. Stop it, or set SENTINAL_PORT to a free port.`;
    case "EACCES":
      return `Port ${port} on ${host} may not be opened by this user. Set SENTINAL_PORT to a port above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine. Set SENTINAL_HOST to one that is, such as 127.0.0.1.`;
    default:
      return `The hub cannot listen on ${host}:${port} (${error.code ?? error.message}). Check SENTINAL_HOST and SENTINAL_PORT.`;
  }
}

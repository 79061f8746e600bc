import pino from "pino";
import { createHttpServer, type HttpServer } from "./server.ts";

export type LeakedToken = { token: string; address: string };

export type TestServer = {
  http: HttpServer;
  /** Tokens that stood in an address, in their order. */
  leaked: LeakedToken[];
  /** Lines of the log, parsed. */
  lines: Record<string, unknown>[];
};

/** The server as the hub makes it, with the routes that a test adds; injected, never listening. */
export async function createTestServer(
  addRoutes: (http: HttpServer) => void,
  options: { indexPage?: Buffer | null; trustedProxies?: string[]; bound?: NonNullable<Parameters<typeof createHttpServer>[0]["bound"]> } = {},
): Promise<TestServer> {
  const leaked: LeakedToken[] = [];
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "info", base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const http = await createHttpServer({
    log,
    version: "0.0.0-test",
    isHttps: false,
    trustedProxies: options.trustedProxies ?? [],
    ...(options.indexPage !== undefined && { indexPage: options.indexPage }),
    ...(options.bound !== undefined && { bound: options.bound }),
    onTokenInUrl: async (token, { address }) => void leaked.push({ token, address }),
  });
  addRoutes(http);
  await http.ready();
  return { http, leaked, lines };
}

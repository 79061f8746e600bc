import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyRequest } from "fastify";
import type { HttpServer } from "./server.ts";

export const webDist = join(import.meta.dirname, "..", "..", "..", "web", "dist");

/** The one page of the built web part; null when it is not built. */
export async function readIndexPage(dist = webDist): Promise<Buffer | null> {
  try {
    return await readFile(join(dist, "index.html"));
  } catch {
    return null;
  }
}

/** True where a browser navigates: every such address that is no file is a page, which the browser's own router knows. */
export function isNavigation(request: FastifyRequest): boolean {
  const { url } = request;
  return request.method === "GET" && !url.startsWith("/api/") && !url.startsWith("/socket.io/") && (request.headers.accept ?? "").includes("text/html");
}

/** Serves the built files; pages themselves are the not-found handler's. */
export async function registerWeb(http: HttpServer, dist = webDist): Promise<void> {
  await http.register(fastifyStatic, {
    root: dist,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      // Built files carry their hash in their name.
      reply.header("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestServer, type TestServer } from "./fixture.ts";
import { registerStatusRoutes } from "./status-routes.ts";
import { readIndexPage, registerWeb } from "./web.ts";

const script = "console.log('hello')";
let dist: string;
let server: TestServer;

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), "sentinal-web-"));
  await mkdir(join(dist, "assets"));
  await writeFile(join(dist, "index.html"), "<!doctype html><title>page</title>");
  await writeFile(join(dist, "theme.js"), "theme");
  await writeFile(join(dist, "assets", "index-abc.js"), script);
  await writeFile(join(dist, "assets", "index-abc.js.gz"), gzipSync(script));
  await writeFile(join(dist, "assets", "index-abc.js.br"), brotliCompressSync(script));
  await writeFile(join(dist, "..", "outside.txt"), "secret").catch(() => {});
  const indexPage = await readIndexPage(dist);
  server = await createTestServer(
    (http) => {
      registerStatusRoutes(http, { version: "1.2.3", metricsToken: null, socketCount: () => 0, notReady: async () => [] });
      void registerWeb(http, dist);
    },
    { indexPage },
  );
});
afterAll(async () => {
  await server.http.close();
  await rm(dist, { recursive: true, force: true });
  await rm(join(dist, "..", "outside.txt"), { force: true });
});

describe("the built pages", () => {
  test("are sent as they are, with their type", async () => {
    const answer = await server.http.inject({ url: "/theme.js" });
    expect(answer).toMatchObject({ statusCode: 200, body: "theme" });
    expect(answer.headers["content-type"]).toContain("javascript");
  });

  test("are sent compressed to who takes it, from the copies beside them", async () => {
    const encodingOf = async (accepted: string) =>
      (await server.http.inject({ url: "/assets/index-abc.js", headers: { "accept-encoding": accepted } })).headers["content-encoding"];
    expect(await encodingOf("br, gzip")).toBe("br");
    expect(await encodingOf("gzip")).toBe("gzip");
    expect(await encodingOf("identity")).toBeUndefined();
  });

  test("may be kept for a year where their name changes with them, and are asked for anew where not", async () => {
    expect((await server.http.inject({ url: "/assets/index-abc.js" })).headers["cache-control"]).toContain("immutable");
    expect((await server.http.inject({ url: "/theme.js" })).headers["cache-control"]).toBe("no-cache");
  });

  test.each(["/../outside.txt", "/assets/../../outside.txt", "/%2e%2e/outside.txt", "/assets/..%2f..%2foutside.txt", "//outside.txt"])(
    "give nothing from outside of their folder: %s",
    async (url) => {
      expect((await server.http.inject({ url })).body).not.toContain("secret");
    },
  );

  test("that do not exist are not found, and are no page", async () => {
    expect((await server.http.inject({ url: "/assets/gone.js" })).statusCode).toBe(404);
  });

  test("fill neither the log nor the metrics with their names", async () => {
    server.lines.length = 0;
    for (const url of ["/assets/index-abc.js", "/theme.js"]) await server.http.inject({ url });
    expect(server.lines).toEqual([]);
    expect((await server.http.inject({ url: "/metrics" })).body).not.toContain("index-abc");
  });

  test("are null when they were not built", async () => {
    expect(await readIndexPage(join(dist, "nowhere"))).toBeNull();
  });
});

import { describe, expect, onTestFinished, test } from "vitest";
import { createTestServer } from "./fixture.ts";
import { registerStatusRoutes, type StatusOptions } from "./status-routes.ts";

async function serverWith(options: Partial<StatusOptions> = {}, trustedProxies: string[] = []) {
  const { http, lines } = await createTestServer(
    (server) => {
      registerStatusRoutes(server, { version: "1.2.3", metricsToken: null, socketCount: () => 7, notReady: async () => [], ...options });
      server.get("/api/cicd/runs/:id", { schema: { summary: "One run" } }, async () => ({}));
    },
    { trustedProxies },
  );
  onTestFinished(() => http.close());
  return { http, lines };
}

describe("/healthz and /readyz", () => {
  test("a process that lives says so, with its version, also when it is not ready", async () => {
    const { http } = await serverWith({ notReady: async () => ["the database does not answer"] });
    const answer = await http.inject({ url: "/healthz" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: "alive", version: "1.2.3" });
  });

  test("a hub that can do its work is ready", async () => {
    const { http } = await serverWith();
    const answer = await http.inject({ url: "/readyz" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: "ready", problems: [] });
  });

  test("a hub that cannot is not, and says why", async () => {
    const { http } = await serverWith({ notReady: async () => ["stopping", "the database does not answer"] });
    const answer = await http.inject({ url: "/readyz" });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: "not ready", problems: ["stopping", "the database does not answer"] });
  });

  test("machines that ask every few seconds do not fill the log", async () => {
    const { http, lines } = await serverWith();
    for (const url of ["/healthz", "/readyz", "/metrics"]) await http.inject({ url });
    expect(lines).toEqual([]);
  });
});

describe("/metrics without a token", () => {
  test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("answers this machine, %s", async (remoteAddress) => {
    const { http } = await serverWith();
    const answer = await http.inject({ url: "/metrics", remoteAddress });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toContain("text/plain");
    expect(answer.body).toContain("sentinal_sockets 7");
  });

  test.each(["192.0.2.1", "10.0.0.1", "::ffff:10.0.0.1"])("refuses every other, %s", async (remoteAddress) => {
    const { http } = await serverWith();
    expect((await http.inject({ url: "/metrics", remoteAddress })).statusCode).toBe(401);
  });

  test("refuses who claims to be this machine", async () => {
    const { http } = await serverWith({}, ["192.0.2.1"]);
    expect((await http.inject({ url: "/metrics", remoteAddress: "192.0.2.1", headers: { "x-forwarded-for": "127.0.0.1" } })).statusCode).toBe(401);
  });

  test.each(["x-forwarded-for", "x-real-ip", "forwarded", "via"])("refuses whom a proxy on this machine speaks for, told by its %s", async (header) => {
    for (const proxies of [[], ["127.0.0.1"]]) {
      const { http } = await serverWith({}, proxies);
      expect((await http.inject({ url: "/metrics", remoteAddress: "127.0.0.1", headers: { [header]: "203.0.113.9" } })).statusCode).toBe(401);
    }
  });
});

describe("/metrics with a token", () => {
  const metricsToken = "a-token-for-metrics";

  test("answers whoever sends it, from anywhere", async () => {
    const { http } = await serverWith({ metricsToken });
    const answer = await http.inject({
      url: "/metrics",
      remoteAddress: "192.0.2.1",
      headers: { authorization: `Bearer ${metricsToken}`, "x-forwarded-for": "203.0.113.9" },
    });
    expect(answer.statusCode).toBe(200);
  });

  test.each([
    ["nothing", {}],
    ["another", { authorization: "Bearer a-token-for-metricz" }],
    ["it without the scheme", { authorization: metricsToken }],
    ["it with more behind", { authorization: `Bearer ${metricsToken}x` }],
  ])("refuses who sends %s, this machine too", async (_name, headers) => {
    const { http } = await serverWith({ metricsToken });
    expect((await http.inject({ url: "/metrics", remoteAddress: "127.0.0.1", headers })).statusCode).toBe(401);
  });
});

describe("what is counted", () => {
  test("requests by route, never by address, so that nobody's addresses fill the memory", async () => {
    const { http } = await serverWith();
    for (const id of ["1", "2", "3"]) await http.inject({ url: `/api/cicd/runs/${id}` });
    for (let index = 0; index < 5; index++) await http.inject({ url: `/nothing/${index}` });
    const { body } = await http.inject({ url: "/metrics", remoteAddress: "127.0.0.1" });
    expect(body).toContain('sentinal_http_requests_total{method="GET",route="/api/cicd/runs/:id",status="200"} 3');
    expect(body).toContain('sentinal_http_requests_total{method="GET",route="(none)",status="404"} 5');
    expect(body).not.toContain("/nothing/");
  });
});

describe("/api/openapi.json", () => {
  test("names the routes for the outside, and not those for machines", async () => {
    const { http } = await serverWith();
    const paths = Object.keys((await http.inject({ url: "/api/openapi.json" })).json<{ paths: object }>().paths);
    expect(paths).toEqual(["/api/cicd/runs/{id}"]);
  });
});

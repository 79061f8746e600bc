import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestServer, type TestServer } from "./fixture.ts";
import { tokensInUrl } from "./server.ts";

const token = (letter: string) => `sent_${letter.repeat(49)}`;

function percentEncoded(text: string): string {
  return [...text].map((character) => `%${character.charCodeAt(0).toString(16)}`).join("");
}

describe("tokens in an address", () => {
  test.each([
    ["none", "/api/cicd/runs?limit=5", []],
    ["one in the query", `/api/x?token=${token("a")}`, [token("a")]],
    ["one in the path", `/api/${token("b")}/x`, [token("b")]],
    ["several, each once", `/x?a=${token("a")}&b=${token("b")}&c=${token("a")}`, [token("a"), token("b")]],
    ["one that is percent-encoded throughout", `/x?t=${percentEncoded(token("c"))}`, [token("c")]],
    ["one with an encoded underscore", `/x?t=sent%5f${"d".repeat(49)}`, [token("d")]],
    ["one behind text without a gap", `/x?t=Bearer${token("e")}`, [token("e")]],
    ["a refresh token", `/x?t=sentr_${"a".repeat(43)}`, [`sentr_${"a".repeat(43)}`]],
    ["an invitation whose # was lost", `/invite/sinv_${"a".repeat(43)}`, [`sinv_${"a".repeat(43)}`]],
    ["a link for a password whose # was lost", `/reset?srst_${"a".repeat(43)}`, [`srst_${"a".repeat(43)}`]],
    ["a word that only begins like one", "/x?q=sent_items", []],
    ["one beside an encoding that is broken", `/x?t=%zz${token("f")}`, [token("f")]],
  ])("%s", (_name, url, found) => {
    expect(tokensInUrl(url)).toEqual(found);
  });

  test("a token is found wherever it stands and however its characters are encoded", () => {
    const base62 = fc.stringMatching(/^[0-9A-Za-z]{49}$/);
    fc.assert(
      fc.property(base62, fc.webPath(), fc.array(fc.boolean(), { minLength: 54, maxLength: 54 }), (body, path, encoded) => {
        const secret = `sent_${body}`;
        const written = [...secret].map((character, index) => (encoded[index] === true ? percentEncoded(character) : character)).join("");
        expect(tokensInUrl(`${path}?t=${written}`)).toContain(secret);
      }),
    );
  });
});

describe("a server", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createTestServer(
      (http) => {
        http.get("/api/ok", async (request) => ({ address: request.ip }));
        http.get("/page.js", async (_request, reply) => reply.type("text/javascript").send("1"));
      },
      { indexPage: Buffer.from("<!doctype html><title>page</title>"), trustedProxies: ["10.0.0.0/8"] },
    );
  });
  afterAll(() => server.http.close());

  test("refuses a request with a token in its address, also one that no route and no decoder takes, and tells the token", async () => {
    const urls = [`/api/ok?t=${token("a")}`, `/nothing/${token("b")}`, `/api/%zz?t=${token("c")}`];
    for (const url of urls) {
      const answer = await server.http.inject({ url });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: "token_in_url" });
      expect(answer.body).not.toContain(token("a").slice(5, 20));
    }
    expect(server.leaked.map((leak) => leak.token)).toEqual([token("a"), token("b"), token("c")]);
  });

  test("gives every answer a request id of its own, whatever id the request brought", async () => {
    const ids = await Promise.all(
      ["/api/ok", "/nothing", "/%zz"].map(
        async (url) => (await server.http.inject({ url, headers: { "x-request-id": "chosen", "request-id": "chosen" } })).headers["x-request-id"],
      ),
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("lets nobody keep what its API answers", async () => {
    expect((await server.http.inject({ url: "/api/ok" })).headers["cache-control"]).toBe("no-store");
    expect((await server.http.inject({ url: "/%61pi/ok" })).headers["cache-control"]).toBe("no-store");
  });

  test("sends the security headers with every answer", async () => {
    for (const url of ["/api/ok", "/nothing", "/deep/page"]) {
      const { headers } = await server.http.inject({ url, headers: { accept: "text/html" } });
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["content-security-policy"]).not.toContain("unsafe");
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer" });
      expect(headers["strict-transport-security"]).toBeUndefined();
    }
  });

  test("believes X-Forwarded-For from a trusted proxy only", async () => {
    const from = async (remoteAddress: string) =>
      (await server.http.inject({ url: "/api/ok", remoteAddress, headers: { "x-forwarded-for": "203.0.113.9" } })).json();
    expect(await from("10.1.2.3")).toEqual({ address: "203.0.113.9" });
    expect(await from("192.0.2.1")).toEqual({ address: "192.0.2.1" });
  });

  test("writes one line a request, without its query", async () => {
    server.lines.length = 0;
    await server.http.inject({ url: "/api/ok?password=hunter2" });
    expect(server.lines).toHaveLength(1);
    expect(server.lines[0]).toMatchObject({ method: "GET", route: "/api/ok", status: 200 });
    expect(JSON.stringify(server.lines)).not.toContain("hunter2");
  });
});

describe("an address that is no route", () => {
  const html = { accept: "text/html,*/*" };

  async function answers(indexPage: Buffer | null | undefined) {
    const { http } = await createTestServer(() => {}, indexPage === undefined ? {} : { indexPage });
    return (options: { url: string; method?: "GET" | "POST"; headers?: Record<string, string> }) => http.inject(options);
  }

  test("is the page where a browser navigates, so that every page can be opened by its address", async () => {
    const ask = await answers(Buffer.from("page"));
    for (const url of ["/", "/runs/7", "/findings?q=a%20b"]) {
      const answer = await ask({ url, headers: html });
      expect(answer).toMatchObject({ statusCode: 200, body: "page" });
      expect(answer.headers).toMatchObject({ "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" });
    }
  });

  test("is not found for everything else: the API, the sockets, scripts, other methods", async () => {
    const ask = await answers(Buffer.from("page"));
    for (const request of [
      { url: "/api/runs", headers: html },
      { url: "/socket.io/?EIO=4", headers: html },
      { url: "/assets/gone.js", headers: { accept: "*/*" } },
      { url: "/runs/7", method: "POST" as const, headers: html },
    ]) {
      const answer = await ask(request);
      expect(answer.statusCode, request.url).toBe(404);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
  });

  test("says how the pages are built when they are not", async () => {
    expect(await (await answers(null))({ url: "/runs/7", headers: html })).toMatchObject({ statusCode: 503, body: expect.stringContaining("npm run build") });
    expect((await (await answers(undefined))({ url: "/runs/7", headers: html })).statusCode).toBe(404);
  });
});

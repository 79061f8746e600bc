import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestServer, type TestServer } from "./fixture.ts";

const long = { words: "the same words again and again ".repeat(200) };

describe("a long JSON answer", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createTestServer((http) => {
      http.get("/api/long", async () => long);
      http.get("/api/short", async () => ({ words: "few" }));
      http.get("/api/text", async (_request, reply) => reply.type("text/csv").send(long.words));
      http.post("/api/long", async () => long);
    });
  });
  afterAll(() => server.http.close());

  test.each([["gzip"], ["br;q=0.5, gzip"], ["deflate, GZIP;q=0.1"]])("is compressed for who takes %s, and says that it depends on that", async (accepted) => {
    const answer = await server.http.inject({ url: "/api/long", headers: { "accept-encoding": accepted } });
    expect(answer.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding", "content-length": String(answer.rawPayload.length) });
    expect(answer.rawPayload.length).toBeLessThan(500);
    expect(JSON.parse(gunzipSync(answer.rawPayload).toString())).toEqual(long);
  });

  test.each([
    ["nothing", undefined],
    ["br", "br"],
    ["gzip refused", "gzip;q=0"],
    ["another word", "xgzip"],
  ])("comes as it is for who takes %s", async (_name, accepted) => {
    const answer = await server.http.inject({ url: "/api/long", ...(accepted !== undefined && { headers: { "accept-encoding": accepted } }) });
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect(answer.headers["vary"]).toBe("accept-encoding");
    expect(answer.json()).toEqual(long);
  });

  test.each([
    ["short", "GET", "/api/short"],
    ["to a POST", "POST", "/api/long"],
    ["no JSON", "GET", "/api/text"],
  ] as const)("is left alone when it is %s", async (_name, method, url) => {
    const answer = await server.http.inject({ method, url, headers: { "accept-encoding": "gzip" } });
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect(answer.headers["vary"]).toBeUndefined();
  });
});

import { once } from "node:events";
import { request as send } from "node:http";
import { Problem } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { errorCatalogue, fieldError, HttpError } from "./errors.ts";
import { createTestServer, type TestServer } from "./fixture.ts";
import { bindServer, type BoundServer } from "./listen.ts";
import { fieldProblems, problemOf } from "./problems.ts";

let server: TestServer;
let bound: BoundServer;

beforeAll(async () => {
  bound = await bindServer("127.0.0.1", 0);
  server = await createTestServer(
    (http) => {
      http.post("/api/things", { schema: { body: z.object({ name: z.string().min(2), size: z.number().max(9).optional() }) } }, async () => ({ ok: true }));
      http.get("/api/things/:id", { schema: { params: z.object({ id: z.coerce.number().int() }) } }, async () => ({ ok: true }));
      http.get("/api/expected", async () => {
        throw new HttpError("too_many_requests", "More than 5 a minute.", { headers: { "retry-after": "7" } });
      });
      http.get("/api/field", async () => {
        throw fieldError("cursor", "is not one that this list gave out", "Leave it out.");
      });
      http.get("/api/bug", async () => {
        throw new TypeError("secret words of a bug");
      });
      http.get("/api/wrong-answer", { schema: { response: { 200: z.object({ name: z.string() }) } } }, async () => ({ name: 5 as unknown as string }));
    },
    { bound },
  );
});
afterAll(async () => {
  await server.http.close();
  await bound.close();
});

type Options = { url: string; method?: "GET" | "POST" | "DELETE"; headers?: Record<string, string>; payload?: string };

/** The answer, which must be a problem of that status in every respect. */
async function problem(status: number, options: Options): Promise<Problem & { headers: Record<string, unknown> }> {
  const answer = await server.http.inject(options);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  const body = Problem.parse(answer.json());
  expect(body.status).toBe(status);
  expect(body.request_id).toBe(answer.headers["x-request-id"]);
  return { ...body, headers: answer.headers };
}

const json = { "content-type": "application/json" };

describe("an error is answered as problem+json", () => {
  test("an expected one with its code, its text, what to do, and its headers", async () => {
    const answer = await problem(429, { url: "/api/expected" });
    expect(answer).toMatchObject({
      code: "too_many_requests",
      title: errorCatalogue.too_many_requests.title,
      detail: "More than 5 a minute. Wait for the seconds that Retry-After names.",
    });
    expect(answer.headers["retry-after"]).toBe("7");
  });

  test("a wrong field with its name, what is wrong and the fix, in sentences", async () => {
    const answer = await problem(400, { url: "/api/field" });
    expect(answer.errors).toEqual([{ field: "cursor", problem: "is not one that this list gave out", fix: "Leave it out." }]);
    expect(answer.detail).toBe("cursor: is not one that this list gave out. Correct the fields that `errors` names.");
  });

  test("a body that the schema refuses, field by field", async () => {
    const answer = await problem(400, { method: "POST", url: "/api/things", headers: json, payload: '{"name":"x","size":10}' });
    expect(answer).toMatchObject({ code: "field_invalid", errors: [{ field: "name" }, { field: "size" }] });
  });

  test("a parameter that the schema refuses", async () => {
    expect(await problem(400, { url: "/api/things/abc" })).toMatchObject({ code: "field_invalid", errors: [{ field: "id" }] });
  });

  test.each([
    ["a body that is no JSON", "hello", "body_not_json"],
    ["a body that is cut off", '{"name":', "body_not_json"],
    ["a body with a forbidden name", '{"__proto__":{"admin":true}}', "body_not_json"],
    ["no body at all, though one is announced", "", "field_invalid"],
    ["a body that is no object", "[]", "field_invalid"],
  ])("%s", async (_name, payload, code) => {
    expect(await problem(400, { method: "POST", url: "/api/things", headers: json, payload })).toMatchObject({ code });
  });

  test("a content type that nobody takes", async () => {
    expect(await problem(415, { method: "POST", url: "/api/things", headers: { "content-type": "text/xml" }, payload: "<a/>" })).toMatchObject({
      code: "media_type_unknown",
    });
  });

  test("a body above the limit, by its announced length and by its real one", async () => {
    const payload = `{"name":"${"x".repeat(1024 * 1024)}"}`;
    expect(await problem(413, { method: "POST", url: "/api/things", headers: json, payload })).toMatchObject({ code: "body_too_large" });
  });

  test("a route that is not there, and a method that a route does not take", async () => {
    expect(await problem(404, { url: "/api/nothing?secret=1" })).toMatchObject({ code: "not_found", detail: expect.not.stringContaining("secret") });
    expect(await problem(404, { method: "DELETE", url: "/api/things" })).toMatchObject({ code: "not_found" });
  });

  test("an address that cannot be decoded, or is too long for any route", async () => {
    for (const url of ["/api/things/%E0%A4%A", "/%zz", `/api/things/${"9".repeat(600)}`])
      expect(await problem(400, { url })).toMatchObject({ code: "bad_request" });
  });

  test("an address with a NUL, which no text of the database can hold", async () => {
    for (const url of ["/api/expected?q=%00", "/api/things/%00"])
      expect(await problem(400, { url })).toMatchObject({ code: "bad_request", detail: expect.stringContaining("NUL") });
  });

  test("a bug as 500 with the request id; its words stand in the log only", async () => {
    const answer = await problem(500, { url: "/api/bug" });
    expect(answer.code).toBe("internal");
    expect(JSON.stringify(answer)).not.toContain("secret words");
    expect(server.lines).toContainEqual(
      expect.objectContaining({ request_id: answer.request_id, err: expect.objectContaining({ message: "secret words of a bug" }) }),
    );
  });

  test("an answer of ours that breaks its own schema as a bug", async () => {
    expect(await problem(500, { url: "/api/wrong-answer" })).toMatchObject({ code: "internal" });
  });
});

describe("a body that is too large and still being sent", () => {
  test.each([
    ["with its length announced", { "content-length": String(64 * 1024 * 1024) }],
    ["in chunks of unknown length", { "transfer-encoding": "chunked" }],
  ])("%s: the sender gets the answer, not a broken connection", async (_name, headers) => {
    const request = send({ port: bound.port, host: "127.0.0.1", method: "POST", path: "/api/things", headers: { ...json, ...headers } });
    const broken: Error[] = [];
    request.on("error", (error) => broken.push(error));
    const answered = once(request, "response");
    const piece = Buffer.alloc(1024 * 1024, " ");
    for (let sent = 0; sent < 20; sent++) request.write(piece);
    const [response] = await answered;
    expect(response.statusCode).toBe(413);
    // What is left is taken and thrown away, so a sender that goes on to the end is not cut off either.
    for (let sent = 20; sent < 64; sent++) request.write(piece);
    const finished = once(request, "finish");
    request.end();
    await finished;
    response.resume();
    await once(response, "end");
    expect(broken).toEqual([]);
    request.destroy();
  });
});

describe("texts of errors", () => {
  test("every entry of the catalogue has a title and a fix that is a sentence", () => {
    for (const [code, entry] of Object.entries(errorCatalogue)) {
      expect(entry.status, code).toBeGreaterThanOrEqual(400);
      expect(entry.title, code).toMatch(/^[A-Z].*[^.]$/);
      expect(entry.fix, code).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("an error without words of its own says what to do, once", () => {
    expect(problemOf(new HttpError("not_signed_in"), "id").detail).toBe(errorCatalogue.not_signed_in.fix);
  });

  test("what a schema found is told with the way to the field and a fix, at most 20 of it", () => {
    const schema = z.object({ list: z.array(z.object({ kind: z.enum(["a", "b"]) })), size: z.number().min(3), text: z.string().max(2) });
    const parsed = schema.safeParse({ list: [{ kind: "c" }], size: 1, text: "long" });
    expect(fieldProblems(parsed.error?.issues ?? [], "body")).toEqual([
      { field: "body.list.0.kind", problem: expect.any(String), fix: "One of: a, b." },
      { field: "body.size", problem: expect.any(String), fix: "At least 3." },
      { field: "body.text", problem: expect.any(String), fix: "At most 2." },
    ]);
    const many = z.array(z.number()).safeParse(Array.from({ length: 50 }, () => "x"));
    expect(fieldProblems(many.error?.issues ?? [])).toHaveLength(20);
  });
});

import { describe, expect, test } from "vitest";
import { createClient, isWorthRetrying } from "./client.ts";
import { ApiProblem, shownProblem } from "./problem.ts";

type Call = { path: string; token: string | null };

function scene(
  answer: (call: Call, index: number) => Response | Promise<Response>,
  tokens: { first: string | null; next: string | null } = { first: "one", next: "two" },
) {
  const calls: Call[] = [];
  const client = createClient({ token: async () => tokens.first, tokenAfterRefusal: async () => tokens.next }, async (path, init) => {
    const call = { path, token: new Headers(init.headers).get("authorization") };
    calls.push(call);
    return answer(call, calls.length - 1);
  });
  return { client, calls };
}

const refusal = () =>
  Response.json({ type: "", title: "Sign-in is needed", status: 401, detail: "Sign in.", code: "not_signed_in", request_id: "r-1" }, { status: 401 });

describe("a call", () => {
  test("carries the token in its header and the filters in its address", async () => {
    const { client, calls } = scene(() => Response.json({ items: [] }));
    await client.get("/api/cicd/runs", { repository: "acme/shop", status: ["Failed", "Running"], q: undefined, limit: 50 });
    expect(calls).toEqual([{ path: "/api/cicd/runs?repository=acme/shop&status=Failed&status=Running&limit=50", token: "Bearer one" }]);
  });

  test("that is refused is sent once more with a new token", async () => {
    const { client, calls } = scene((call) => (call.token === "Bearer one" ? refusal() : Response.json({ id: 1 })));
    expect(await client.get("/api/auth/me")).toEqual({ id: 1 });
    expect(calls.map((call) => call.token)).toEqual(["Bearer one", "Bearer two"]);
  });

  test("that is refused twice is not sent a third time", async () => {
    const { client, calls } = scene(refusal);
    await expect(client.get("/api/auth/me")).rejects.toMatchObject({ status: 401, code: "not_signed_in", requestId: "r-1" });
    expect(calls).toHaveLength(2);
  });

  test("after the session's end is not repeated without a token", async () => {
    const { client, calls } = scene(refusal, { first: "one", next: null });
    await expect(client.get("/api/auth/me")).rejects.toMatchObject({ status: 401 });
    expect(calls).toHaveLength(1);
  });
});

describe("a sensitive call", () => {
  const tooOld = () =>
    Response.json({ type: "", title: "Prove it", status: 403, detail: "Prove it.", code: "reauthentication_required", request_id: "r-2" }, { status: 403 });

  function sensitive(isProved: boolean, answers: readonly (() => Response)[]) {
    const bodies: unknown[] = [];
    let asked = 0;
    const client = createClient(
      { token: async () => "one", tokenAfterRefusal: async () => null },
      async (_path, init) => {
        bodies.push(init.body);
        return answers[bodies.length - 1]?.() ?? new Response(null, { status: 204 });
      },
      async () => {
        asked++;
        return isProved;
      },
    );
    return { client, bodies, asked: () => asked };
  }

  test("is sent once more, as it was, after the person proved who they are", async () => {
    const { client, bodies, asked } = sensitive(true, [tooOld]);
    await client.act("/api/auth/x", { role: "Member" });
    expect(bodies).toEqual(['{"role":"Member"}', '{"role":"Member"}']);
    expect(asked()).toBe(1);
  });

  test("is not sent again when they would not, and fails as it was refused", async () => {
    const { client, bodies } = sensitive(false, [tooOld]);
    await expect(client.act("/api/auth/x")).rejects.toMatchObject({ code: "reauthentication_required" });
    expect(bodies).toHaveLength(1);
  });

  test("that is refused again asks no second time", async () => {
    const { client, bodies, asked } = sensitive(true, [tooOld, tooOld]);
    await expect(client.act("/api/auth/x")).rejects.toMatchObject({ code: "reauthentication_required" });
    expect([bodies.length, asked()]).toEqual([2, 1]);
  });
});

describe("a failure", () => {
  test("that a proxy answered is not taken for the hub's", async () => {
    const { client } = scene(() => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "x-request-id": "p-9", "retry-after": "7" } }));
    await expect(client.get("/x")).rejects.toMatchObject({ code: "http_502", requestId: "p-9", retryAfterSeconds: 7 });
  });

  test("without an answer says that the hub is out of reach", async () => {
    const { client } = scene(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(client.get("/x")).rejects.toMatchObject({ status: 0, code: "unreachable" });
  });

  test("of the page itself is shown as such and never retried", () => {
    const problem = shownProblem(new TypeError("x is undefined"));
    expect(problem.code).toBe("page_fault");
    expect(isWorthRetrying(problem)).toBe(false);
  });

  test("is retried only where that may help", () => {
    const withStatus = (status: number) => new ApiProblem({ status, code: "c", title: "t", detail: "d" });
    expect([0, 400, 401, 403, 404, 422, 429, 500, 503].filter((status) => isWorthRetrying(withStatus(status)))).toEqual([0, 429, 500, 503]);
  });
});

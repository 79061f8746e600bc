import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { password, startTestHub, type TestAnswer, type TestHub } from "./fixture.ts";

const own = { origin: "http://127.0.0.1:8484" };
const name = "__Host-sentinal_refresh";

let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = await startTestHub({ database });
  await hub.signUp("ada");
});
afterAll(async () => {
  await hub.close();
  await database.close();
});

let address = 0;
function login(on = hub, headers: Record<string, string> = own): Promise<TestAnswer> {
  return on.call("POST", "/api/auth/login", { body: { username: "ada", password, cookie: true }, headers, address: `192.0.2.${++address}` });
}

async function cookieOf(answer: TestAnswer): Promise<string> {
  expect(answer.status).toBe(200);
  const cookie = answer.cookies[0];
  return `${cookie?.name ?? ""}=${cookie?.value ?? ""}`;
}

describe("the refresh cookie", () => {
  test("holds the refresh token, which then is not in the answer, out of reach of scripts and other sites", async () => {
    const answer = await login();
    expect(answer.body).toEqual({ access_token: expect.any(String), token_type: "bearer", expires_in: 600 });
    expect(answer.cookies).toEqual([
      { name, value: expect.stringMatching(/^sentr_[0-9A-Za-z]{43}$/), path: "/", httpOnly: true, secure: true, sameSite: "Strict", expires: expect.any(Date) },
    ]);
    expect(answer.headers["set-cookie"]).not.toContain("Domain");
  });

  test.each([
    ["https://hub.example.org", true],
    ["http://localhost:8484", true],
    ["http://[::1]:8484", true],
    ["http://127.0.0.5:8484", true],
    ["http://hub.example.org", false],
    ["http://10.0.0.7:8484", false],
    ["http://127.example.org", false],
    ["http://localhost.example.org", false],
  ])("is Secure and called so where a browser keeps it: %s", async (publicUrl, isSecure) => {
    const there = await startTestHub({ database, publicUrl });
    const answer = await login(there);
    expect(answer.cookies).toMatchObject([{ name: isSecure ? name : "sentinal_refresh", httpOnly: true, sameSite: "Strict", path: "/" }]);
    expect(answer.cookies[0]?.["secure"] ?? false).toBe(isSecure);
    const refreshed = await there.call("POST", "/api/auth/refresh", { cookie: await cookieOf(answer), headers: { origin: publicUrl } });
    expect(refreshed.status).toBe(200);
    await there.close();
  });

  test("is exchanged by a refresh from our own pages, and the answer holds no refresh token", async () => {
    const cookie = await cookieOf(await login());
    const answer = await hub.call("POST", "/api/auth/refresh", { cookie, headers: own });
    expect(answer.body).toEqual({ access_token: expect.any(String), token_type: "bearer", expires_in: 600 });
    expect(await cookieOf(answer)).not.toBe(cookie);
  });

  test("is the same for two tabs that refresh at once", async () => {
    const cookie = await cookieOf(await login());
    const answers = await Promise.all([1, 2].map(() => hub.call("POST", "/api/auth/refresh", { cookie, headers: own })));
    const [first, second] = await Promise.all(answers.map(cookieOf));
    expect(first).toBe(second);
  });

  test("is left alone by a refusal, for another tab may have put a newer one there", async () => {
    const answer = await hub.call("POST", "/api/auth/refresh", { cookie: `${name}=sentr_${"0".repeat(43)}`, headers: own });
    expect(answer.status).toBe(401);
    expect(answer.cookies).toEqual([]);
  });

  test("is taken away by signing out, and the session ends", async () => {
    const cookie = await cookieOf(await login());
    const answer = await hub.call("POST", "/api/auth/logout", { cookie, headers: own });
    expect(answer.status).toBe(204);
    expect(answer.cookies).toMatchObject([{ name, value: "", path: "/", secure: true, httpOnly: true, sameSite: "Strict", expires: new Date(0) }]);
    expect((await hub.call("POST", "/api/auth/refresh", { cookie, headers: own })).status).toBe(401);
  });

  test("comes after a token in the body", async () => {
    const cookie = await cookieOf(await login());
    const other = (await hub.call("POST", "/api/auth/login", { body: { username: "ada", password }, address: "198.51.100.9" })).body;
    const token = typeof other === "object" && other !== null && "refresh_token" in other ? other.refresh_token : "";
    const answer = await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: token }, cookie });
    expect(answer.body).toMatchObject({ refresh_token: expect.any(String) });
    expect(answer.cookies).toEqual([]);
  });
});

describe("another site", () => {
  test.each([
    ["its Origin", { origin: "https://evil.example" }],
    ["an Origin that begins like ours", { origin: "http://127.0.0.1:8484.evil.example" }],
    ["another port", { origin: "http://127.0.0.1:8485" }],
    ["the Origin null", { origin: "null" }],
    ["no Origin", {}],
    ["no Origin and the browser's word for it", { "sec-fetch-site": "cross-site" }],
    ["no Origin and a sister's site", { "sec-fetch-site": "same-site" }],
  ])("cannot refresh or sign out with the cookie: %s", async (_what, headers) => {
    const cookie = await cookieOf(await login());
    for (const url of ["/api/auth/refresh", "/api/auth/logout"]) {
      const answer = await hub.call("POST", url, { cookie, headers });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: "origin_refused" });
      expect(answer.cookies).toEqual([]);
    }
    expect((await hub.call("POST", "/api/auth/refresh", { cookie, headers: { "sec-fetch-site": "same-origin" } })).status).toBe(200);
  });

  test("cannot sign a browser in to an account of its own", async () => {
    expect((await login(hub, { origin: "https://evil.example" })).body).toMatchObject({ status: 403, code: "origin_refused" });
  });
});

describe("a socket", () => {
  test("is signed in by the Cookie header of a session that lives", async () => {
    const cookie = await cookieOf(await login());
    expect(await hub.accounts.authenticateCookie(`theme=dark; ${cookie}; other=1`)).toMatchObject({ kind: "user", name: "ada", role: "Viewer" });
    await hub.call("POST", "/api/auth/refresh", { cookie, headers: own });
    // The tab may not have put the new one there yet.
    expect(await hub.accounts.authenticateCookie(cookie)).toMatchObject({ kind: "user", name: "ada" });
    await hub.call("POST", "/api/auth/logout", { cookie, headers: own });
    expect(await hub.accounts.authenticateCookie(cookie)).toBeNull();
  });

  test.each(["", "theme=dark", `x${name}=sentr_${"0".repeat(43)}`, `${name}=`, `${name}=sentr_${"0".repeat(43)}`])("is not signed in by %j", async (header) => {
    expect(await hub.accounts.authenticateCookie(header)).toBeNull();
  });
});

import { SessionOfUser, TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import type { Subject } from "../../database/index.ts";
import { password, startTestHub, type TestAnswer, type TestHub } from "../fixture.ts";

const newPassword = "another long password";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

let database: TestDatabase;
let hub: TestHub;
let other: TestHub;
let bob: Awaited<ReturnType<TestHub["signUp"]>>;
let eve: Awaited<ReturnType<TestHub["signUp"]>>;
let heard: (Subject | "all")[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  [hub, other] = await Promise.all([startTestHub({ database }), startTestHub({ database })]);
  other.revocations.onRevoked((subject) => heard.push(subject));
});
afterAll(async () => {
  await Promise.all([hub.close(), other.close()]);
  await database.close();
});
beforeEach(async () => {
  bob = await hub.signUp("bob");
  eve = await hub.signUp("eve");
  heard = [];
});
afterEach(async () => {
  await sql`truncate users, sessions, refresh_tokens, account_notices, audit_entries cascade`.execute(database.db);
});

/** A further session of bob's. */
async function signIn(userAgent = firefox): Promise<TokenPair> {
  const answer = await hub.call("POST", "/api/auth/login", {
    body: { username: "bob", password },
    headers: { "user-agent": userAgent },
    address: "203.0.113.9",
  });
  return TokenPair.parse(answer.body);
}

async function sessions(bearer = bob.accessToken): Promise<SessionOfUser[]> {
  const answer = await hub.call("GET", "/api/auth/sessions", { bearer });
  return SessionOfUser.array().parse(typeof answer.body === "object" && answer.body !== null && "items" in answer.body ? answer.body.items : null);
}

function post(url: string, body?: unknown, bearer: string | null = bob.accessToken): Promise<TestAnswer> {
  return hub.call("POST", url, { ...(body !== undefined && { body }), ...(bearer !== null && { bearer }) });
}

async function me(bearer: string, on = hub): Promise<number> {
  return (await on.call("GET", "/api/auth/me", { bearer })).status;
}

describe("the sessions of a user", () => {
  test("are told with device, address and times, the one that asks first", async () => {
    await signIn();
    expect(await sessions()).toEqual([
      {
        id: expect.any(String),
        device: "lightMyRequest",
        address: expect.stringContaining("2001:db8:"),
        created_at: expect.any(String),
        last_seen_at: expect.any(String),
        expires_at: expect.any(String),
        is_current: true,
      },
      expect.objectContaining({ device: "Firefox on Linux", address: "203.0.113.9", is_current: false }),
    ]);
  });

  test("are theirs alone, and only those that run", async () => {
    const second = await signIn();
    expect(await sessions(eve.accessToken)).toHaveLength(1);
    await post("/api/auth/logout", { refresh_token: second.refresh_token }, null);
    const third = await signIn();
    await sql`update refresh_tokens set expires_at = now() where family in (select family from sessions order by created_at desc limit 1)`.execute(database.db);
    expect(third.access_token).not.toBe("");
    expect(await sessions()).toMatchObject([{ is_current: true }]);
  });

  test("end one by one: dead at the next request, on the other hub as well", async () => {
    const second = await signIn();
    expect(await me(second.access_token, other)).toBe(200);
    const id = (await sessions())[1]?.id ?? "";
    for (let count = 0; count < 2; count++) expect((await post(`/api/auth/sessions/${id}/end`)).status).toBe(204);
    expect([await me(second.access_token), await me(bob.accessToken)]).toEqual([401, 200]);
    await vi.waitFor(() => expect(heard).toEqual([`session:${id}`]));
    expect(await me(second.access_token, other)).toBe(401);
    expect((await post("/api/auth/refresh", { refresh_token: second.refresh_token }, null)).status).toBe(401);
    expect((await hub.audit()).filter((entry) => entry.action === "session.revoked")).toMatchObject([
      { actor_id: String(bob.id), subject_id: id, detail: { reason: "ended_by_user" } },
    ]);
  });

  test("of somebody else are not found and go on", async () => {
    const id = (await sessions(eve.accessToken))[0]?.id ?? "";
    expect((await post(`/api/auth/sessions/${id}/end`)).status).toBe(404);
    expect((await post("/api/auth/sessions/00000000-0000-4000-8000-000000000000/end")).status).toBe(404);
    expect((await post("/api/auth/sessions/x/end")).body).toMatchObject({ status: 400, errors: [{ field: "id" }] });
    expect(await me(eve.accessToken)).toBe(200);
  });

  test("end all but the one that asks", async () => {
    const others = [await signIn(), await signIn()];
    expect((await post("/api/auth/sessions/end-others")).body).toEqual({ sessions_ended: 2 });
    expect(await Promise.all(others.map((one) => me(one.access_token)))).toEqual([401, 401]);
    expect([await me(bob.accessToken), await me(eve.accessToken)]).toEqual([200, 200]);
    expect((await post("/api/auth/refresh", { refresh_token: bob.refreshToken }, null)).status).toBe(200);
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard.every((subject) => subject.startsWith("session:"))).toBe(true);
  });

  test("end all, also the one that asks", async () => {
    const second = await signIn();
    expect((await post("/api/auth/sessions/end-all")).body).toEqual({ sessions_ended: 2 });
    expect([await me(second.access_token), await me(bob.accessToken), await me(eve.accessToken)]).toEqual([401, 401, 200]);
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({ action: "user.sessions_ended", detail: expect.objectContaining({ sessions_ended: 2 }) }),
    );
  });
});

describe("changing the password", () => {
  const change = (body: unknown, bearer = bob.accessToken) => post("/api/auth/password", body, bearer);
  const opens = async (with_: string) => (await hub.call("POST", "/api/auth/login", { body: { username: "bob", password: with_ } })).status === 200;

  test("ends the other sessions and keeps the one that asks", async () => {
    const second = await signIn();
    await hub.letProofsAge();
    expect((await change({ current_password: password, new_password: newPassword })).status).toBe(204);
    expect([await me(second.access_token), await me(bob.accessToken)]).toEqual([401, 200]);
    expect([await opens(password), await opens(newPassword)]).toEqual([false, true]);
    expect((await post("/api/auth/sessions/end-others")).status).toBe(200);
    expect((await hub.audit()).filter((entry) => entry.action === "user.password_changed")).toMatchObject([
      { actor_id: String(bob.id), subject_id: String(bob.id), detail: { sessions_ended: 1 } },
    ]);
  });

  test("is refused with a wrong present one, which counts as a try to sign in", async () => {
    const wrong = { current_password: "wrong", new_password: newPassword };
    expect((await change(wrong)).body).toMatchObject({ status: 403, code: "password_wrong", errors: [{ field: "current_password" }] });
    for (let count = 1; count < 20; count++) await change(wrong);
    expect((await change({ current_password: password, new_password: newPassword })).status).toBe(429);
    expect((await hub.call("POST", "/api/auth/login", { body: { username: "bob", password }, address: "198.51.100.3" })).status).toBe(429);
    await hub.refusals.flush();
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({ action: "password_proof.refused", subject_id: String(bob.id), detail: expect.objectContaining({ reason: "password_wrong" }) }),
    );
  });

  test("by two at once leaves one new password, and one session", async () => {
    const second = await signIn();
    const answers = await Promise.all([
      change({ current_password: password, new_password: "first new password" }),
      change({ current_password: password, new_password: "second new password" }, second.access_token),
    ]);
    expect(answers.map((answer) => answer.status).toSorted()).not.toEqual([204, 204]);
    const winner = answers[0]?.status === 204 ? "first new password" : "second new password";
    expect(await opens(winner)).toBe(true);
    expect([await me(bob.accessToken), await me(second.access_token)].toSorted()).toEqual([200, 401]);
  });

  test.each([
    ["a short one", { current_password: password, new_password: "short" }, "new_password"],
    ["one that many use", { current_password: password, new_password: "Password1234" }, "new_password"],
    ["none", { current_password: password }, "new_password"],
    ["no present one", { new_password: newPassword }, "current_password"],
  ])("is told what is wrong with %s", async (_what, body, field) => {
    expect((await change(body)).body).toMatchObject({ status: 400, errors: [{ field }] });
  });
});

describe("changing name and address", () => {
  const change = (body: unknown, bearer: string | null = bob.accessToken) => hub.call("PUT", "/api/auth/profile", { body, ...(bearer !== null && { bearer }) });

  test("changes what one signs in with, and nothing else that the body says", async () => {
    const answer = await change({ username: "robert", email: "robert@example.org", role: "Admin", id: eve.id, password: "x".repeat(20) });
    expect(answer.body).toEqual({ id: bob.id, username: "robert", email: "robert@example.org", role: "Viewer", created_at: expect.any(String) });
    expect((await hub.call("POST", "/api/auth/login", { body: { username: "robert@example.org", password } })).status).toBe(200);
    expect((await hub.call("POST", "/api/auth/login", { body: { username: "bob", password } })).status).toBe(401);
    const entries = (await hub.audit()).filter((entry) => entry.action === "user.renamed");
    expect(entries).toMatchObject([{ subject_id: String(bob.id), detail: { username: "robert", before: "bob" } }]);
    expect(JSON.stringify(entries)).not.toContain("@example.org");
  });

  test("is known on both hubs, and ends nothing", async () => {
    expect(await other.accounts.authenticate(bob.accessToken, { address: "", requestId: "" })).toMatchObject({ name: "bob" });
    await change({ username: "robert" });
    expect(await hub.accounts.authenticate(bob.accessToken, { address: "", requestId: "" })).toMatchObject({ name: "robert" });
    await vi.waitFor(() => expect(heard).toEqual([`user:${bob.id}`]));
    expect(await other.accounts.authenticate(bob.accessToken, { address: "", requestId: "" })).toMatchObject({ name: "robert" });
  });

  test.each([
    ["a name that is taken", { username: "EVE" }, 409, "username"],
    ["an address that is taken", { email: "Eve@Example.org" }, 409, "email"],
    ["a name that could be an address", { username: "a@b" }, 400, "username"],
    ["nothing", {}, 400, "username"],
  ])("is refused with %s", async (_what, body, status, field) => {
    expect((await change(body)).body).toMatchObject({ status, errors: [{ field }] });
    expect(await change({ username: "bob" })).toMatchObject({ status: 200 });
  });
});

describe("a proof of who one is", () => {
  const sensitive = [
    ["POST", "/api/auth/sessions/end-others", undefined],
    ["POST", "/api/auth/sessions/end-all", undefined],
    ["PUT", "/api/auth/profile", { username: "robert" }],
  ] as const;

  test.each(sensitive)("is asked for again by %s %s when it is older than five minutes", async (method, url, body) => {
    const call = (on = hub) => on.call(method, url, { bearer: bob.accessToken, ...(body !== undefined && { body }) });
    await hub.letProofsAge();
    expect((await call()).body).toMatchObject({ status: 403, code: "reauthentication_required" });
    const renewed = await post("/api/auth/reauthenticate", { password });
    expect(renewed.body).toEqual({ fresh_until: expect.any(String) });
    // The other hub knows it at once: it asks the database.
    expect((await call(other)).status).toBe(200);
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({ action: "session.reauthenticated", actor_id: String(bob.id), detail: { by: "password" } }),
    );
  });

  test("holds for the session that gave it and for no other", async () => {
    const second = await signIn();
    await hub.letProofsAge();
    await post("/api/auth/reauthenticate", { password });
    const refused = await hub.call("PUT", "/api/auth/profile", { body: { username: "robert" }, bearer: second.access_token });
    expect(refused.body).toMatchObject({ code: "reauthentication_required" });
  });

  test("is not given by a refresh", async () => {
    await hub.letProofsAge();
    const pair = TokenPair.parse((await post("/api/auth/refresh", { refresh_token: bob.refreshToken }, null)).body);
    expect((await post("/api/auth/sessions/end-others", undefined, pair.access_token)).body).toMatchObject({ code: "reauthentication_required" });
  });

  test("is refused with a wrong password, also somebody else's", async () => {
    await hub.accounts.resetPassword("eve", "the password of eve", { kind: "operator", id: "root" });
    await hub.letProofsAge();
    for (const wrong of ["wrong", "the password of eve"]) {
      expect((await post("/api/auth/reauthenticate", { password: wrong, username: "eve", user_id: eve.id })).body).toMatchObject({
        status: 403,
        code: "password_wrong",
        errors: [{ field: "password" }],
      });
    }
    expect((await post("/api/auth/sessions/end-others")).status).toBe(403);
    expect((await post("/api/auth/reauthenticate", {})).body).toMatchObject({ status: 400, errors: [{ field: "password" }] });
  });
});

describe("a notice", () => {
  async function reuse(): Promise<void> {
    const first = await signIn();
    const second = TokenPair.parse((await post("/api/auth/refresh", { refresh_token: first.refresh_token }, null)).body);
    await post("/api/auth/refresh", { refresh_token: second.refresh_token }, null);
    const stolen = await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: first.refresh_token }, address: "198.51.100.66" });
    expect(stolen.status).toBe(401);
  }
  const notices = (bearer = bob.accessToken) => hub.call("GET", "/api/auth/notices", { bearer });

  test("tells that a copy of a session was used, from where, until it is put away", async () => {
    await reuse();
    const answer = await notices();
    expect(answer.body).toEqual({
      items: [{ id: expect.any(Number), kind: "refresh_token_reused", created_at: expect.any(String), device: "Firefox on Linux", address: "198.51.100.66" }],
    });
    expect((await notices(eve.accessToken)).body).toEqual({ items: [] });
    const { id } = await database.db.selectFrom("account_notices").select("id").executeTakeFirstOrThrow();
    expect((await post(`/api/auth/notices/${id}/dismiss`, undefined, eve.accessToken)).status).toBe(404);
    for (let count = 0; count < 2; count++) expect((await post(`/api/auth/notices/${id}/dismiss`)).status).toBe(204);
    expect((await notices()).body).toEqual({ items: [] });
    expect((await hub.audit()).filter((entry) => entry.action === "notice.dismissed")).toHaveLength(1);
  });

  test("comes once for a session, however often its old tokens come", async () => {
    await reuse();
    const tokens = await database.db.selectFrom("refresh_tokens").select("jti").execute();
    expect(tokens.length).toBeGreaterThan(0);
    await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: bob.refreshToken } });
    expect((await notices()).body).toMatchObject({ items: [{}] });
  });

  test("is not written by a retry or by signing out", async () => {
    const first = await signIn();
    for (let count = 0; count < 3; count++) await post("/api/auth/refresh", { refresh_token: first.refresh_token }, null);
    await post("/api/auth/logout", { refresh_token: first.refresh_token }, null);
    expect((await notices()).body).toEqual({ items: [] });
  });

  test("that is not there is not found", async () => {
    expect((await post("/api/auth/notices/999999/dismiss")).status).toBe(404);
    expect((await post("/api/auth/notices/x/dismiss")).status).toBe(400);
  });
});

test.each([
  ["GET", "/api/auth/sessions"],
  ["POST", "/api/auth/sessions/00000000-0000-4000-8000-000000000000/end"],
  ["POST", "/api/auth/sessions/end-others"],
  ["POST", "/api/auth/sessions/end-all"],
  ["POST", "/api/auth/password"],
  ["PUT", "/api/auth/profile"],
  ["POST", "/api/auth/reauthenticate"],
  ["GET", "/api/auth/notices"],
  ["POST", "/api/auth/notices/1/dismiss"],
] as const)("%s %s needs a sign-in", async (method, url) => {
  expect((await hub.call(method, url)).body).toMatchObject({ status: 401, code: "not_signed_in" });
});

import { TokenPair } from "@sentinal/contract";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { password, startTestHub, type TestAnswer, type TestHub, testKey } from "./fixture.ts";

let hub: TestHub;
let clock = Date.now();
let ada: Awaited<ReturnType<TestHub["signUp"]>>;

beforeAll(async () => {
  hub = await startTestHub({ now: () => clock });
  ada = await hub.signUp("ada", "Admin");
});
afterAll(async () => {
  await hub.close();
});
// Every test finds its limits untouched.
beforeEach(() => {
  clock += 3_600_000;
});

function login(body: Record<string, unknown>, request: { address?: string; headers?: Record<string, string> } = {}): Promise<TestAnswer> {
  return hub.call("POST", "/api/auth/login", { body, ...request });
}

describe("signing in", () => {
  test.each([
    ["the name", { username: "ada" }],
    ["the name in other letters", { username: "ADA" }],
    ["the address", { email: "ada@example.org" }],
    ["the address in other letters", { email: "ADA@Example.ORG" }],
    ["the address in the field for the name", { username: "Ada@example.org" }],
    ["both", { username: "ada", email: "ada@example.org" }],
  ])("works with %s", async (_what, who) => {
    const answer = await login({ ...who, password });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.stringMatching(/^sentr_[0-9A-Za-z]{43}$/),
      token_type: "bearer",
      expires_in: 600,
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.cookies).toEqual([]);
    const { access_token: bearer } = TokenPair.parse(answer.body);
    expect((await hub.call("GET", "/api/auth/me", { bearer })).body).toEqual({
      id: ada.id,
      username: "ada",
      email: "ada@example.org",
      role: "Admin",
      created_at: expect.any(String),
    });
  });

  test.each([
    ["a wrong password", { username: "ada", password: "a long enough passwore" }],
    ["an unknown name", { username: "nobody", password }],
    ["a name with a zero byte", { username: "ada\u0000", password }],
    ["the name of one and the address of another", { username: "ada", email: "nobody@example.org", password }],
    ["the password of another spelling", { username: "ada", password: password.toUpperCase() }],
  ])("is refused with %s, with one answer for all", async (_what, body) => {
    const answer = await login(body);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "credentials_wrong", title: "User name or password is wrong" });
  });

  test.each([
    ["nothing", undefined],
    ["no name", { password }],
    ["no password", { username: "ada" }],
    ["an object as the name", { username: { $ne: "" }, password }],
    ["a password of more than 1,024 characters", { username: "ada", password: "x".repeat(1_025) }],
    ["a body beyond the limit", { username: "ada", password, filler: "x".repeat(20_000) }],
  ])("is a bad request with %s", async (_what, body) => {
    const answer = await (body === undefined ? hub.call("POST", "/api/auth/login") : login(body));
    expect([400, 413]).toContain(answer.status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  test("changes nothing of the account, whatever else the body says", async () => {
    const eve = await hub.signUp("eve");
    const answer = await login({ username: "eve", password, id: ada.id, user_id: ada.id, sub: String(ada.id), role: "Admin", sid: "x" });
    const { access_token: bearer } = TokenPair.parse(answer.body);
    expect((await hub.call("GET", "/api/auth/me", { bearer })).body).toMatchObject({ id: eve.id, role: "Viewer" });
  });

  test("opens a session of its own each time, and says so in the audit log", async () => {
    const before = (await hub.audit()).length;
    await login({ username: "ada", password }, { headers: { "user-agent": "a browser" }, address: "192.0.2.44" });
    await login({ username: "ada", password });
    const entries = (await hub.audit()).slice(before);
    expect(entries).toMatchObject([
      { action: "session.opened", actor_kind: "user", actor_id: String(ada.id), subject_kind: "session" },
      { action: "session.opened", actor_kind: "user", actor_id: String(ada.id), subject_kind: "session" },
    ]);
    expect(entries[0]?.subject_id).not.toBe(entries[1]?.subject_id);
    const session = await hub.db
      .selectFrom("sessions")
      .select(["address", "user_agent"])
      .where("family", "=", entries[0]?.subject_id ?? "")
      .executeTakeFirst();
    expect(session).toEqual({ address: "192.0.2.44", user_agent: "a browser" });
  });

  test("stores neither password nor token", async () => {
    const pair = TokenPair.parse((await login({ username: "ada", password })).body);
    const tables = await Promise.all([
      hub.db.selectFrom("users").selectAll().execute(),
      hub.db.selectFrom("refresh_tokens").selectAll().execute(),
      hub.db.selectFrom("sessions").selectAll().execute(),
      hub.audit(),
    ]);
    const everything = JSON.stringify(tables);
    expect(everything).not.toContain(password);
    expect(everything).not.toContain(pair.refresh_token);
    expect(everything).not.toContain(Buffer.from(pair.refresh_token ?? "").toString("hex"));
    expect(everything).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
  });

  test("is refused for an account that is disabled", async () => {
    const kim = await hub.signUp("kim");
    await hub.db.updateTable("users").set({ disabled_at: new Date() }).where("id", "=", kim.id).execute();
    expect((await login({ username: "kim", password })).body).toMatchObject({ code: "credentials_wrong" });
    expect((await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: kim.refreshToken } })).status).toBe(401);
  });
});

describe("guessing", () => {
  test("at one account is slowed down from wherever it comes", async () => {
    for (let count = 0; count < 20; count++) {
      expect((await login({ username: count % 2 === 0 ? "ada" : "ADA@example.org", password: "wrong" }, { address: `192.0.2.${count}` })).status).toBe(401);
    }
    const refused = await login({ username: "ada", password }, { address: "198.51.100.1" });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    clock += 3_000;
    expect((await login({ username: "ada", password }, { address: "198.51.100.1" })).status).toBe(200);
  });

  test("at an unknown account is slowed down as well", async () => {
    for (let count = 0; count < 20; count++) await login({ username: "nobody", password: "wrong" }, { address: `192.0.2.${count}` });
    expect((await login({ username: "Nobody", password: "wrong" }, { address: "198.51.100.1" })).status).toBe(429);
  });

  test("at many accounts is slowed down by address, and by the /64 for IPv6", async () => {
    for (let count = 0; count < 60; count++) {
      expect((await login({ username: `name${count}`, password: "wrong" }, { address: `2001:db8:0:7::${count.toString(16)}` })).status).toBe(401);
    }
    expect((await login({ username: "ada", password }, { address: "2001:db8:0:7:abcd::1" })).status).toBe(429);
    expect((await login({ username: "ada", password }, { address: "2001:db8:0:8::1" })).status).toBe(200);
  });

  test("is counted in the audit log by the account, or by a fingerprint of what was typed", async () => {
    await hub.refusals.flush();
    const before = (await hub.audit()).length;
    await login({ username: "ada", password: "wrong" });
    await login({ username: "ada", password: "wrong" });
    await login({ username: "hunter2 typed here", password: "wrong" });
    await hub.refusals.flush();
    const entries = (await hub.audit()).slice(before);
    expect(entries).toMatchObject([
      {
        action: "sign_in.refused",
        actor_kind: "anonymous",
        outcome: "refused",
        subject_kind: "user",
        subject_id: String(ada.id),
        detail: { reason: "credentials_wrong", count: 2 },
      },
      { action: "sign_in.refused", outcome: "refused", subject_kind: "username_fingerprint", detail: { reason: "credentials_wrong", count: 1 } },
    ]);
    expect(JSON.stringify(entries)).not.toContain("hunter2");
  });
});

describe("an access token", () => {
  const secret = testKey.derive("access-jwt");
  async function forged(change: (jwt: SignJWT) => SignJWT, options: { secret?: Uint8Array; header?: Record<string, string> } = {}): Promise<string> {
    const family = (await hub.db.selectFrom("sessions").select("family").where("user_id", "=", ada.id).executeTakeFirstOrThrow()).family;
    const jwt = new SignJWT({ sid: family })
      .setIssuer("sentinal")
      .setAudience("sentinal hub")
      .setSubject(String(ada.id))
      .setJti("1")
      .setIssuedAt()
      .setExpirationTime("5m");
    return change(jwt.setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: testKey.id, ...options.header })).sign(options.secret ?? secret);
  }
  const me = (bearer: string) => hub.call("GET", "/api/auth/me", { bearer });

  test("made by the hub's own key in the hub's own form is good: what follows differs from it in one thing", async () => {
    expect((await me(await forged((jwt) => jwt))).status).toBe(200);
  });

  test.each([
    ["another key", () => forged((jwt) => jwt, { secret: testKey.derive("something else") })],
    ["a key that is not named", () => forged((jwt) => jwt, { header: { kid: "" } })],
    ["the id of another key", () => forged((jwt) => jwt, { header: { kid: "0123456789abcdef" } })],
    ["another algorithm", () => forged((jwt) => jwt, { header: { alg: "HS512" }, secret: Buffer.concat([secret, secret]) })],
    ["another kind", () => forged((jwt) => jwt, { header: { typ: "JWT" } })],
    ["another issuer", () => forged((jwt) => jwt.setIssuer("somebody"))],
    ["another audience", () => forged((jwt) => jwt.setAudience("somebody"))],
    ["no numeric subject", () => forged((jwt) => jwt.setSubject("ada"))],
    ["no signature", async () => (await forged((jwt) => jwt)).replace(/[^.]+$/, "")],
    [
      "the algorithm none",
      async () => `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.${(await forged((jwt) => jwt)).split(".")[1] ?? ""}.`,
    ],
    [
      "another subject under the old signature",
      async () => {
        const [header, claims, signature] = (await forged((jwt) => jwt)).split(".");
        const changed = Buffer.from(
          Buffer.from(claims ?? "", "base64url")
            .toString()
            .replace(`"sub":"${ada.id}"`, '"sub":"2"'),
        );
        return `${header ?? ""}.${changed.toString("base64url")}.${signature ?? ""}`;
      },
    ],
    ["nothing of the form", async () => "garbage"],
  ])("with %s is refused", async (_what, make) => {
    const answer = await me(await make());
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "not_signed_in" });
    expect(answer.headers["www-authenticate"]).toContain("Bearer");
  });

  test("without an end is refused", async () => {
    const family = (await hub.db.selectFrom("sessions").select("family").where("user_id", "=", ada.id).executeTakeFirstOrThrow()).family;
    const endless = await new SignJWT({ sid: family })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
      .setIssuer("sentinal")
      .setAudience("sentinal hub")
      .setSubject(String(ada.id))
      .setJti("1")
      .setIssuedAt()
      .sign(secret);
    expect((await me(endless)).body).toMatchObject({ status: 401, code: "not_signed_in" });
  });

  test("that has expired is told so", async () => {
    const answer = await me(await forged((jwt) => jwt.setExpirationTime(Math.floor(Date.now() / 1000) - 1)));
    expect(answer.body).toMatchObject({ status: 401, code: "session_ended", detail: expect.stringContaining("expired") });
  });

  test("of one user with the session of another is refused", async () => {
    expect((await me(await forged((jwt) => jwt.setSubject("999")))).body).toMatchObject({ status: 401, code: "session_ended" });
  });

  test("says nothing of the role: a changed one counts as soon as it is announced", async () => {
    const lea = await hub.signUp("lea");
    const role = async () => hub.accounts.authenticate(lea.accessToken, { address: "192.0.2.1", requestId: "1" });
    expect(await role()).toMatchObject({ role: "Viewer" });
    await hub.db.updateTable("users").set({ role: "Member" }).where("id", "=", lea.id).execute();
    hub.revocations.apply(`user:${lea.id}`);
    expect(await role()).toMatchObject({ role: "Member" });
  });

  test("is no refresh token, and the other way round", async () => {
    expect((await me(ada.refreshToken)).status).toBe(401);
    expect((await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: ada.accessToken } })).status).toBe(401);
  });
});

test("asking who one is needs a sign-in", async () => {
  const answer = await hub.call("GET", "/api/auth/me");
  expect(answer.status).toBe(401);
  expect(answer.body).toMatchObject({ code: "not_signed_in" });
});

import { TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { Secret } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { password, startTestHub, type TestHub } from "../fixture.ts";
import { type Account, addPasskey, addTotp, beginSignIn, codeAt, passkeyOptions, secondStep, signInByPasskey, signUp, SoftwareKey } from "./fixture.ts";

let hub: TestHub;
let clock = Date.now();
let count = 0;

beforeAll(async () => {
  hub = await startTestHub({ now: () => clock });
});
afterAll(async () => {
  await hub.close();
});
// Every test finds its limits untouched, and a time step of its own.
beforeEach(() => {
  clock += 3_600_000;
});

async function withTotp(): Promise<{ account: Account; secret: string; recoveryCodes: string[]; code(): string }> {
  const account = await signUp(hub, `user${++count}`);
  const app = await addTotp(hub, account, clock - 30_000);
  return { account, ...app, code: () => codeAt(app.secret, clock) };
}

async function withPasskey(key = new SoftwareKey()): Promise<{ account: Account; key: SoftwareKey; id: number }> {
  const account = await signUp(hub, `user${++count}`);
  const { passkey } = await addPasskey(hub, account, key);
  return { account, key, id: passkey.id };
}

/** Another code than the right one. */
function wrong(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}

describe("signing in with a password", () => {
  test("to an account without a second factor is as ever", async () => {
    const account = await signUp(hub, `user${++count}`);
    const answer = await hub.call("POST", "/api/auth/login", { body: { username: account.name, password } });
    expect(answer.status).toBe(200);
    expect(Object.keys(TokenPair.parse(answer.body)).toSorted()).toEqual(["access_token", "expires_in", "refresh_token", "token_type"]);
  });

  test("to an account with an app that waits for its first code is as ever", async () => {
    const account = await signUp(hub, `user${++count}`);
    await hub.call("POST", "/api/auth/second-factors/totp", { bearer: account.accessToken });
    expect((await hub.call("POST", "/api/auth/login", { body: { username: account.name, password } })).status).toBe(200);
  });

  test("to an account with one opens no session, and asks for the second step", async () => {
    const { account } = await withTotp();
    const before = await hub.db.selectFrom("sessions").select("family").where("user_id", "=", account.id).execute();
    const answer = await hub.call("POST", "/api/auth/login", { body: { username: account.name, password, cookie: true } });
    expect(answer.status).toBe(401);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.body).toMatchObject({
      code: "second_factor_required",
      challenge: expect.stringMatching(/^schl_[0-9A-Za-z]{43}$/),
      methods: ["totp", "recovery_code"],
    });
    expect(answer.cookies).toEqual([]);
    expect(answer.text).not.toContain("access_token");
    expect(await hub.db.selectFrom("sessions").select("family").where("user_id", "=", account.id).execute()).toEqual(before);
  });

  test("that is wrong is told nothing of second factors", async () => {
    const { account } = await withTotp();
    const answer = await hub.call("POST", "/api/auth/login", { body: { username: account.name, password: "wrong" } });
    expect(answer.body).toMatchObject({ code: "credentials_wrong" });
    expect(answer.text).not.toContain("challenge");
  });

  test("beyond the limit is told nothing of the password, right or wrong", async () => {
    const { account } = await withTotp();
    for (let guess = 0; guess < 20; guess++) {
      await hub.call("POST", "/api/auth/login", { body: { username: account.name, password: "wrong" }, address: `192.0.2.${guess}` });
    }
    for (const given of ["wrong", password]) {
      const answer = await hub.call("POST", "/api/auth/login", { body: { username: account.name, password: given }, address: "198.51.100.1" });
      expect(answer.body).toMatchObject({ code: "too_many_requests" });
    }
  });
});

describe("the second step", () => {
  test("with a code gives the pair, and says in the audit log how", async () => {
    const { account, code } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    const answer = await secondStep(hub, { challenge, code: code() }, { address: "192.0.2.7", headers: { "user-agent": "a browser" } });
    expect(answer.status).toBe(200);
    const { access_token: bearer } = TokenPair.parse(answer.body);
    expect((await hub.call("GET", "/api/auth/me", { bearer })).body).toMatchObject({ id: account.id });
    expect((await hub.audit()).at(-1)).toMatchObject({ action: "session.opened", actor_id: String(account.id), detail: { by: "password, totp" } });
    const stored = await hub.db
      .selectFrom("sessions")
      .select(["address", "user_agent"])
      .where("user_id", "=", account.id)
      .orderBy("created_at", "desc")
      .executeTakeFirst();
    expect(stored).toEqual({ address: "192.0.2.7", user_agent: "a browser" });
  });

  test("into a cookie sets it, and refuses another site", async () => {
    const { account, code } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    const foreign = await secondStep(hub, { challenge, code: code(), cookie: true }, { headers: { origin: "https://evil.example" } });
    expect(foreign.body).toMatchObject({ code: "origin_refused" });
    const answer = await secondStep(hub, { challenge, code: code(), cookie: true }, { headers: { origin: "http://127.0.0.1:8484" } });
    expect(answer.status).toBe(200);
    expect(answer.cookies).toMatchObject([{ name: "__Host-sentinal_refresh", httpOnly: true, sameSite: "Strict" }]);
    expect(TokenPair.parse(answer.body).refresh_token).toBeUndefined();
  });

  test("with a recovery code works once, and is in the audit log", async () => {
    const { account, recoveryCodes } = await withTotp();
    const typed = (recoveryCodes[3] ?? "").toUpperCase().replaceAll("-", " ");
    const first = await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, recovery_code: typed });
    expect(first.status).toBe(200);
    expect((await hub.audit()).slice(-2)).toMatchObject([
      { action: "recovery_code.used" },
      { action: "session.opened", detail: { by: "password, recovery_code" } },
    ]);
    const again = await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, recovery_code: recoveryCodes[3] });
    expect(again.body).toMatchObject({ status: 401, code: "second_factor_wrong" });
  });

  test("with a passkey of the account works, by the options for its challenge", async () => {
    const { account, key } = await withPasskey();
    const { challenge, methods } = await beginSignIn(hub, account);
    expect(methods).toEqual(["passkey", "recovery_code"]);
    const asked = await passkeyOptions(hub, challenge);
    expect(asked.options.allowCredentials).toEqual([{ id: key.credentialId, type: "public-key", transports: ["internal"] }]);
    const answer = await secondStep(hub, { challenge, passkey: key.get(asked) });
    expect(answer.status).toBe(200);
    expect((await hub.audit()).at(-1)).toMatchObject({ action: "session.opened", detail: { by: "password, passkey" } });
  });

  test("stores neither the challenge nor a recovery code nor the app's secret", async () => {
    const { account, secret, recoveryCodes } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    const tables = await Promise.all([
      hub.db.selectFrom("proof_challenges").selectAll().execute(),
      hub.db.selectFrom("totp_factors").selectAll().execute(),
      hub.db.selectFrom("recovery_codes").selectAll().execute(),
      hub.audit(),
    ]);
    const everything = JSON.stringify(tables);
    const written = recoveryCodes[0] ?? "none";
    const secrets = [challenge, secret, Secret.fromBase32(secret).bytes, written, written.replaceAll("-", "")].map((value) => Buffer.from(value));
    for (const value of secrets) {
      expect(everything).not.toContain(value.toString("utf8"));
      expect(everything).not.toContain([...value].join(","));
    }
  });
});

describe("a code is refused", () => {
  test("when it was accepted before, also with another challenge", async () => {
    const { account, code } = await withTotp();
    expect((await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, code: code() })).status).toBe(200);
    const again = await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, code: code() });
    expect(again.body).toMatchObject({ status: 401, code: "second_factor_wrong" });
  });

  test("when it confirmed the app", async () => {
    const { account, secret } = await withTotp();
    const answer = await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, code: codeAt(secret, clock - 30_000) });
    expect(answer.body).toMatchObject({ code: "second_factor_wrong" });
  });

  test("when it is older than one that was accepted, though its time is not over", async () => {
    const { account, secret } = await withTotp();
    expect((await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, code: codeAt(secret, clock + 30_000) })).status).toBe(200);
    const older = await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, code: codeAt(secret, clock) });
    expect(older.body).toMatchObject({ code: "second_factor_wrong" });
  });

  test("of another account's app", async () => {
    const [one, other] = [await withTotp(), await withTotp()];
    const answer = await secondStep(hub, { challenge: (await beginSignIn(hub, one.account)).challenge, code: other.code() });
    expect(answer.body).toMatchObject({ code: "second_factor_wrong" });
  });

  test("at the sixth try of one challenge, though it is right", async () => {
    const { account, code } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    for (let guess = 0; guess < 5; guess++) {
      expect((await secondStep(hub, { challenge, code: wrong(code()) })).body).toMatchObject({ code: "second_factor_wrong" });
    }
    expect((await secondStep(hub, { challenge, code: code() })).body).toMatchObject({ status: 401, code: "challenge_over" });
  });

  test("after ten wrong ones within an hour whatever the challenge, while a recovery code goes on", async () => {
    const { account, code, recoveryCodes } = await withTotp();
    for (let guess = 0; guess < 10; guess++) {
      if (guess % 5 === 0) clock += 120_000;
      const { challenge } = await beginSignIn(hub, account);
      expect((await secondStep(hub, { challenge, code: wrong(code()) })).body).toMatchObject({ code: "second_factor_wrong" });
    }
    clock += 120_000;
    const { challenge } = await beginSignIn(hub, account);
    const refused = await secondStep(hub, { challenge, code: code() });
    expect(refused.body).toMatchObject({ status: 429, code: "too_many_requests" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(3_500);
    expect((await secondStep(hub, { challenge, recovery_code: recoveryCodes[0] })).status).toBe(200);
    await hub.db
      .updateTable("totp_factors")
      .set({ tries_since: sql<Date>`now() - interval '61 minutes'` })
      .where("user_id", "=", account.id)
      .execute();
    expect((await secondStep(hub, { challenge: (await beginSignIn(hub, account)).challenge, code: code() })).status).toBe(200);
  });

  test("and counts to the limit of the account, as a wrong password does", async () => {
    const { account, code } = await withTotp();
    const challenges = [await beginSignIn(hub, account), await beginSignIn(hub, account)];
    for (let guess = 0; guess < 18; guess++) {
      const challenge = challenges[guess % 2]?.challenge;
      if (guess < 10) await secondStep(hub, { challenge, code: wrong(code()) }, { address: `192.0.2.${guess}` });
      else await hub.call("POST", "/api/auth/login", { body: { username: account.name, password: "wrong" }, address: `192.0.2.${guess}` });
    }
    const answer = await hub.call("POST", "/api/auth/login", { body: { username: account.name, password }, address: "198.51.100.1" });
    expect(answer.body).toMatchObject({ code: "too_many_requests" });
  });

  test("and is counted for the audit log by its account", async () => {
    const { account, code } = await withTotp();
    await hub.refusals.flush();
    const { challenge } = await beginSignIn(hub, account);
    await secondStep(hub, { challenge, code: wrong(code()) });
    await secondStep(hub, { challenge, code: wrong(code()) });
    await hub.refusals.flush();
    expect((await hub.audit()).at(-1)).toMatchObject({
      action: "sign_in.refused",
      subject_kind: "user",
      subject_id: String(account.id),
      detail: { reason: "second_factor_wrong", count: 2 },
    });
  });
});

describe("a challenge is over", () => {
  test("after five minutes", async () => {
    const { account, code } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    const asked = hub.db.selectFrom("proof_challenges").select(sql<number>`extract(epoch from expires_at - created_at)::int`.as("seconds"));
    expect(await asked.where("user_id", "=", account.id).executeTakeFirst()).toEqual({ seconds: 300 });
    await hub.db
      .updateTable("proof_challenges")
      .set({ expires_at: sql<Date>`now() - interval '1 second'` })
      .where("user_id", "=", account.id)
      .execute();
    expect((await secondStep(hub, { challenge, code: code() })).body).toMatchObject({ status: 401, code: "challenge_over" });
  });

  test("when it was answered", async () => {
    const { account, code, recoveryCodes } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    expect((await secondStep(hub, { challenge, recovery_code: recoveryCodes[0] })).status).toBe(200);
    expect((await secondStep(hub, { challenge, code: code() })).body).toMatchObject({ status: 401, code: "challenge_over" });
  });

  test("when the password was changed since", async () => {
    const { account, code } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    await hub.accounts.resetPassword(account.name, "another long password", { kind: "operator", id: "test" });
    expect((await secondStep(hub, { challenge, code: code() })).body).toMatchObject({ code: "challenge_over" });
  });

  test("when the account was disabled since", async () => {
    const { account, code } = await withTotp();
    const { challenge } = await beginSignIn(hub, account);
    await hub.db.updateTable("users").set({ disabled_at: new Date() }).where("id", "=", account.id).execute();
    expect((await secondStep(hub, { challenge, code: code() })).body).toMatchObject({ code: "challenge_over" });
  });

  test.each([
    ["one that nobody was given", () => "schl_0000000000000000000000000000000000000000000"],
    ["text of another form", () => "' or 1=1 --"],
  ])("when it is %s", async (_what, make) => {
    expect((await secondStep(hub, { challenge: make(), code: "123456" })).body).toMatchObject({ status: 401, code: "challenge_over" });
  });

  test("when it was made for something else", async () => {
    const { account, code } = await withTotp();
    const { challenge } = await passkeyOptions(hub);
    expect((await secondStep(hub, { challenge, code: code() })).body).toMatchObject({ code: "challenge_over" });
    const login = await beginSignIn(hub, account);
    const { key } = await withPasskey();
    const answer = await signInByPasskey(hub, { challenge: login.challenge, passkey: key.get(await passkeyOptions(hub)) });
    expect(answer.body).toMatchObject({ code: "challenge_over" });
  });
});

test.each([
  ["nothing", undefined],
  ["no proof", { challenge: "x" }],
  ["two proofs", { challenge: "x", code: "123456", recovery_code: "y" }],
  ["no challenge", { code: "123456" }],
  ["an object as the code", { challenge: "x", code: { $ne: "" } }],
  ["a passkey of another form", { challenge: "x", passkey: { id: "!" } }],
  ["a body beyond the limit", { challenge: "x", code: "123456", filler: "x".repeat(40_000) }],
])("the second step is a bad request with %s", async (_what, body) => {
  const answer = await hub.call("POST", "/api/auth/login/second-factor", body === undefined ? {} : { body });
  expect([400, 413]).toContain(answer.status);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
});

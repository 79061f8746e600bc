import { Passkey, PasskeyCreationOptions, SecondFactors, TotpEnrolment } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { password, startTestHub, type TestAnswer, type TestHub } from "../fixture.ts";
import { type Account, addPasskey, addTotp, beginSignIn, codeAt, secondStep, signUp, SoftwareKey } from "./fixture.ts";

let hub: TestHub;
let clock = Date.now();
let count = 0;
let account: Account;

beforeAll(async () => {
  hub = await startTestHub({ now: () => clock });
});
afterAll(async () => {
  await hub.close();
});
beforeEach(async () => {
  clock += 3_600_000;
  account = await signUp(hub, `user${++count}`);
});

function post(path: string, body?: unknown, bearer = account.accessToken): Promise<TestAnswer> {
  return hub.call("POST", `/api/auth/${path}`, { bearer, ...(body !== undefined && { body }) });
}

async function shown(): Promise<SecondFactors> {
  return SecondFactors.parse((await hub.call("GET", "/api/auth/second-factors", { bearer: account.accessToken })).body);
}

/** The last proof of all sessions of the account was six minutes ago. */
async function growStale(): Promise<void> {
  await hub.db
    .updateTable("sessions")
    .set({ authenticated_at: sql<Date>`now() - interval '6 minutes'` })
    .where("user_id", "=", account.id)
    .execute();
}

async function entriesSince(before: number) {
  return (await hub.audit()).slice(before);
}

describe("an authenticator app", () => {
  test("is there once a code of it was confirmed, and brings ten recovery codes", async () => {
    const before = (await hub.audit()).length;
    const begun = await post("second-factors/totp");
    expect(begun.status).toBe(201);
    const { secret, uri } = TotpEnrolment.parse(begun.body);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toContain(`secret=${secret}`);
    expect((await shown()).totp).toBeNull();
    const confirmed = await post("second-factors/totp/confirm", { code: codeAt(secret, clock) });
    expect(confirmed.status).toBe(200);
    expect(confirmed.body).toEqual({ recovery_codes: expect.any(Array) });
    expect(await shown()).toMatchObject({ totp: { created_at: expect.any(String), last_used_at: null }, passkeys: [], recovery_codes: { left: 10 } });
    const entries = await entriesSince(before);
    expect(entries).toMatchObject([
      { action: "totp.added", actor_id: String(account.id), subject_kind: "user" },
      { action: "recovery_codes.created", detail: { count: 10 } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  test("that was begun anew takes the codes of the newer secret alone", async () => {
    const first = TotpEnrolment.parse((await post("second-factors/totp")).body);
    const second = TotpEnrolment.parse((await post("second-factors/totp")).body);
    expect((await post("second-factors/totp/confirm", { code: codeAt(first.secret, clock) })).body).toMatchObject({
      status: 403,
      code: "code_wrong",
      errors: [{ field: "code" }],
    });
    expect((await post("second-factors/totp/confirm", { code: codeAt(second.secret, clock) })).status).toBe(200);
    const keys = await hub.db
      .selectFrom("vault_data_keys")
      .select(sql<number>`count(*)::int`.as("count"))
      .executeTakeFirstOrThrow();
    const sealed = await hub.db
      .selectFrom("totp_factors")
      .select(sql<number>`count(*)::int`.as("count"))
      .executeTakeFirstOrThrow();
    expect(keys.count).toBe(sealed.count);
  });

  test("is one an account: a second is refused until the first is removed", async () => {
    await addTotp(hub, account, clock);
    expect((await post("second-factors/totp")).body).toMatchObject({ status: 409, code: "conflict" });
    expect((await post("second-factors/totp/confirm", { code: "123456" })).body).toMatchObject({ status: 409, code: "already_over" });
    expect((await post("second-factors/totp/remove")).status).toBe(204);
    expect((await post("second-factors/totp")).status).toBe(201);
  });

  test("that is removed takes its recovery codes along, and the password is enough again", async () => {
    await addTotp(hub, account, clock);
    const before = (await hub.audit()).length;
    expect((await post("second-factors/totp/remove")).status).toBe(204);
    expect(await shown()).toMatchObject({ totp: null, recovery_codes: null });
    expect(await entriesSince(before)).toMatchObject([{ action: "totp.removed", subject_id: String(account.id) }]);
    expect((await hub.call("POST", "/api/auth/login", { body: { username: account.name, password } })).status).toBe(200);
    expect((await post("second-factors/totp/remove")).body).toMatchObject({ status: 404, code: "not_found" });
  });

  test("cannot be guessed while it waits: after ten wrong codes none is taken", async () => {
    const { secret } = TotpEnrolment.parse((await post("second-factors/totp")).body);
    for (let guess = 0; guess < 10; guess++) await post("second-factors/totp/confirm", { code: "x" });
    expect((await post("second-factors/totp/confirm", { code: codeAt(secret, clock) })).body).toMatchObject({ status: 429 });
  });
});

describe("a passkey", () => {
  test("is registered, listed, named and removed", async () => {
    const before = (await hub.audit()).length;
    const asked = PasskeyCreationOptions.parse((await post("passkeys/register-options")).body);
    expect(asked.options).toMatchObject({
      rp: { id: "localhost" },
      user: { name: account.name },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
    });
    expect(Buffer.from(asked.options.user.id, "base64url")).toHaveLength(16);
    const added = await post("passkeys/register", { challenge: asked.challenge, name: " my laptop ", passkey: new SoftwareKey().create(asked) });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ passkey: { name: "my laptop", is_usable: true, is_synced: false }, recovery_codes: expect.any(Array) });
    const passkey = Passkey.parse((await shown()).passkeys[0]);
    const renamed = await hub.call("PUT", `/api/auth/passkeys/${passkey.id}`, { bearer: account.accessToken, body: { name: "old laptop" } });
    expect(renamed.body).toEqual({ ...passkey, name: "old laptop" });
    expect((await post(`passkeys/${passkey.id}/remove`)).status).toBe(204);
    expect(await shown()).toMatchObject({ passkeys: [], recovery_codes: null });
    expect(await entriesSince(before)).toMatchObject([
      { action: "passkey.added", subject_kind: "passkey", subject_id: String(passkey.id), detail: { name: "my laptop" } },
      { action: "recovery_codes.created" },
      { action: "passkey.renamed", detail: { name: "old laptop" } },
      { action: "passkey.removed", detail: { name: "old laptop" } },
    ]);
  });

  test("beside another second factor brings no new recovery codes, and its end leaves them", async () => {
    await addTotp(hub, account, clock);
    const added = await addPasskey(hub, account);
    expect(added.recovery_codes).toBeNull();
    await post(`passkeys/${added.passkey.id}/remove`);
    expect((await shown()).recovery_codes).toMatchObject({ left: 10 });
  });

  test.each([
    ["of another origin", { origin: "https://evil.example" }],
    ["of another host", { rpId: "evil.example" }],
    ["that did not verify its user", { isUserVerified: false }],
    ["over another question", { challenge: Buffer.alloc(32, 1).toString("base64url") }],
    ["that was made for a sign-in", { type: "webauthn.get" }],
  ])("%s is refused", async (_what, faults) => {
    const asked = PasskeyCreationOptions.parse((await post("passkeys/register-options")).body);
    const answer = await post("passkeys/register", { challenge: asked.challenge, name: "x", passkey: new SoftwareKey().create(asked, faults) });
    expect(answer.body).toMatchObject({ status: 403, code: "passkey_refused" });
    expect((await shown()).passkeys).toEqual([]);
  });

  test("is registered once by one challenge, and under one account", async () => {
    const asked = PasskeyCreationOptions.parse((await post("passkeys/register-options")).body);
    const key = new SoftwareKey();
    expect((await post("passkeys/register", { challenge: asked.challenge, name: "x", passkey: key.create(asked) })).status).toBe(201);
    expect((await post("passkeys/register", { challenge: asked.challenge, name: "x", passkey: new SoftwareKey().create(asked) })).body).toMatchObject({
      code: "passkey_refused",
    });
    const other = await signUp(hub, `user${++count}`);
    const theirs = PasskeyCreationOptions.parse((await post("passkeys/register-options", undefined, other.accessToken)).body);
    expect((await post("passkeys/register", { challenge: theirs.challenge, name: "x", passkey: key.create(theirs) }, other.accessToken)).body).toMatchObject({
      status: 409,
      code: "conflict",
    });
  });

  test("is refused with a challenge of another account, and of another session of the same", async () => {
    const other = await signUp(hub, `user${++count}`);
    const login = await hub.call("POST", "/api/auth/login", { body: { username: account.name, password } });
    const bearer = String(Object(login.body).access_token);
    for (const [maker, user] of [
      [other.accessToken, account.accessToken],
      [bearer, account.accessToken],
    ]) {
      const asked = PasskeyCreationOptions.parse((await post("passkeys/register-options", undefined, maker)).body);
      const answer = await post("passkeys/register", { challenge: asked.challenge, name: "x", passkey: new SoftwareKey().create(asked) }, user);
      expect(answer.body).toMatchObject({ status: 403, code: "passkey_refused" });
    }
  });

  test("of another account is neither named nor removed", async () => {
    const other = await signUp(hub, `user${++count}`);
    const { passkey } = await addPasskey(hub, other);
    expect((await post(`passkeys/${passkey.id}/remove`)).body).toMatchObject({ status: 404 });
    const renamed = await hub.call("PUT", `/api/auth/passkeys/${passkey.id}`, { bearer: account.accessToken, body: { name: "mine" } });
    expect(renamed.body).toMatchObject({ status: 404 });
    expect((await hub.db.selectFrom("passkeys").select("name").where("id", "=", passkey.id).executeTakeFirst())?.name).toBe("laptop");
  });

  test("is told as unusable where the hub has another name now, and the second step does not offer it", async () => {
    const { passkey } = await addPasskey(hub, account);
    await hub.db.updateTable("passkeys").set({ rp_id: "old.example.org" }).where("id", "=", passkey.id).execute();
    expect((await shown()).passkeys).toMatchObject([{ is_usable: false }]);
    expect((await beginSignIn(hub, account)).methods).toEqual(["recovery_code"]);
  });

  test("is the last of twenty", async () => {
    await hub.db
      .insertInto("passkeys")
      .values(
        Array.from({ length: 20 }, (_, index) => ({
          user_id: account.id,
          name: "x",
          credential_id: `${account.id}-${index}`,
          public_key: Buffer.alloc(1),
          counter: 0,
          transports: [],
          is_synced: false,
          rp_id: "localhost",
        })),
      )
      .execute();
    expect((await post("passkeys/register-options")).body).toMatchObject({ status: 409, code: "conflict" });
  });
});

describe("recovery codes", () => {
  test("that are made anew end those before", async () => {
    const { recoveryCodes } = await addTotp(hub, account, clock);
    const renewed = await post("second-factors/recovery-codes");
    expect(renewed.status).toBe(201);
    const fresh: string[] = Object(renewed.body).recovery_codes;
    expect(fresh).toHaveLength(10);
    expect(fresh).not.toContain(recoveryCodes[0]);
    const { challenge } = await beginSignIn(hub, account);
    expect((await secondStep(hub, { challenge, recovery_code: recoveryCodes[0] })).status).toBe(401);
    expect((await secondStep(hub, { challenge, recovery_code: fresh[0] })).status).toBe(200);
    expect((await shown()).recovery_codes).toMatchObject({ left: 9 });
  });

  test("are not made for an account without a second factor", async () => {
    expect((await post("second-factors/recovery-codes")).body).toMatchObject({ status: 409, code: "already_over" });
  });
});

const changes = [
  ["POST", "second-factors/totp", undefined],
  ["POST", "second-factors/totp/confirm", { code: "123456" }],
  ["POST", "second-factors/totp/remove", undefined],
  ["POST", "second-factors/recovery-codes", undefined],
  ["POST", "passkeys/register-options", undefined],
  [
    "POST",
    "passkeys/register",
    { challenge: "x", name: "x", passkey: new SoftwareKey().create({ challenge: "x", options: Object({ user: { id: "x" }, challenge: "x" }) }) },
  ],
  ["POST", "passkeys/1/remove", undefined],
  ["POST", "users/1/reset-second-factors", undefined],
] as const;

describe("a change of second factors", () => {
  test.each(changes)("is refused without a sign-in of the last minutes: %s %s", async (method, path, body) => {
    await hub.db.updateTable("users").set({ role: "Admin" }).where("id", "=", account.id).execute();
    hub.revocations.apply(`user:${account.id}`);
    await growStale();
    const answer = await hub.call(method, `/api/auth/${path}`, { bearer: account.accessToken, ...(body !== undefined && { body }) });
    expect(answer.body).toMatchObject({ status: 403, code: "reauthentication_required" });
  });

  test.each([
    ...changes,
    ["GET", "second-factors", undefined],
    ["PUT", "passkeys/1", { name: "x" }],
    ["POST", "reauthenticate/passkey-options", undefined],
  ] as const)("and a look at them is refused to nobody's: %s %s", async (method, path, body) => {
    const answer = await hub.call(method, `/api/auth/${path}`, body === undefined ? {} : { body });
    expect(answer.body).toMatchObject({ status: 401, code: "not_signed_in" });
  });

  test.each([
    ["POST", "second-factors/totp/confirm", {}, "code"],
    ["POST", "passkeys/register", { challenge: "x", name: "" }, "name"],
    ["PUT", "passkeys/1", { name: "x".repeat(61) }, "name"],
  ] as const)("names what is wrong: %s %s", async (method, path, body, field) => {
    const answer = await hub.call(method, `/api/auth/${path}`, { bearer: account.accessToken, body });
    expect(answer.body).toMatchObject({ status: 400, code: "field_invalid", errors: expect.arrayContaining([expect.objectContaining({ field })]) });
  });
});

describe("an administrator", () => {
  test("removes another's second factors, which ends their sessions and what they had begun", async () => {
    const admin = await signUp(hub, `user${++count}`, "Admin");
    const { secret } = await addTotp(hub, account, clock - 30_000);
    await addPasskey(hub, account);
    const { challenge } = await beginSignIn(hub, account);
    const answer = await post(`users/${account.id}/reset-second-factors`, undefined, admin.accessToken);
    expect(answer.body).toEqual({ totp: true, passkeys: 1, recovery_codes: 10, sessions_ended: 1 });
    expect((await hub.audit()).at(-1)).toMatchObject({
      action: "second_factors.reset",
      actor_id: String(admin.id),
      subject_id: String(account.id),
      detail: { username: account.name, totp: true, passkeys: 1, sessions_ended: 1 },
    });
    expect((await hub.call("GET", "/api/auth/me", { bearer: account.accessToken })).status).toBe(401);
    expect((await secondStep(hub, { challenge, code: codeAt(secret, clock) })).body).toMatchObject({ code: "challenge_over" });
    expect((await hub.call("POST", "/api/auth/login", { body: { username: account.name, password } })).status).toBe(200);
  });

  test("is told when there is no such account, and nobody else may", async () => {
    const admin = await signUp(hub, `user${++count}`, "Admin");
    expect((await post("users/999999/reset-second-factors", undefined, admin.accessToken)).body).toMatchObject({ status: 404 });
    expect((await post(`users/${admin.id}/reset-second-factors`)).body).toMatchObject({ status: 403, code: "role_missing" });
  });

  test("at the hub's machine does the same by name, in whatever letters", async () => {
    await addTotp(hub, account, clock);
    const removed = await hub.accounts.resetSecondFactors(account.name.toUpperCase(), { kind: "operator", id: "root@hub" });
    expect(removed).toMatchObject({ totp: true, recovery_codes: 10, sessions_ended: 1 });
    expect((await hub.audit()).at(-1)).toMatchObject({ action: "second_factors.reset", actor_kind: "operator", actor_id: "root@hub" });
    await expect(hub.accounts.resetSecondFactors("nobody", { kind: "operator", id: "root@hub" })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("where passkeys are impossible everybody is told why, and the rest works", async () => {
  const plain = await startTestHub({ publicUrl: "http://sentinal.lan:8484", now: () => clock });
  try {
    const somebody = await signUp(plain, "ada");
    const bearer = somebody.accessToken;
    expect((await plain.call("GET", "/api/auth/second-factors", { bearer })).body).toMatchObject({ passkey_place: { origin: null, reason: "plain_http" } });
    for (const [path, request] of [
      ["register-options", { bearer }],
      ["options", {}],
    ] as const) {
      expect((await plain.call("POST", `/api/auth/passkeys/${path}`, request)).body).toMatchObject({
        status: 409,
        code: "passkeys_impossible",
        detail: expect.stringContaining("plain http"),
      });
    }
    const { secret } = await addTotp(plain, somebody, clock - 30_000);
    const { challenge } = await beginSignIn(plain, somebody);
    expect((await secondStep(plain, { challenge, code: codeAt(secret, clock) })).status).toBe(200);
  } finally {
    await plain.close();
  }
});

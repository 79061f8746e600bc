import { PasskeyRequestOptions } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { password, startTestHub, type TestAnswer, type TestHub } from "../fixture.ts";
import { type Account, addPasskey, addTotp, codeAt, signUp } from "./fixture.ts";

let hub: TestHub;
let clock = Date.now();
let count = 0;
let account: Account;

beforeAll(async () => {
  hub = await startTestHub({ now: () => clock });
});
afterAll(() => hub.close());
beforeEach(async () => {
  clock += 3_600_000;
  account = await signUp(hub, `user${++count}`);
});

function post(path: string, body?: unknown, bearer = account.accessToken): Promise<TestAnswer> {
  return hub.call("POST", `/api/auth/${path}`, { bearer, ...(body !== undefined && { body }) });
}

/** The last proof of all sessions of the account was six minutes ago. */
async function growStale(): Promise<void> {
  await hub.db
    .updateTable("sessions")
    .set({ authenticated_at: sql<Date>`now() - interval '6 minutes'` })
    .where("user_id", "=", account.id)
    .execute();
}

describe("proving again who one is", () => {
  test("takes the password and a code, once, or a passkey alone, and lets a change through", async () => {
    const { secret } = await addTotp(hub, account, clock - 30_000);
    const { key } = await addPasskey(hub, account);
    await growStale();
    const body = { password, code: codeAt(secret, clock) };
    expect((await post("reauthenticate", body)).status).toBe(200);
    expect((await hub.audit()).at(-1)).toMatchObject({ action: "session.reauthenticated", detail: { by: "password, totp" } });
    expect((await post("reauthenticate", body)).body).toMatchObject({ status: 403, code: "code_wrong", errors: [{ field: "code" }] });
    await growStale();
    const asked = PasskeyRequestOptions.parse((await post("reauthenticate/passkey-options")).body);
    const proof = { challenge: asked.challenge, passkey: key.get(asked) };
    expect((await post("reauthenticate", proof)).status).toBe(200);
    expect((await hub.audit()).at(-1)).toMatchObject({ action: "session.reauthenticated", detail: { by: "passkey" } });
    expect((await post("reauthenticate", proof)).body).toMatchObject({ status: 403, code: "passkey_refused" });
    expect((await post("second-factors/totp/remove")).status).toBe(204);
  });

  test("takes the password and a recovery code, once, and the log tells which", async () => {
    const { recoveryCodes } = await addTotp(hub, account, clock);
    await growStale();
    const body = { password, recovery_code: recoveryCodes[3] };
    expect((await post("reauthenticate", body)).status).toBe(200);
    expect((await hub.audit()).slice(-2)).toMatchObject([
      { action: "recovery_code.used" },
      { action: "session.reauthenticated", detail: { by: "password, recovery_code" } },
    ]);
    expect((await post("reauthenticate", body)).body).toMatchObject({ status: 403, code: "code_wrong", errors: [{ field: "recovery_code" }] });
  });

  test("does not take the password alone of an account with a second factor, and says what there is", async () => {
    await addTotp(hub, account, clock);
    await addPasskey(hub, account);
    await growStale();
    expect((await post("reauthenticate", { password })).body).toMatchObject({
      status: 403,
      code: "second_factor_missing",
      methods: ["passkey", "totp", "recovery_code"],
    });
    expect((await post("second-factors/totp/remove")).body).toMatchObject({ code: "reauthentication_required" });
  });

  test("does not take a code without the password, nor beside a wrong one, which leaves the code good", async () => {
    const { secret } = await addTotp(hub, account, clock - 30_000);
    await growStale();
    const code = codeAt(secret, clock);
    expect((await post("reauthenticate", { code })).body).toMatchObject({ status: 400, errors: [{ field: "password" }] });
    expect((await post("reauthenticate", { password: "wrong", code })).body).toMatchObject({ status: 403, code: "password_wrong" });
    expect((await post("second-factors/totp/remove")).body).toMatchObject({ code: "reauthentication_required" });
    expect((await post("reauthenticate", { password, code })).status).toBe(200);
  });

  test("is not done by changing the password, where the account has a second factor", async () => {
    await addTotp(hub, account, clock);
    await growStale();
    expect((await post("password", { current_password: password, new_password: "another long sentence" })).status).toBe(204);
    expect((await post("second-factors/totp/remove")).body).toMatchObject({ code: "reauthentication_required" });
  });

  test("with a code is refused where the account has no app, and another's recovery code is none", async () => {
    const { recoveryCodes } = await addTotp(hub, await signUp(hub, `user${++count}`), clock);
    expect((await post("reauthenticate", { password, code: "123456" })).body).toMatchObject({ code: "code_wrong" });
    expect((await post("reauthenticate", { password, recovery_code: recoveryCodes[0] })).body).toMatchObject({ code: "code_wrong" });
  });

  test("with a passkey is refused by the challenge of another session, and with another's passkey", async () => {
    const { key } = await addPasskey(hub, account);
    const other = await signUp(hub, `user${++count}`);
    const theirs = await addPasskey(hub, other);
    const asked = PasskeyRequestOptions.parse((await post("reauthenticate/passkey-options", undefined, other.accessToken)).body);
    expect((await post("reauthenticate", { challenge: asked.challenge, passkey: key.get(asked) })).body).toMatchObject({ code: "passkey_refused" });
    const mine = PasskeyRequestOptions.parse((await post("reauthenticate/passkey-options")).body);
    expect((await post("reauthenticate", { challenge: mine.challenge, passkey: theirs.key.get(mine) })).body).toMatchObject({ code: "passkey_refused" });
  });

  test("offers no passkey to an account without one", async () => {
    expect((await post("reauthenticate/passkey-options")).body).toMatchObject({ status: 404 });
  });

  test("counts wrong codes to the limits of the app and of the account, also beside a right password", async () => {
    await addTotp(hub, account, clock);
    const answers: unknown[] = [];
    for (let guess = 0; guess < 20; guess++) answers.push((await post("reauthenticate", { password, code: "000000" })).status);
    expect(answers.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 403));
    expect(answers.slice(11)).toEqual(Array.from({ length: 9 }, () => 429));
    expect((await post("reauthenticate", { password })).body).toMatchObject({ status: 429 });
    await hub.refusals.flush();
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({ action: "proof.refused", subject_id: String(account.id), detail: expect.objectContaining({ reason: "code_wrong" }) }),
    );
  });

  test("is a bad request without a proof, with two, or with a passkey without its challenge", async () => {
    for (const body of [{}, { code: "123456" }, { password, code: "123456", recovery_code: "x" }, { challenge: "x", password }]) {
      expect((await post("reauthenticate", body)).body).toMatchObject({ status: 400, code: "field_invalid" });
    }
  });
});

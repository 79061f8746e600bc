import { TokenPair } from "@sentinal/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestHub, type TestHub } from "../fixture.ts";
import { type Account, addPasskey, beginSignIn, passkeyOptions, secondStep, signInByPasskey, signUp, SoftwareKey } from "./fixture.ts";

let hub: TestHub;
let clock = Date.now();
let count = 0;

beforeAll(async () => {
  hub = await startTestHub({ now: () => clock });
});
afterAll(async () => {
  await hub.close();
});
// Every test finds its limits untouched.
beforeEach(() => {
  clock += 3_600_000;
});

async function withPasskey(key = new SoftwareKey()): Promise<{ account: Account; key: SoftwareKey; id: number }> {
  const account = await signUp(hub, `user${++count}`);
  const { passkey } = await addPasskey(hub, account, key);
  return { account, key, id: passkey.id };
}

describe("signing in by passkey alone", () => {
  test("needs neither name nor password, and says in the audit log how", async () => {
    const { account, key } = await withPasskey();
    const asked = await passkeyOptions(hub);
    expect(asked.options).toMatchObject({ rpId: "localhost", userVerification: "required", allowCredentials: [] });
    const answer = await signInByPasskey(hub, { challenge: asked.challenge, passkey: key.get(asked) });
    expect(answer.status).toBe(200);
    const { access_token: bearer } = TokenPair.parse(answer.body);
    expect((await hub.call("GET", "/api/auth/me", { bearer })).body).toMatchObject({ id: account.id });
    expect((await hub.audit()).at(-1)).toMatchObject({ action: "session.opened", detail: { by: "passkey" } });
  });

  test("works again and again for one that counts, and for one that does not", async () => {
    for (const doesCount of [true, false]) {
      const { key } = await withPasskey(new SoftwareKey({ doesCount }));
      for (let time = 0; time < 3; time++) {
        const asked = await passkeyOptions(hub);
        expect((await signInByPasskey(hub, { challenge: asked.challenge, passkey: key.get(asked) })).status).toBe(200);
      }
    }
  });

  test.each([
    ["of another origin", { origin: "https://evil.example" }],
    ["of the same host at another port", { origin: "http://localhost:9999" }],
    ["of another host", { rpId: "evil.example" }],
    ["that did not verify its user", { isUserVerified: false }],
    ["over another question", { challenge: Buffer.alloc(32, 1).toString("base64url") }],
    ["that was made for a registration", { type: "webauthn.create" }],
    ["that does not say whose it is", { userHandle: null }],
    ["that says it is somebody else's", { userHandle: Buffer.alloc(16, 1).toString("base64url") }],
  ])("refuses an answer %s", async (_what, faults) => {
    const { key } = await withPasskey();
    const asked = await passkeyOptions(hub);
    const answer = await signInByPasskey(hub, { challenge: asked.challenge, passkey: key.get(asked, faults) });
    expect(answer.body).toMatchObject({ status: 401, code: "passkey_wrong" });
  });

  test("refuses an answer that was shown before, with its own challenge and with a new one", async () => {
    const { key } = await withPasskey(new SoftwareKey({ doesCount: false }));
    const asked = await passkeyOptions(hub);
    const shown = key.get(asked);
    expect((await signInByPasskey(hub, { challenge: asked.challenge, passkey: shown })).status).toBe(200);
    expect((await signInByPasskey(hub, { challenge: asked.challenge, passkey: shown })).body).toMatchObject({ code: "challenge_over" });
    expect((await signInByPasskey(hub, { challenge: (await passkeyOptions(hub)).challenge, passkey: shown })).body).toMatchObject({ code: "passkey_wrong" });
  });

  test("refuses another key under the credential id of an account", async () => {
    const { key } = await withPasskey();
    const asked = await passkeyOptions(hub);
    const forged = { ...new SoftwareKey().get(asked), id: key.credentialId, rawId: key.credentialId };
    const { userHandle } = key.get(asked).response;
    const passkey = { ...forged, response: { ...forged.response, userHandle } };
    expect((await signInByPasskey(hub, { challenge: asked.challenge, passkey })).body).toMatchObject({ code: "passkey_wrong" });
  });

  test("refuses a passkey that nobody registered, one that was removed, and one of a disabled account, with one answer", async () => {
    const [removed, disabled] = [await withPasskey(), await withPasskey()];
    await hub.call("POST", `/api/auth/passkeys/${removed.id}/remove`, { bearer: removed.account.accessToken });
    await hub.db.updateTable("users").set({ disabled_at: new Date() }).where("id", "=", disabled.account.id).execute();
    const titles = new Set<unknown>();
    for (const key of [new SoftwareKey(), removed.key, disabled.key]) {
      const asked = await passkeyOptions(hub);
      const { body } = await signInByPasskey(hub, { challenge: asked.challenge, passkey: key.get(asked, { userHandle: "AAAA" }) });
      expect(body).toMatchObject({ status: 401, code: "passkey_wrong" });
      titles.add(JSON.stringify({ ...Object(body), request_id: "" }));
    }
    const asked = await passkeyOptions(hub);
    expect((await signInByPasskey(hub, { challenge: asked.challenge, passkey: disabled.key.get(asked) })).body).toMatchObject({ code: "passkey_wrong" });
    expect(titles.size).toBe(1);
  });

  test("refuses a counter that does not go on, and writes it down", async () => {
    const { key, id, account } = await withPasskey();
    const first = await passkeyOptions(hub);
    expect((await signInByPasskey(hub, { challenge: first.challenge, passkey: key.get(first, { counter: 7 }) })).status).toBe(200);
    for (const counter of [7, 6, 0]) {
      const asked = await passkeyOptions(hub);
      expect((await signInByPasskey(hub, { challenge: asked.challenge, passkey: key.get(asked, { counter }) })).body).toMatchObject({ code: "passkey_wrong" });
      expect((await hub.audit()).at(-1)).toMatchObject({
        action: "passkey.counter_regressed",
        outcome: "refused",
        actor_id: String(account.id),
        subject_kind: "passkey",
        subject_id: String(id),
        detail: { stored: 7, presented: counter },
      });
    }
  });

  test("is a bad request with nothing, and with an answer of another form", async () => {
    for (const body of [{}, { challenge: "x", passkey: {} }, { challenge: 1, passkey: null }]) {
      expect((await signInByPasskey(hub, body)).body).toMatchObject({ status: 400, code: "field_invalid", errors: expect.any(Array) });
    }
  });
});

describe("a passkey as the second step", () => {
  test("of another account is refused, whosever challenge it answers", async () => {
    const [one, other] = [await withPasskey(), await withPasskey()];
    const mine = await beginSignIn(hub, one.account);
    expect((await secondStep(hub, { challenge: mine.challenge, passkey: other.key.get(await passkeyOptions(hub, mine.challenge)) })).body).toMatchObject({
      code: "second_factor_wrong",
    });
    const theirs = await beginSignIn(hub, other.account);
    const answered = one.key.get(await passkeyOptions(hub, theirs.challenge));
    expect((await secondStep(hub, { challenge: mine.challenge, passkey: answered })).body).toMatchObject({ code: "second_factor_wrong" });
  });

  test("that was removed meanwhile is refused, and so are its account's options", async () => {
    const { account, key, id } = await withPasskey();
    const { challenge } = await beginSignIn(hub, account);
    const asked = await passkeyOptions(hub, challenge);
    await hub.call("POST", `/api/auth/passkeys/${id}/remove`, { bearer: account.accessToken });
    expect((await secondStep(hub, { challenge, passkey: key.get(asked) })).body).toMatchObject({ code: "second_factor_wrong" });
  });

  test("has no options for a challenge that nobody was given", async () => {
    const answer = await hub.call("POST", "/api/auth/passkeys/options", { body: { challenge: "schl_x" } });
    expect(answer.body).toMatchObject({ status: 401, code: "challenge_over" });
  });
});

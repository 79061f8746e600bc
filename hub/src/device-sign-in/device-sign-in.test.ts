import { randomBytes } from "node:crypto";
import { DeviceSignIn, StartedDeviceSignIn, TokenPair, userCodeAlphabet } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestHub, type TestHub } from "../accounts/fixture.ts";
import { createDeviceSignIn } from "./index.ts";

let hub: TestHub;
let ada: { id: number; accessToken: string; refreshToken: string };
let nowMs = Date.now();
let names = 0;

beforeAll(async () => {
  hub = await startTestHub({
    now: () => nowMs,
    feature(ground) {
      const key = randomBytes(32);
      const feature = createDeviceSignIn({
        ...ground,
        accounts: {
          openDeviceSession: (...parameters) => hub.accounts.openDeviceSession(...parameters),
          tokensOf: (grant) => hub.accounts.tokensOf(grant),
        },
        key: () => key,
        publicUrl: () => "https://hub.example.org",
      });
      return { ...feature, authenticate: () => Promise.reject(new Error("no API tokens here")) };
    },
  });
});
afterAll(() => hub.close());
beforeEach(async () => {
  ada = await hub.signUp(`ada${++names}`, "Member");
  // Every test has its minutes to guess in.
  nowMs += 600_000;
});

function post(path: string, body: unknown, bearer?: string, address = "192.0.2.1") {
  return hub.call("POST", `/api/auth/device/${path}`, { body, address, ...(bearer !== undefined && { bearer }) });
}

async function start(clientName = "sentinal CLI on laptop"): Promise<StartedDeviceSignIn> {
  const answer = await post("start", { client_name: clientName });
  expect(answer.status).toBe(200);
  return StartedDeviceSignIn.parse(answer.body);
}

function decide(userCode: string, decision: string, bearer = ada.accessToken) {
  return post("decide", { user_code: userCode, decision }, bearer);
}

/** Asks for the tokens as one who has waited since the last question. */
async function fetchTokens(deviceCode: string) {
  await sql`update device_sign_ins set last_polled_at = last_polled_at - interval '1 minute'`.execute(hub.db);
  return post("token", { device_code: deviceCode });
}

const me = async (bearer: string) => (await hub.call("GET", "/api/auth/me", { bearer })).status;

test("sign-ins that are begun are in the audit log, one entry a minute and address however many there are", async () => {
  await hub.refusals.flush();
  const before = (await hub.audit()).length;
  for (let count = 0; count < 12; count++) await post("start", { client_name: "a program" }, undefined, "198.51.100.77");
  await post("start", { client_name: "a program" }, undefined, "198.51.100.78");
  await hub.refusals.flush();
  expect((await hub.audit()).slice(before)).toMatchObject([
    { actor_kind: "anonymous", action: "device_sign_in.started", outcome: "done", detail: { count: 12 } },
    { actor_kind: "anonymous", action: "device_sign_in.started", outcome: "done", detail: { count: 1 } },
  ]);
});

describe("signing a program in", () => {
  test("leads from its question over a person's approval to a session of its own", async () => {
    const started = await start();
    expect(started).toEqual({
      device_code: expect.stringMatching(/^sentd_[0-9A-Za-z]{43}$/),
      user_code: expect.stringMatching(new RegExp(`^[${userCodeAlphabet}]{4}-[${userCodeAlphabet}]{4}$`)),
      verification_url: "https://hub.example.org/device",
      verification_url_complete: `https://hub.example.org/device#${started.user_code}`,
      expires_in: 600,
      interval: 1,
    });
    expect((await fetchTokens(started.device_code)).body).toMatchObject({ status: 400, code: "authorization_pending" });
    const found = await post("find", { user_code: started.user_code }, ada.accessToken);
    expect(DeviceSignIn.parse(found.body)).toMatchObject({ client_name: "sentinal CLI on laptop", address: "192.0.2.1", state: "pending" });
    expect(DeviceSignIn.parse((await decide(started.user_code, "approve")).body).state).toBe("approved");

    const answer = await fetchTokens(started.device_code);
    expect(answer.status).toBe(200);
    const pair = TokenPair.parse(answer.body);
    expect(await me(pair.access_token)).toBe(200);
    const session = await hub.db.selectFrom("sessions").selectAll().where("user_id", "=", ada.id).where("user_agent", "=", "sentinal CLI on laptop").execute();
    expect(session).toMatchObject([{ address: "192.0.2.1", revoked_at: null }]);

    await hub.call("POST", "/api/auth/logout", { body: { refresh_token: pair.refresh_token } });
    expect(await me(pair.access_token)).toBe(401);
    expect(await me(ada.accessToken)).toBe(200);
  });

  test("takes the code as people type it", async () => {
    const { user_code: code, device_code: deviceCode } = await start();
    expect((await decide(` ${code.toLowerCase().replace("-", "  ")} `, "approve")).status).toBe(200);
    expect((await fetchTokens(deviceCode)).status).toBe(200);
  });

  test("gives the tokens once", async () => {
    const { user_code: code, device_code: deviceCode } = await start();
    await decide(code, "approve");
    const answers = await Promise.all(Array.from({ length: 8 }, () => post("token", { device_code: deviceCode })));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 400)]);
    expect((await fetchTokens(deviceCode)).body).toMatchObject({ code: "expired" });
  });

  test("that is denied says so, now and later", async () => {
    const { user_code: code, device_code: deviceCode } = await start();
    expect(DeviceSignIn.parse((await decide(code, "deny")).body).state).toBe("denied");
    expect((await fetchTokens(deviceCode)).body).toMatchObject({ status: 400, code: "denied" });
    expect((await decide(code, "approve")).body).toMatchObject({ status: 409, code: "already_over" });
    expect((await fetchTokens(deviceCode)).body).toMatchObject({ code: "denied" });
  });

  test("ends after ten minutes, decided or not", async () => {
    const [waiting, approved] = [await start(), await start()];
    await decide(approved.user_code, "approve");
    await sql`update device_sign_ins set expires_at = now()`.execute(hub.db);
    expect((await fetchTokens(waiting.device_code)).body).toMatchObject({ status: 400, code: "expired" });
    expect((await fetchTokens(approved.device_code)).body).toMatchObject({ code: "expired" });
    expect((await decide(waiting.user_code, "approve")).body).toMatchObject({ status: 404, code: "not_found" });
  });

  test("that asks too often is told to slow down, and still gets its tokens", async () => {
    const { user_code: code, device_code: deviceCode } = await start();
    expect((await post("token", { device_code: deviceCode })).body).toMatchObject({ code: "authorization_pending" });
    expect((await post("token", { device_code: deviceCode })).body).toMatchObject({ status: 400, code: "slow_down" });
    await decide(code, "approve");
    expect((await fetchTokens(deviceCode)).status).toBe(200);
  });

  test("that was approved from a session which has ended since gets nothing", async () => {
    const { user_code: code, device_code: deviceCode } = await start();
    await decide(code, "approve");
    await hub.call("POST", "/api/auth/logout", { body: { refresh_token: ada.refreshToken } });
    expect((await fetchTokens(deviceCode)).body).toMatchObject({ code: "denied" });
  });

  test("that was approved by somebody who has been disabled since gets nothing", async () => {
    const { user_code: code, device_code: deviceCode } = await start();
    await decide(code, "approve");
    await sql`update users set disabled_at = now() where id = ${ada.id}`.execute(hub.db);
    expect((await fetchTokens(deviceCode)).body).toMatchObject({ code: "denied" });
  });

  test("is in the audit log with who decided and for whom", async () => {
    const { user_code: code, device_code: deviceCode } = await start("build box");
    await decide(code, "approve");
    await fetchTokens(deviceCode);
    const entries = (await hub.audit()).filter((entry) => entry.actor_id === String(ada.id));
    expect(entries).toContainEqual(
      expect.objectContaining({ action: "device_sign_in.approved", actor_kind: "user", detail: { client_name: "build box", client_address: "192.0.2.1" } }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ action: "session.opened", detail: expect.objectContaining({ by: "device" }) }));
    const everything = JSON.stringify([await hub.audit(), await hub.db.selectFrom("device_sign_ins").selectAll().execute()]);
    expect(everything).not.toContain(deviceCode);
    expect(everything).not.toContain(code.replace("-", ""));
  });
});

describe("guesses at user codes", () => {
  test("are counted a person: a right code is not heard after too many wrong ones", async () => {
    const { user_code: code } = await start();
    const guess = (index: number) => post("find", { user_code: `BCDFGHJ${userCodeAlphabet[index]}` }, ada.accessToken, `192.0.2.${index + 1}`);
    const statuses = [];
    for (let index = 0; index < 12; index++) statuses.push((await guess(index)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429]);
    expect((await post("find", { user_code: code }, ada.accessToken, "192.0.2.99")).status).toBe(429);
    await hub.refusals.flush();
    expect((await hub.audit()).filter((entry) => entry.action === "device_sign_in.refused" && entry.subject_id === String(ada.id)).length).toBeGreaterThan(0);
  });

  test("are counted an address, whoever makes them", async () => {
    const people = await Promise.all(Array.from({ length: 4 }, (_, index) => hub.signUp(`guesser${names}x${index}`)));
    const statuses = [];
    for (let index = 0; index < 36; index++) {
      const person = people[index % people.length];
      statuses.push((await post("find", { user_code: `BCDF${index}` }, person?.accessToken, "198.51.100.7")).status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });

  test("are counted a code, from wherever they come", async () => {
    const { user_code: code } = await start();
    const people = await Promise.all(Array.from({ length: 4 }, (_, index) => hub.signUp(`watcher${names}x${index}`)));
    const statuses = [];
    for (let index = 0; index < 12; index++) {
      statuses.push((await post("find", { user_code: code }, people[index % people.length]?.accessToken, `203.0.113.${index}`)).status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });
});

describe("a question with bad input", () => {
  test.each([
    ["start", { client_name: "" }, "client_name"],
    ["start", {}, "client_name"],
    ["start", { client_name: "x".repeat(101) }, "client_name"],
    ["start", { client_name: "\u001b[2Jx" }, "client_name"],
    ["start", { client_name: "right\u202Eleft" }, "client_name"],
    ["token", {}, "device_code"],
    ["token", { device_code: "x".repeat(201) }, "device_code"],
  ])("at %s with %j names the field", async (path, body, field) => {
    expect((await post(path, body)).body).toMatchObject({ status: 400, code: "field_invalid", errors: [{ field }] });
  });

  test("at decide names the field", async () => {
    expect((await decide("BCDFGHJK", "perhaps")).body).toMatchObject({ status: 400, errors: [{ field: "decision" }] });
    expect((await post("decide", { decision: "approve" }, ada.accessToken)).body).toMatchObject({ status: 400, errors: [{ field: "user_code" }] });
  });

  test("with a device code that nobody was given is answered as one that has ended, until it is too much", async () => {
    const statuses = [];
    for (let index = 0; index < 32; index++) {
      const answer = await post("token", { device_code: `sentd_${index}` }, undefined, "198.51.100.8");
      const problem: { code: string } = JSON.parse(answer.text);
      statuses.push(answer.status === 400 ? problem.code : answer.status);
    }
    expect(statuses.filter((status) => status === "expired")).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });
});

test("only a person who is signed in looks at codes and decides", async () => {
  const { user_code: code, device_code: deviceCode } = await start();
  expect((await post("find", { user_code: code })).status).toBe(401);
  expect((await post("decide", { user_code: code, decision: "approve" })).status).toBe(401);
  expect((await fetchTokens(deviceCode)).body).toMatchObject({ code: "authorization_pending" });
});

test("approving needs a sign-in of the last minutes, and so does denying", async () => {
  const { user_code: code } = await start();
  await sql`update sessions set authenticated_at = now() - interval '6 minutes' where user_id = ${ada.id}`.execute(hub.db);
  expect((await decide(code, "approve")).body).toMatchObject({ status: 403, code: "reauthentication_required" });
  expect((await post("find", { user_code: code }, ada.accessToken)).status).toBe(200);
});

test("programs of one address begin so often and no more", async () => {
  const statuses = [];
  for (let index = 0; index < 22; index++) statuses.push((await post("start", { client_name: "x" }, undefined, "198.51.100.9")).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
});

import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TokenPair } from "@sentinal/contract";
import { postJson, startTestHub, type TestHub } from "../hub.ts";

let hub: TestHub;
beforeEach(async () => {
  hub = await startTestHub({ SENTINAL_REGISTRATION: "open" });
});
afterEach(() => hub.close());

async function signUp(username: string): Promise<{ id: number; bearer: string }> {
  const body = { username, email: `${username}@example.org`, password: "a long enough password" };
  expect((await postJson(`${hub.url}/api/auth/register`, body)).status).toBe(201);
  const pair = TokenPair.parse(await (await postJson(`${hub.url}/api/auth/login`, body)).json());
  const row = await hub.database.db.selectFrom("users").select("id").where("username", "=", username).executeTakeFirstOrThrow();
  return { id: row.id, bearer: pair.access_token };
}

/** What stands in the log once the hub has stopped, which writes all that was counted. */
async function refusedActs() {
  await hub.hub.stop();
  return hub.database.db
    .selectFrom("audit_entries")
    .select(["actor_kind", "actor_id", "subject_kind", "subject_id", "outcome", "address", "detail"])
    .where("action", "=", "access.refused")
    .orderBy("id")
    .execute();
}

test("what somebody may not do is in the audit log: who, from where, which route, and the right that was missing", async () => {
  const eve = await signUp("eve");
  const token = await hub.createToken({ scopes: ["webhook:write"], repository: "acme/shop" });
  expect((await postJson(`${hub.url}/api/auth/users/1/deactivate`, {}, eve.bearer)).status).toBe(403);
  expect((await fetch(`${hub.url}/api/cicd/runs`, { headers: { authorization: `Bearer ${token.token}` } })).status).toBe(403);
  expect((await postJson(`${hub.url}/api/auth/sessions/end-all`, undefined, token.token)).status).toBe(403);
  await hub.database.db
    .updateTable("sessions")
    .set({ authenticated_at: new Date(0) })
    .where("user_id", "=", eve.id)
    .execute();
  expect((await postJson(`${hub.url}/api/auth/sessions/end-all`, {}, eve.bearer)).status).toBe(403);

  const entry = (actor: object, route: string, detail: object) =>
    expect.objectContaining({
      ...actor,
      outcome: "refused",
      subject_kind: "route",
      subject_id: route,
      address: "127.0.0.1",
      detail: expect.objectContaining({ count: 1, ...detail }),
    });
  const ofEve = { actor_kind: "user", actor_id: String(eve.id) };
  const ofToken = { actor_kind: "api_token", actor_id: String(token.id) };
  const entries = await refusedActs();
  expect(entries).toHaveLength(4);
  expect(entries).toEqual(
    expect.arrayContaining([
      entry(ofEve, "POST /api/auth/users/:id/deactivate", { reason: "role_missing", needs: "the role Admin" }),
      entry(ofToken, "GET /api/cicd/runs", { reason: "scope_missing", needs: "an API token with the scope webhook:read" }),
      entry(ofToken, "POST /api/auth/sessions/end-all", { reason: "role_missing", needs: "a signed-in user" }),
      entry(ofEve, "POST /api/auth/sessions/end-all", { reason: "reauthentication_required", needs: "a sign-in of the last minutes" }),
    ]),
  );
});

test("whoever hammers at a door writes a line a minute, and nothing that stood in the address or the body", async () => {
  const eve = await signUp("eve");
  const secret = randomBytes(12).toString("hex");
  for (let count = 0; count < 200; count++) {
    await postJson(`${hub.url}/api/auth/users/${count}/deactivate?note=${secret}`, { role: secret }, eve.bearer);
  }
  const entries = await refusedActs();
  expect(entries).toMatchObject([{ actor_id: String(eve.id), detail: { count: 200 } }]);
  expect(JSON.stringify(entries)).not.toContain(secret);
});

test("a request that another site makes by a browser's cookie is in the audit log as nobody's", async () => {
  const answer = await fetch(`${hub.url}/api/auth/refresh`, {
    method: "POST",
    headers: {
      origin: "https://elsewhere.example",
      "sec-fetch-site": "cross-site",
      cookie: "sentinal_refresh=x; __Host-sentinal_refresh=x",
      "content-type": "application/json",
    },
    body: "{}",
  });
  expect(answer.status, await answer.text()).toBe(403);
  expect(await refusedActs()).toMatchObject([
    {
      actor_kind: "anonymous",
      actor_id: null,
      subject_id: "POST /api/auth/refresh",
      detail: { reason: "origin_refused", needs: "a request from our own pages" },
    },
  ]);
});

import { ApiToken, CreatedApiToken, mostOverlapHours } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestHub, type TestHub } from "../accounts/fixture.ts";
import { type ApiTokens, createApiTokens } from "./index.ts";

const hourMs = 3_600_000;
const caller = { address: "192.0.2.1", requestId: "1" };

let hub: TestHub;
let tokens: ApiTokens;
let admin: { id: number; accessToken: string };
let member: { id: number; accessToken: string };
let nowMs = Date.now();

beforeAll(async () => {
  hub = await startTestHub({
    now: () => nowMs,
    feature(ground) {
      tokens = createApiTokens(ground);
      return { authenticate: ({ bearer }, from) => tokens.authenticate(bearer, from), registerRoutes: tokens.registerRoutes, close: tokens.close };
    },
  });
  admin = await hub.signUp("ada", "Admin");
  member = await hub.signUp("max", "Member");
});
afterAll(() => hub.close());

async function created(body: object = {}): Promise<CreatedApiToken> {
  const answer = await hub.call("POST", "/api/auth/api-tokens", {
    body: { name: "CI", scopes: ["webhook:write"], ...body },
    bearer: admin.accessToken,
  });
  expect(answer.status).toBe(201);
  return CreatedApiToken.parse(answer.body);
}

function rotate(id: number | string, body?: unknown, bearer: string | null = admin.accessToken) {
  return hub.call("POST", `/api/auth/api-tokens/${id}/rotate`, { ...(body !== undefined && { body }), ...(bearer !== null && { bearer }) });
}

async function rotated(id: number, body?: unknown): Promise<CreatedApiToken> {
  const answer = await rotate(id, body);
  expect(answer.status).toBe(201);
  return CreatedApiToken.parse(answer.body);
}

async function listed(id: number): Promise<ApiToken> {
  const item = (await tokens.list({ limit: 200 })).items.find((one) => one.id === id);
  if (item === undefined) throw new Error(`token ${id} is not listed`);
  return item;
}

/** The code that a token is refused with; null when it is taken. */
async function refusal(token: string): Promise<string | null> {
  try {
    await tokens.authenticate(token, caller);
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "?";
  }
}

/** Runs with the hub's clock set ahead, as if so much time had passed. */
async function later<T>(ms: number, work: () => Promise<T>): Promise<T> {
  nowMs += ms;
  try {
    return await work();
  } finally {
    nowMs -= ms;
  }
}

describe("rotating a token", () => {
  test("gives a successor of the same name, scopes, binding and length of life, shown this once", async () => {
    const old = await created({ name: "shop CI", scopes: ["webhook:read", "webhook:write"], repository: "acme/shop", expires_in_days: 30 });
    const next = await rotated(old.id);
    expect(next).toMatchObject({ name: "shop CI", scopes: old.scopes, repository: "acme/shop", replaced_by: null, state: "valid" });
    expect(next.id).not.toBe(old.id);
    expect(next.token).not.toBe(old.token);
    expect(Date.parse(next.expires_at ?? "") - Date.parse(next.created_at)).toBe(30 * 24 * hourMs);
    expect(JSON.stringify([await listed(old.id), await listed(next.id), await hub.audit()])).not.toContain(next.token);
  });

  test("of a token without an end gives one without an end", async () => {
    expect((await rotated((await created()).id)).expires_at).toBeNull();
  });

  test("leaves the old token working until the overlap ends, also where it is in memory, and kills it then", async () => {
    const old = await created();
    expect(await refusal(old.token)).toBeNull();
    const next = await rotated(old.id);
    expect(await refusal(old.token)).toBeNull();
    expect(await refusal(next.token)).toBeNull();
    expect(await listed(old.id)).toMatchObject({ replaced_by: next.id, state: "overlapping", revoked_at: null });
    await later(23 * hourMs, async () => expect(await refusal(old.token)).toBeNull());
    await later(25 * hourMs, async () => {
      expect(await refusal(old.token)).toBe("token_replaced");
      expect(await refusal(next.token)).toBeNull();
      expect(await listed(old.id)).toMatchObject({ replaced_by: next.id, state: "replaced", expires_soon: false });
    });
  });

  test("lets the old token end with its own end where that comes before the end of the overlap", async () => {
    const old = await created({ expires_in_days: 1 });
    await rotated(old.id, { overlap_hours: 48 });
    await later(23 * hourMs, async () => expect(await refusal(old.token)).toBeNull());
    await later(25 * hourMs, async () => expect(await refusal(old.token)).toBe("token_expired"));
  });

  test("without an overlap refuses the old token from the next request on", async () => {
    const old = await created();
    expect(await refusal(old.token)).toBeNull();
    const next = await rotated(old.id, { overlap_hours: 0 });
    expect(await refusal(old.token)).toBe("token_revoked");
    expect(await refusal(next.token)).toBeNull();
    expect(await listed(old.id)).toMatchObject({ replaced_by: next.id, state: "replaced" });
  });

  test("is in the audit log, with the ids of both", async () => {
    const old = await created();
    const next = await rotated(old.id, { overlap_hours: 2 });
    expect((await hub.audit()).filter((entry) => entry.action === "api_token.rotated" && entry.subject_id === String(old.id))).toMatchObject([
      { actor_kind: "user", actor_id: String(admin.id), detail: { successor_id: next.id, overlap_hours: 2 } },
    ]);
  });

  test("by ten at once gives one successor, and tells the others which it is", async () => {
    const old = await created();
    const answers = await Promise.all(Array.from({ length: 10 }, () => rotate(old.id)));
    const won = answers.filter((answer) => answer.status === 201).map((answer) => CreatedApiToken.parse(answer.body));
    expect(won).toHaveLength(1);
    const lost = answers.filter((answer) => answer.status !== 201);
    expect(lost.map((answer) => answer.body)).toEqual(
      lost.map(() => expect.objectContaining({ status: 409, code: "already_over", detail: expect.stringContaining(String(won[0]?.id)) })),
    );
  });

  test("against revoking at the same moment never leaves the old token alive", async () => {
    for (let round = 0; round < 10; round++) {
      const old = await created();
      await Promise.all([rotate(old.id), hub.call("POST", `/api/auth/api-tokens/${old.id}/revoke`, { bearer: admin.accessToken })]);
      expect(await refusal(old.token)).toBe("token_revoked");
    }
  });

  test("of a revoked token is refused; of one that has expired gives a new one", async () => {
    const revoked = await created();
    await tokens.revoke(revoked.id, { kind: "operator", id: "test" });
    expect((await rotate(revoked.id)).body).toMatchObject({ status: 409, code: "already_over" });
    const expired = await created({ expires_in_days: 1 });
    await sql`update api_tokens set created_at = now() - interval '8 days', expires_at = now() - interval '7 days' where id = ${expired.id}`.execute(hub.db);
    const next = await rotated(expired.id);
    expect(next.state).toBe("expires_soon");
    expect(await refusal(next.token)).toBeNull();
    expect(await refusal(expired.token)).toBe("token_expired");
  });

  test.each([
    ["more hours than a week has", { overlap_hours: mostOverlapHours + 1 }],
    ["less than none", { overlap_hours: -1 }],
    ["half an hour", { overlap_hours: 0.5 }],
    ["a text", { overlap_hours: "24" }],
  ])("with %s is a bad request that names the field", async (_what, body) => {
    const old = await created();
    const answer = await rotate(old.id, body);
    expect(answer.body).toMatchObject({ status: 400, code: "field_invalid", errors: [{ field: "overlap_hours" }] });
    expect(await listed(old.id)).toMatchObject({ replaced_by: null });
  });

  test("is for administrators who are signed in", async () => {
    const old = await created();
    expect((await rotate(old.id, undefined, null)).status).toBe(401);
    expect((await rotate(old.id, undefined, member.accessToken)).status).toBe(403);
    expect((await rotate(old.id, undefined, old.token)).status).toBe(403);
    expect((await rotate(999_999)).body).toMatchObject({ status: 404, code: "not_found" });
    expect((await rotate("x")).status).toBe(400);
  });

  test("needs a sign-in of the last minutes, as binding does", async () => {
    const [old, stale] = [await created(), await hub.signUp("stale", "Admin")];
    await sql`update sessions set authenticated_at = now() - interval '6 minutes' where user_id = ${stale.id}`.execute(hub.db);
    const binding = { body: { repository: "acme/shop" }, bearer: stale.accessToken };
    expect((await rotate(old.id, undefined, stale.accessToken)).body).toMatchObject({ status: 403, code: "reauthentication_required" });
    expect((await hub.call("PUT", `/api/auth/api-tokens/${old.id}/repository`, binding)).body).toMatchObject({ code: "reauthentication_required" });
    expect((await hub.call("POST", `/api/auth/api-tokens/${old.id}/revoke`, { bearer: stale.accessToken })).status).toBe(200);
  });

  test("that cannot be audited is not done", async () => {
    const old = await created();
    await hub.db.schema.alterTable("audit_entries").renameTo("audit_entries_away").execute();
    const answer = await rotate(old.id);
    await hub.db.schema.alterTable("audit_entries_away").renameTo("audit_entries").execute();
    expect(answer.status).toBe(500);
    expect(await listed(old.id)).toMatchObject({ replaced_by: null, state: "valid" });
    expect(await refusal(old.token)).toBeNull();
  });
});

describe("binding a token to a repository", () => {
  const bind = (id: number, body: unknown, bearer: string | null = admin.accessToken) =>
    hub.call("PUT", `/api/auth/api-tokens/${id}/repository`, { body, ...(bearer !== null && { bearer }) });

  test("holds from the next request on, and is audited with what it was before", async () => {
    const token = await created({ repository: "acme/shop" });
    expect(await tokens.authenticate(token.token, caller)).toMatchObject({ repository: "acme/shop" });
    const answer = await bind(token.id, { repository: "acme/till" });
    expect(answer.status).toBe(200);
    expect(ApiToken.parse(answer.body).repository).toBe("acme/till");
    expect(await tokens.authenticate(token.token, caller)).toMatchObject({ repository: "acme/till" });
    expect((await bind(token.id, { repository: null })).status).toBe(200);
    expect(await tokens.authenticate(token.token, caller)).toMatchObject({ repository: null });
    expect((await hub.audit()).filter((entry) => entry.action === "api_token.bound" && entry.subject_id === String(token.id))).toMatchObject([
      { detail: { repository: "acme/till", before: "acme/shop" } },
      { detail: { repository: null, before: "acme/till" } },
    ]);
  });

  test("ends what was verified under the old binding", async () => {
    const token = await created({ repository: "acme/shop" });
    const principal = await tokens.authenticate(token.token, caller);
    const closed: string[] = [];
    hub.revocations.onRevoked((subject, loss) => void closed.push(`${subject} ${loss}`));
    await bind(token.id, { repository: "acme/till" });
    expect(closed[0]).toBe(`api_token:${token.id} revoked`);
    expect(await tokens.isStillValid(principal)).toBe(false);
  });

  test("of a revoked or unknown token, to no repository's name, or by somebody else is refused", async () => {
    const token = await created();
    expect((await bind(token.id, {})).body).toMatchObject({ status: 400, errors: [{ field: "repository" }] });
    expect((await bind(token.id, { repository: "https://github.com/acme/shop" })).status).toBe(400);
    expect((await bind(token.id, { repository: "acme/shop" }, null)).status).toBe(401);
    expect((await bind(token.id, { repository: "acme/shop" }, member.accessToken)).status).toBe(403);
    expect((await bind(999_999, { repository: "acme/shop" })).status).toBe(404);
    await tokens.revoke(token.id, { kind: "operator", id: "test" });
    expect((await bind(token.id, { repository: "acme/shop" })).body).toMatchObject({ status: 409, code: "already_over" });
  });
});

describe("the list of tokens", () => {
  test("says where a token was last used from", async () => {
    const token = await created();
    await tokens.authenticate(token.token, { address: "203.0.113.9", requestId: "1" });
    await tokens.flush();
    expect(await listed(token.id)).toMatchObject({ last_used_at: expect.any(String), last_used_address: "203.0.113.9" });
  });

  test.each([
    ["in 15 days", 15 * 24, { state: "valid", expires_soon: false, expires_within_days: null }],
    ["in 13 days", 13 * 24, { state: "expires_soon", expires_soon: true, expires_within_days: 14 }],
    ["in 6 days", 6 * 24, { state: "expires_soon", expires_soon: true, expires_within_days: 7 }],
    ["in 2 days", 2 * 24, { state: "expires_soon", expires_soon: true, expires_within_days: 3 }],
    ["in 12 hours", 12, { state: "expires_soon", expires_soon: true, expires_within_days: 1 }],
    ["an hour ago", -1, { state: "expired", expires_soon: false, expires_within_days: null }],
  ])("warns of a token that ends %s", async (_when, hours, expected) => {
    const token = await created({ expires_in_days: 30 });
    await sql`update api_tokens set expires_at = now() + make_interval(hours => ${hours}) where id = ${token.id}`.execute(hub.db);
    expect(await listed(token.id)).toMatchObject(expected);
  });
});

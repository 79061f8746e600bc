import { ApiToken, CreatedApiToken } from "@sentinal/contract";
import { checkTokenShape, hashToken } from "@sentinal/tokens";
import * as fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestHub, type TestHub } from "../accounts/fixture.ts";
import { type ApiTokens, createApiTokens } from "./index.ts";

let hub: TestHub;
let tokens: ApiTokens;
let admin: { id: number; accessToken: string };
let member: { id: number; accessToken: string };

beforeAll(async () => {
  hub = await startTestHub({
    feature(ground) {
      tokens = createApiTokens(ground);
      return { authenticate: ({ bearer }, caller) => tokens.authenticate(bearer, caller), registerRoutes: tokens.registerRoutes, close: tokens.close };
    },
  });
  admin = await hub.signUp("ada", "Admin");
  member = await hub.signUp("max", "Member");
});
afterAll(async () => {
  await hub.close();
});

const plain = { name: "CI", scopes: ["webhook:write"] };

function create(body: unknown, bearer = admin.accessToken) {
  return hub.call("POST", "/api/auth/api-tokens", { body, bearer });
}

async function created(body: unknown = plain): Promise<CreatedApiToken> {
  const answer = await create(body);
  expect(answer.status).toBe(201);
  return CreatedApiToken.parse(answer.body);
}

describe("making a token", () => {
  test("shows it this once, and stores its hash alone", async () => {
    const answer = await create({ name: " CI of acme ", scopes: ["webhook:read", "webhook:write"], repository: "acme/shop", expires_in_days: 30 });
    expect(answer.status).toBe(201);
    const token = CreatedApiToken.parse(answer.body);
    expect(token).toEqual({
      id: expect.any(Number),
      name: "CI of acme",
      token: expect.stringMatching(/^sent_[0-9A-Za-z]{49}$/),
      prefix: token.token.slice(0, 11),
      scopes: ["webhook:write", "webhook:read"],
      repository: "acme/shop",
      created_at: expect.any(String),
      created_by: "ada",
      expires_at: expect.any(String),
      last_used_at: null,
      last_used_address: null,
      revoked_at: null,
      replaced_by: null,
      overlap_ends_at: null,
      state: "valid",
      expires_soon: false,
      expires_within_days: null,
    });
    expect(checkTokenShape(token.token)).toBe(true);
    expect(Date.parse(token.expires_at ?? "") - Date.parse(token.created_at)).toBe(30 * 86_400_000);

    const stored = await hub.db.selectFrom("api_tokens").selectAll().where("id", "=", token.id).executeTakeFirstOrThrow();
    expect(stored.token_hash.toString("hex")).toBe(hashToken(token.token));
    const everything = JSON.stringify([stored, await hub.audit()]);
    expect(everything).not.toContain(token.token);
    expect(everything).not.toContain(token.token.slice(5, 48));
  });

  test("needs no proof of the last minutes who one is, as rotating does", async () => {
    const { id } = await created();
    const late = await hub.signUp("lea", "Admin");
    await hub.db
      .updateTable("sessions")
      .set({ authenticated_at: new Date(Date.now() - 301_000) })
      .where("user_id", "=", late.id)
      .execute();
    expect((await create(plain, late.accessToken)).status).toBe(201);
    const rotation = await hub.call("POST", `/api/auth/api-tokens/${id}/rotate`, { bearer: late.accessToken });
    expect(rotation.body).toMatchObject({ status: 403, code: "reauthentication_required" });
    expect((await hub.call("POST", `/api/auth/api-tokens/${id}/revoke`, { bearer: late.accessToken })).status).toBe(200);
  });

  test("with a scope named twice gives it once", async () => {
    expect((await created({ ...plain, scopes: ["webhook:write", "webhook:write"] })).scopes).toEqual(["webhook:write"]);
  });

  test("is in the audit log with who did it", async () => {
    const token = await created();
    expect((await hub.audit()).filter((entry) => entry.action === "api_token.created" && entry.subject_id === String(token.id))).toMatchObject([
      {
        actor_kind: "user",
        actor_id: String(admin.id),
        subject_kind: "api_token",
        outcome: "done",
        detail: { name: "CI", scopes: ["webhook:write"], repository: null, expires_in_days: null },
      },
    ]);
  });

  test.each([
    ["no body", undefined],
    ["no name", { scopes: ["webhook:write"] }],
    ["a blank name", { ...plain, name: "  " }],
    ["a name of 101 characters", { ...plain, name: "x".repeat(101) }],
    ["a name with a zero byte", { ...plain, name: "a\u0000b" }],
    ["a name that moves the cursor", { ...plain, name: "\u001b[2Jx" }],
    ["no scopes", { name: "CI" }],
    ["an empty list of scopes", { name: "CI", scopes: [] }],
    ["a scope that does not exist", { name: "CI", scopes: ["webhook:write", "admin"] }],
    ["an end in no days", { ...plain, expires_in_days: 0 }],
    ["an end in half a day", { ...plain, expires_in_days: 0.5 }],
    ["an end in more than ten years", { ...plain, expires_in_days: 3_651 }],
    ["a repository that is an address", { ...plain, repository: "https://github.com/acme/shop" }],
  ])("with %s is a bad request that names the field", async (_what, body) => {
    const answer = await (body === undefined ? hub.call("POST", "/api/auth/api-tokens", { bearer: admin.accessToken }) : create(body));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: expect.stringMatching(/^(field_invalid|body_not_json)$/), errors: [{ field: expect.any(String) }] });
  });

  test("has the caller as its maker, whatever the body says", async () => {
    const fields = fc.dictionary(
      fc.constantFrom("created_by", "user_id", "userId", "id", "sub", "actor", "token", "token_hash", "prefix", "role", "principal"),
      // A body with a member named __proto__ is refused as a whole, and has a test of its own.
      fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.object({ key: fc.string().filter((name) => !["__proto__", "constructor"].includes(name)) })),
    );
    await fc.assert(
      fc.asyncProperty(fields, async (extra) => {
        const token = await created({ ...extra, ...plain });
        const row = await hub.db.selectFrom("api_tokens").select(["created_by", "scopes"]).where("id", "=", token.id).executeTakeFirstOrThrow();
        return row.created_by === admin.id && token.created_by === "ada" && checkTokenShape(token.token) && row.scopes.join() === "webhook:write";
      }),
      { numRuns: 30 },
    );
  });
});

test("a body that would change the prototype of objects is refused", async () => {
  const answer = await create(JSON.parse('{"name":"CI","scopes":["webhook:write"],"repository":{"__proto__":{"role":"Admin"}}}'));
  expect(answer.status).toBe(400);
});

describe("listing tokens", () => {
  test("shows the newest first, page by page, each once and none with its value", async () => {
    for (let count = 0; count < 5; count++) await created({ ...plain, name: `page ${count}` });
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const answer = await hub.call("GET", `/api/auth/api-tokens?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`, { bearer: admin.accessToken });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/sent_[0-9A-Za-z]{49}/);
      expect(answer.text).not.toContain("hash");
      const page: { items: unknown[]; next_cursor: string | null } = JSON.parse(answer.text);
      expect(page.items.length).toBeLessThanOrEqual(2);
      for (const item of page.items) {
        expect(item).not.toHaveProperty("token");
        seen.push(ApiToken.parse(item).id);
      }
      cursor = page.next_cursor;
    } while (cursor !== null);
    const all = await hub.db.selectFrom("api_tokens").select("id").orderBy("id", "desc").execute();
    expect(seen).toEqual(all.map((row) => row.id));
  });

  test.each([
    "limit=0",
    "limit=201",
    "limit=x",
    "cursor=x",
    `cursor=${Buffer.from("[1.5]").toString("base64url")}`,
    `cursor=${Buffer.from('["a"]').toString("base64url")}`,
    `cursor=${Buffer.from("[1e300]").toString("base64url")}`,
  ])("with %s is a bad request", async (query) => {
    const answer = await hub.call("GET", `/api/auth/api-tokens?${query}`, { bearer: admin.accessToken });
    expect(answer.status).toBe(400);
  });
});

describe("revoking a token", () => {
  const revoke = (id: number | string, bearer = admin.accessToken) => hub.call("POST", `/api/auth/api-tokens/${id}/revoke`, { bearer });
  const use = async (token: string) => tokens.authenticate(token, { address: "192.0.2.1", requestId: "1" });

  test("kills it at the next request and is in the audit log once, however often it is asked for", async () => {
    const token = await created();
    expect(await use(token.token)).toMatchObject({ id: token.id });
    const answer = await revoke(token.id);
    expect(answer.status).toBe(200);
    expect(ApiToken.parse(answer.body)).toMatchObject({ id: token.id, revoked_at: expect.any(String) });
    await expect(use(token.token)).rejects.toMatchObject({ code: "token_revoked" });
    expect((await revoke(token.id)).body).toEqual(answer.body);
    expect((await hub.audit()).filter((entry) => entry.action === "api_token.revoked" && entry.subject_id === String(token.id))).toMatchObject([
      { actor_kind: "user", actor_id: String(admin.id), detail: { reason: "by_hand" } },
    ]);
  });

  test("tells the sockets which token died, after it was committed", async () => {
    const token = await created();
    const seen: { subject: string; wasRevoked: Promise<boolean> }[] = [];
    hub.revocations.onRevoked((subject) => {
      // It goes on to hear what the tests after this one revoke.
      if (seen.length > 0) return;
      const wasRevoked = hub.db.selectFrom("api_tokens").select("revoked_at").where("id", "=", token.id).executeTakeFirstOrThrow();
      seen.push({ subject, wasRevoked: wasRevoked.then((row) => row.revoked_at !== null) });
    });
    await revoke(token.id);
    expect(seen[0]?.subject).toBe(`api_token:${token.id}`);
    expect(await seen[0]?.wasRevoked).toBe(true);
  });

  test("that does not exist is not found", async () => {
    expect((await revoke(999_999)).body).toMatchObject({ status: 404, code: "not_found" });
  });

  test.each(["0", "-1", "x", "1.5", "9007199254740993", "1e400"])("with the id %s is a bad request", async (id) => {
    expect((await revoke(id)).status).toBe(400);
  });
});

describe("every call", () => {
  const calls = [
    ["POST", "/api/auth/api-tokens"],
    ["GET", "/api/auth/api-tokens"],
    ["POST", "/api/auth/api-tokens/1/revoke"],
  ] as const;

  test.each(calls)("%s %s needs a sign-in", async (method, url) => {
    const answer = await hub.call(method, url, method === "POST" ? { body: plain } : {});
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "not_signed_in" });
  });

  test.each(calls)("%s %s needs an Admin", async (method, url) => {
    const answer = await hub.call(method, url, { bearer: member.accessToken, ...(method === "POST" && { body: plain }) });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: "role_missing" });
  });

  test.each(calls)("%s %s is not for API tokens", async (method, url) => {
    const token = await created({ name: "all", scopes: ["webhook:write", "webhook:read"] });
    const answer = await hub.call(method, url, { bearer: token.token, ...(method === "POST" && { body: plain }) });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: "role_missing" });
  });
});

describe("a token that stood in an address", () => {
  test("is revoked, and the audit log says why and from where", async () => {
    const token = await created();
    await tokens.revokeLeaked(token.token, { address: "192.0.2.9", requestId: "request-1" });
    expect(await hub.db.selectFrom("api_tokens").select("revoked_reason").where("id", "=", token.id).executeTakeFirst()).toEqual({ revoked_reason: "in_url" });
    const entries = await hub.db
      .selectFrom("audit_entries")
      .selectAll()
      .where("action", "=", "api_token.revoked")
      .where("subject_id", "=", String(token.id))
      .execute();
    expect(entries).toMatchObject([{ actor_kind: "hub", address: "192.0.2.9", request_id: "request-1", detail: { reason: "in_url" } }]);
    await tokens.revokeLeaked(token.token, { address: "192.0.2.9", requestId: "request-2" });
    expect(
      await hub.db.selectFrom("audit_entries").select("id").where("subject_id", "=", String(token.id)).where("action", "=", "api_token.revoked").execute(),
    ).toHaveLength(1);
  });

  test("is left alone when this hub does not know it", async () => {
    const before = (await hub.audit()).length;
    await tokens.revokeLeaked(`sent_${"0".repeat(43)}2CZclj`, { address: "192.0.2.9", requestId: "1" });
    expect((await hub.audit()).length).toBe(before);
  });
});

test("the operator makes, lists and revokes tokens under a name of his own", async () => {
  const operator = { kind: "operator", id: "root" } as const;
  const token = await tokens.create({ name: "from the shell", scopes: ["webhook:read"] }, operator);
  expect(token).toMatchObject({ created_by: null, scopes: ["webhook:read"] });
  expect((await tokens.list({ limit: 1 })).items).toMatchObject([{ id: token.id }]);
  expect(await tokens.revoke(token.id, operator)).toMatchObject({ id: token.id, revoked_at: expect.any(String) });
  await expect(tokens.revoke(999_999, operator)).rejects.toMatchObject({ code: "not_found" });
  expect((await hub.audit()).filter((entry) => entry.actor_kind === "operator" && entry.subject_id === String(token.id)).map((entry) => entry.action)).toEqual([
    "api_token.created",
    "api_token.revoked",
  ]);
});

test("what cannot be audited is not done", async () => {
  await hub.db.schema.alterTable("audit_entries").renameTo("audit_entries_away").execute();
  const before = await hub.db
    .selectFrom("api_tokens")
    .select(sql<number>`count(*)::int`.as("count"))
    .executeTakeFirst();
  const answer = await create(plain);
  const after = await hub.db
    .selectFrom("api_tokens")
    .select(sql<number>`count(*)::int`.as("count"))
    .executeTakeFirst();
  await hub.db.schema.alterTable("audit_entries_away").renameTo("audit_entries").execute();
  expect(answer.status).toBe(500);
  expect(after).toEqual(before);
});

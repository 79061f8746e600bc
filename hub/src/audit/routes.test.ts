import { AuditChain, type AuditEntry, AuditSearchResult, CreatedApiToken } from "@sentinal/contract";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startTestHub, type TestHub } from "../accounts/fixture.ts";
import { type ApiTokens, createApiTokens } from "../api-tokens/index.ts";
import { auditNames } from "../audit-names.ts";
import { createAuditChecks, recordAudit, registerAuditRoutes } from "./index.ts";
import { sealAll } from "./seal.ts";

let hub: TestHub;
let tokens: ApiTokens;
let admin: { id: number; accessToken: string };
let member: { id: number; accessToken: string };

beforeAll(async () => {
  hub = await startTestHub({
    feature(ground) {
      tokens = createApiTokens(ground);
      const checks = createAuditChecks({ db: ground.db, log: pino({ enabled: false }) });
      return {
        authenticate: ({ bearer }, caller) => tokens.authenticate(bearer, caller),
        registerRoutes(http, access) {
          tokens.registerRoutes(http, access);
          registerAuditRoutes(http, access, { db: ground.db, names: auditNames(ground.db), fingerprints: ground.fingerprints, checks });
        },
        async close() {
          await checks.stop();
          await tokens.close();
        },
      };
    },
  });
  admin = await hub.signUp("ada", "Admin");
  member = await hub.signUp("max", "Member");
});
afterAll(async () => {
  await hub.close();
});
beforeEach(async () => {
  await hub.refusals.flush();
  await sql`truncate audit_entries restart identity`.execute(hub.db);
  await sql`delete from hub_state where name like 'audit%'`.execute(hub.db);
});

async function list(query = "", bearer = admin.accessToken): Promise<{ items: AuditEntry[]; next_cursor: string | null }> {
  const answer = await hub.call("GET", `/api/audit${query}`, { bearer });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text);
}

async function search(value: string): Promise<AuditSearchResult> {
  const answer = await hub.call("POST", "/api/audit/search", { body: { value }, bearer: admin.accessToken });
  expect(answer.status).toBe(200);
  return AuditSearchResult.parse(answer.body);
}

async function newToken(name = "CI"): Promise<CreatedApiToken> {
  return CreatedApiToken.parse((await hub.call("POST", "/api/auth/api-tokens", { body: { name, scopes: ["webhook:read"] }, bearer: admin.accessToken })).body);
}

describe("the list", () => {
  test("tells who did what to whom in words, the newest first", async () => {
    const token = await newToken();
    await recordAudit(hub.db, { actor: { kind: "operator", id: "root@shop" }, action: "user.password_reset", subject: { kind: "user", id: member.id } });
    await recordAudit(hub.db, { actor: { kind: "hub" }, action: "thing.done", subject: { kind: "trust_binding", id: 9 }, detail: { name: "deploy" } });
    await recordAudit(hub.db, { actor: { kind: "anonymous" }, action: "thing.refused", outcome: "refused", address: "192.0.2.9" });
    const { items, next_cursor } = await list();
    expect(next_cursor).toBeNull();
    expect(items.map((entry) => [entry.actor.words, entry.action, entry.subject?.words ?? null])).toEqual([
      ["somebody not signed in", "thing.refused", null],
      ["the hub", "thing.done", "trust binding 9 “deploy”"],
      ["operator root@shop", "user.password_reset", "max"],
      ["ada", "api_token.created", `API token ${token.id} “CI”`],
    ]);
    expect(items[3]).toEqual({
      id: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      actor: { kind: "user", id: String(admin.id), words: "ada" },
      action: "api_token.created",
      subject: { kind: "api_token", id: String(token.id), words: `API token ${token.id} “CI”` },
      outcome: "done",
      address: "127.0.0.1",
      request_id: expect.any(String),
      detail: { name: "CI", scopes: ["webhook:read"], repository: null, expires_in_days: null, fingerprint: hub.fingerprints.of(token.token) },
      seal: "unsealed",
      position: null,
      hash: null,
    });
  });

  test("tells the place in the chain once an entry is sealed", async () => {
    await recordAudit(hub.db, { actor: { kind: "hub" }, action: "thing.done" });
    await sealAll(hub.db);
    expect((await list()).items).toMatchObject([{ seal: "sealed", position: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  test("keeps its words for what is gone", async () => {
    await recordAudit(hub.db, {
      actor: { kind: "user", id: 9_999 },
      action: "user.created",
      subject: { kind: "user", id: 9_998 },
      detail: { username: "eve" },
    });
    expect((await list()).items).toMatchObject([{ actor: { words: "user 9999" }, subject: { words: "eve" } }]);
  });

  test("goes through all entries once, page by page, also those of one moment", async () => {
    await sql`insert into audit_entries (actor_kind, action, outcome, at) select 'hub', 'thing.done', 'done', timestamptz '2026-11-22T07:00:00.123456Z' + (n / 4) * interval '1 microsecond' from generate_series(1, 25) n`.execute(
      hub.db,
    );
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const answer = await list(`?limit=4${cursor === null ? "" : `&cursor=${cursor}`}`);
      expect(answer.items.length).toBeLessThanOrEqual(4);
      seen.push(...answer.items.map((entry) => entry.id));
      cursor = answer.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 25 }, (_none, index) => 25 - index));
  });

  test.each([
    ["actor_kind=user", [1, 2]],
    ["actor_kind=user&actor_id=8", [2]],
    ["action=user.created", [2]],
    ["action=user.", [2, 4]],
    ["action=user.c", [2]],
    ["action=user", [2, 4]],
    ["action=us%25", []],
    ["subject_kind=user&subject_id=5", [2, 4]],
    ["outcome=refused", [4]],
    ["address=192.0.2.2", [3, 4]],
    ["from=2026-11-22T07:00:02Z", [3, 4]],
    ["to=2026-11-22T07:00:02Z", [1, 2]],
    ["from=2026-11-22T09:00:01%2B02:00&to=2026-11-22T07:00:02Z", [2]],
    ["action=user.&outcome=refused&address=192.0.2.2&actor_kind=anonymous", [4]],
    ["subject_id=nobody", []],
  ])("narrowed by %s names these entries alone", async (query, ids) => {
    await sql`insert into audit_entries (actor_kind, actor_id, action, subject_kind, subject_id, outcome, address, at) values
      ('user', '7', 'session.opened', 'session', 'x', 'done', '192.0.2.1', '2026-11-22T07:00:00Z'),
      ('user', '8', 'user.created', 'user', '5', 'done', '192.0.2.1', '2026-11-22T07:00:01Z'),
      ('hub', null, 'userland.done', null, null, 'done', '192.0.2.2', '2026-11-22T07:00:02Z'),
      ('anonymous', null, 'user.refused', 'user', '5', 'refused', '192.0.2.2', '2026-11-22T07:00:03Z')`.execute(hub.db);
    const found = (await list(`?${query}`)).items.map((entry) => entry.id).toSorted();
    // `user` without a dot is the beginning of `userland` too.
    expect(found).toEqual(query === "action=user" ? [2, 3, 4] : ids);
  });

  test.each([
    ["from=yesterday", "from"],
    ["outcome=perhaps", "outcome"],
    ["action=", "action"],
    ["limit=0", "limit"],
    ["limit=201", "limit"],
    ["cursor=eyJ4", "cursor"],
    [`cursor=${Buffer.from('["2026-11-22T07:00:00.000000Z; drop table users",1]').toString("base64url")}`, "cursor"],
  ])("with %s is a bad request that names the field", async (query, field) => {
    const answer = await hub.call("GET", `/api/audit?${query}`, { bearer: admin.accessToken });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ field: expect.stringContaining(field), problem: expect.any(String), fix: expect.any(String) }] });
  });
});

describe("one entry", () => {
  test("is told as in the list, and is not found where there is none", async () => {
    await newToken();
    const [entry] = (await list()).items;
    expect(await hub.call("GET", `/api/audit/entries/${entry?.id}`, { bearer: admin.accessToken })).toMatchObject({ status: 200, body: entry });
    expect(await hub.call("GET", "/api/audit/entries/99999", { bearer: admin.accessToken })).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await hub.call("GET", "/api/audit/entries/x", { bearer: admin.accessToken })).toMatchObject({ status: 400, body: { errors: [{ field: "id" }] } });
  });
});

describe("who may read", () => {
  const routes = [
    ["GET", "/api/audit"],
    ["GET", "/api/audit/entries/1"],
    ["POST", "/api/audit/search"],
    ["GET", "/api/audit/export"],
    ["GET", "/api/audit/chain"],
    ["POST", "/api/audit/verify"],
  ] as const;

  test.each(routes)("nobody who is not signed in: %s %s", async (method, url) => {
    expect(await hub.call(method, url, method === "POST" ? { body: { value: "x" } } : {})).toMatchObject({ status: 401, body: { code: "not_signed_in" } });
  });

  test.each(routes)("no Member, and no API token: %s %s", async (method, url) => {
    const body = method === "POST" ? { body: { value: "x" } } : {};
    const token = await newToken();
    expect(await hub.call(method, url, { ...body, bearer: member.accessToken })).toMatchObject({ status: 403, body: { code: "role_missing" } });
    expect(await hub.call(method, url, { ...body, bearer: token.token })).toMatchObject({ status: 403, body: { code: "role_missing" } });
  });
});

describe("searching for a value", () => {
  test("finds all that was done to a token and with it, and nothing of others", async () => {
    const token = await newToken("leaked");
    const other = await newToken("other");
    await recordAudit(hub.db, { actor: { kind: "api_token", id: token.id }, action: "thing.done" });
    await recordAudit(hub.db, { actor: { kind: "api_token", id: other.id }, action: "thing.done" });
    await tokens.revokeLeaked(token.token, { address: "192.0.2.5", requestId: "r" });
    await hub.call("GET", "/api/auth/me", { bearer: token.token });
    await hub.refusals.flush();
    const found = await search(token.token);
    expect(found.fingerprint).toBe(hub.fingerprints.of(token.token));
    expect(found.is_cut).toBe(false);
    expect(found.items.map((entry) => [entry.action, entry.actor.kind, entry.subject?.id ?? null])).toEqual([
      ["api_token.refused", "anonymous", String(token.id)],
      ["api_token.revoked", "hub", String(token.id)],
      ["thing.done", "api_token", null],
      ["api_token.created", "user", String(token.id)],
    ]);
  });

  test("finds a token that this hub never knew, where it was refused", async () => {
    const foreign = (await newToken()).token;
    await hub.db.deleteFrom("api_tokens").execute();
    await sql`truncate audit_entries`.execute(hub.db);
    await hub.call("GET", "/api/auth/me", { bearer: foreign, address: "203.0.113.4" });
    await hub.refusals.flush();
    expect((await search(foreign)).items).toMatchObject([{ action: "api_token.refused", subject: { kind: "token_fingerprint" }, address: "203.0.113.4" }]);
  });

  test("finds what was typed as a name at the sign-in, however it was spelt", async () => {
    await hub.call("POST", "/api/auth/login", { body: { username: "My Secret In The Wrong Field", password: "x" } });
    await hub.refusals.flush();
    expect((await search("my secret in the wrong field")).items).toMatchObject([{ action: "sign_in.refused", subject: { kind: "username_fingerprint" } }]);
  });

  test("finds nothing for a value that nothing speaks of", async () => {
    await newToken();
    expect(await search("sent_nothing")).toMatchObject({ items: [], is_cut: false });
  });

  test.each([
    ["nothing", undefined],
    ["no value", {}],
    ["an empty value", { value: "" }],
    ["a number", { value: 7 }],
    ["a value of 10,001 characters", { value: "x".repeat(10_001) }],
  ])("with %s is a bad request that names the field", async (_what, body) => {
    const answer = await hub.call("POST", "/api/audit/search", { body: body ?? "", bearer: admin.accessToken });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ field: expect.any(String), fix: expect.any(String) }] });
  });

  test("keeps the value nowhere, and takes none from an address", async () => {
    await search("a canary that nobody may keep");
    const everything = await sql<{
      row: string;
    }>`select to_jsonb(e)::text as row from audit_entries e union all select to_jsonb(s)::text from hub_state s`.execute(hub.db);
    expect(JSON.stringify(everything.rows)).not.toContain("canary");
    expect((await hub.call("GET", "/api/audit/search?value=x", { bearer: admin.accessToken })).status).toBe(404);
  });
});

describe("the chain's state", () => {
  test("tells head and unsealed entries, and what a check found", async () => {
    const ask = async () => AuditChain.parse((await hub.call("GET", "/api/audit/chain", { bearer: admin.accessToken })).body);
    expect(await ask()).toEqual({ head: null, unsealed: 0, verified: null, is_verifying: false });
    await recordAudit(hub.db, { actor: { kind: "hub" }, action: "thing.done" });
    await sealAll(hub.db);
    await recordAudit(hub.db, { actor: { kind: "hub" }, action: "thing.done" });
    expect(await ask()).toMatchObject({ head: { position: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }, unsealed: 1 });
    await sql`update audit_entries set action = 'thing.forged' where id = 1`.execute(hub.db);
    const begun = await hub.call("POST", "/api/audit/verify", { bearer: admin.accessToken });
    expect(begun.status).toBe(202);
    await vi.waitFor(async () => expect((await ask()).is_verifying).toBe(false));
    expect((await ask()).verified).toMatchObject({ is_intact: false, checked: 1, position: 1, problems: [{ kind: "changed", id: 1 }, { kind: "unsealed" }] });
  });
});

describe("the export", () => {
  test("is a file of JSON lines, and stands in the log itself", async () => {
    await newToken();
    const answer = await hub.call("GET", "/api/audit/export", { bearer: admin.accessToken });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-type": expect.stringContaining("application/x-ndjson"),
      "content-disposition": expect.stringMatching(/^attachment; filename="sentinal-audit-\d{4}-\d\d-\d\d\.jsonl"$/),
      "cache-control": "no-store",
    });
    const lines = answer.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { format: "sentinal-audit-log", start: { position: 0 }, end: { position: 2 } },
      { position: 1, action: "api_token.created" },
      { position: 2, action: "audit.exported", actor_id: String(admin.id) },
    ]);
  });

  test.each([
    ["from=yesterday", "from"],
    ["from=2026-11-22T00:00:00Z&to=2026-11-22T00:00:00Z", "to"],
  ])("with %s is a bad request that names the field, and leaves no entry", async (query, field) => {
    const answer = await hub.call("GET", `/api/audit/export?${query}`, { bearer: admin.accessToken });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: expect.stringContaining(field) }] } });
    expect(await hub.audit()).toEqual([]);
  });
});

import { createApiToken, hashToken } from "@sentinal/tokens";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { startTestHub, type TestHub } from "../accounts/fixture.ts";
import { type ApiTokens, createApiTokens } from "./index.ts";

type Hub = { hub: TestHub; tokens: ApiTokens };

let database: TestDatabase;
let one: Hub;
let two: Hub;
let clock = Date.now();
let isOneHearing = true;

beforeAll(async () => {
  database = await createTestDatabase();
  one = await startHub(() => isOneHearing);
  two = await startHub();
});
afterAll(async () => {
  await Promise.all([one.hub.close(), two.hub.close()]);
  await database.close();
});
beforeEach(() => {
  clock += 3_600_000;
  isOneHearing = true;
});

async function startHub(isHearing?: () => boolean): Promise<Hub> {
  const made: ApiTokens[] = [];
  const hub = await startTestHub({
    database,
    now: () => clock,
    ...(isHearing !== undefined && { isHearing }),
    feature(ground) {
      const tokens = createApiTokens(ground);
      made.push(tokens);
      return { authenticate: ({ bearer }, caller) => tokens.authenticate(bearer, caller), registerRoutes: tokens.registerRoutes, close: tokens.close };
    },
  });
  const [tokens] = made;
  if (tokens === undefined) throw new Error("the feature was not made");
  return { hub, tokens };
}

const operator = { kind: "operator", id: "test" } as const;
const caller = { address: "192.0.2.1", requestId: "1" };

function make(extra: { repository?: string; expires_in_days?: number } = {}) {
  return one.tokens.create({ name: "CI", scopes: ["webhook:write"], ...extra }, operator);
}

/** Whichever way the answer comes: at once, later, or as an error. */
async function check(token: string, on = one, address = caller.address): Promise<string> {
  try {
    return `token ${(await on.tokens.authenticate(token, { ...caller, address })).id}`;
  } catch (error) {
    return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
  }
}

/** Changes the table so that whoever reads it fails. */
async function withoutTable(work: () => Promise<void>): Promise<void> {
  await database.db.schema.alterTable("api_tokens").renameTo("api_tokens_away").execute();
  try {
    await work();
  } finally {
    await database.db.schema.alterTable("api_tokens_away").renameTo("api_tokens").execute();
  }
}

async function usesOf(id: number) {
  return database.db.selectFrom("api_tokens").select(["last_used_at", "last_used_address"]).where("id", "=", id).executeTakeFirstOrThrow();
}

describe("a token", () => {
  test("gives its rights, and the second time at once, without a look at the database", async () => {
    const token = await make({ repository: "acme/shop", expires_in_days: 1 });
    const principal = await one.tokens.authenticate(token.token, caller);
    expect(principal).toEqual({
      kind: "api_token",
      id: token.id,
      name: "CI",
      scopes: ["webhook:write"],
      repository: "acme/shop",
      expiresAt: new Date(token.expires_at ?? ""),
      subjects: [`api_token:${token.id}`],
    });
    await withoutTable(async () => {
      expect(one.tokens.authenticate(token.token, caller)).toBe(principal);
    });
  });

  test("cannot be given more rights by who holds its principal", async () => {
    const principal = await one.tokens.authenticate((await make()).token, caller);
    expect(() => Object.assign(principal, { repository: null, scopes: ["webhook:read"] })).toThrow("read only");
  });

  test("that is mistyped is refused without a look at the database", async () => {
    const { token } = await make();
    const last = token.at(-1) === "0" ? "1" : "0";
    await withoutTable(async () => {
      for (const wrong of [token.slice(0, -1) + last, token.slice(0, -1), `${token}0`, "sent_", token.replace("sent_", "sent-"), token.toLowerCase()]) {
        expect(await check(wrong)).toBe("token_malformed");
      }
    });
  });

  test("that nobody made is unknown", async () => {
    expect(await check(createApiToken())).toBe("token_unknown");
  });

  test("is good to its last millisecond and expired after it, also when it is in memory", async () => {
    const token = await make({ expires_in_days: 1 });
    const end = Date.parse(token.expires_at ?? "");
    clock = end - 1;
    expect(await check(token.token)).toBe(`token ${token.id}`);
    clock = end;
    expect(await check(token.token)).toBe("token_expired");
    expect(await check(token.token, two)).toBe("token_expired");
  });

  test("that is revoked and expired is called revoked", async () => {
    const token = await make({ expires_in_days: 1 });
    await one.tokens.revoke(token.id, operator);
    clock = Date.parse(token.expires_at ?? "") + 1;
    expect(await check(token.token)).toBe("token_revoked");
  });

  test("loses a scope that this version does not know", async () => {
    const token = await make();
    await sql`update api_tokens set scopes = array['webhook:write', 'everything'] where id = ${token.id}`.execute(database.db);
    expect(await one.tokens.authenticate(token.token, caller)).toMatchObject({ scopes: ["webhook:write"] });
  });

  test("names the reason of its refusal in a challenge", async () => {
    const refusal = await one.hub.call("GET", "/api/auth/api-tokens", { bearer: createApiToken() });
    expect(refusal.status).toBe(401);
    expect(refusal.headers["www-authenticate"]).toBe('Bearer error="invalid_token"');
    expect(refusal.body).toMatchObject({ code: "token_unknown" });
  });
});

describe("a revoked token", () => {
  test("is dead at the next request on this hub, and within a moment on another that had it in memory", async () => {
    for (let round = 0; round < 20; round++) {
      const token = await make();
      expect(await check(token.token, one)).toBe(`token ${token.id}`);
      expect(await check(token.token, two)).toBe(`token ${token.id}`);
      await one.tokens.revoke(token.id, operator);
      expect(await check(token.token, one)).toBe("token_revoked");
      await vi.waitFor(async () => expect(await check(token.token, two)).toBe("token_revoked"), { timeout: 5_000, interval: 2 });
    }
  });

  test("is dead at once also on a hub that does not hear, and for one that stood in an address", async () => {
    const token = await make();
    expect(await check(token.token, one)).toBe(`token ${token.id}`);
    isOneHearing = false;
    await two.tokens.revokeLeaked(token.token, caller);
    expect(await check(token.token, one)).toBe("token_revoked");
  });

  test("does not come back through a read that began before", async () => {
    for (let round = 0; round < 30; round++) {
      const token = await make();
      const readers = Array.from({ length: 8 }, () => check(token.token));
      await Promise.all([...readers, one.tokens.revoke(token.id, operator)]);
      expect(await check(token.token)).toBe("token_revoked");
    }
  });

  test("is no longer valid for a socket", async () => {
    const token = await make();
    const principal = await one.tokens.authenticate(token.token, caller);
    expect(await two.tokens.isStillValid(principal)).toBe(true);
    await one.tokens.revoke(token.id, operator);
    expect(await two.tokens.isStillValid(principal)).toBe(false);
  });
});

describe("unknown tokens", () => {
  test("are slowed down by address, while known ones from there go on", async () => {
    const token = await make();
    for (let count = 0; count < 30; count++) expect(await check(createApiToken(), one, "2001:db8:5::1")).toBe("token_unknown");
    expect(await check(createApiToken(), one, "2001:db8:5::2")).toBe("too_many_requests");
    expect(await check(createApiToken(), one, "2001:db8:6::1")).toBe("token_unknown");
    expect(await check(token.token, one, "2001:db8:5::1")).toBe(`token ${token.id}`);
  });

  test("and other refusals are counted in the audit log, with the token's id and never its value", async () => {
    await one.hub.refusals.flush();
    const before = (await one.hub.audit()).length;
    const token = await make();
    await one.tokens.revoke(token.id, operator);
    const unknown = createApiToken();
    await check(token.token);
    await check(token.token);
    await check(unknown);
    await check(`${unknown}x`);
    await one.hub.refusals.flush();
    const entries = (await one.hub.audit()).slice(before).filter((entry) => entry.outcome === "refused");
    expect(entries).toMatchObject([
      { action: "api_token.refused", subject_kind: "api_token", subject_id: String(token.id), detail: { reason: "token_revoked", count: 2 } },
      {
        action: "api_token.refused",
        subject_kind: "token_fingerprint",
        subject_id: expect.stringMatching(/^fp1_[0-9a-f]{32}$/),
        detail: { reason: "token_unknown", count: 1 },
      },
      { action: "api_token.refused", subject_kind: null, detail: { reason: "token_malformed", count: 1 } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(unknown.slice(5, 30));
    expect(JSON.stringify(entries)).not.toContain(hashToken(unknown));
  });
});

describe("the last use", () => {
  test("is not written by the request, and then with time and address", async () => {
    const token = await make();
    await check(token.token);
    await check(token.token, one, "192.0.2.77");
    expect(await usesOf(token.id)).toEqual({ last_used_at: null, last_used_address: null });
    await one.tokens.flush();
    expect(await usesOf(token.id)).toEqual({ last_used_at: new Date(clock), last_used_address: "192.0.2.77" });
  });

  test("never goes back, whichever hub writes last", async () => {
    const token = await make();
    await check(token.token, two, "192.0.2.2");
    clock += 1_000;
    await check(token.token, one, "192.0.2.1");
    await one.tokens.flush();
    await two.tokens.flush();
    expect(await usesOf(token.id)).toEqual({ last_used_at: new Date(clock), last_used_address: "192.0.2.1" });
  });

  test("is written when the hub stops", async () => {
    const { hub, tokens } = await startHub();
    const token = await make();
    await tokens.authenticate(token.token, { address: "192.0.2.3", requestId: "1" });
    await hub.close();
    expect(await usesOf(token.id)).toEqual({ last_used_at: new Date(clock), last_used_address: "192.0.2.3" });
  });

  test("is written by two hubs at once for many tokens", async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => make()));
    for (const token of made) await check(token.token, one);
    clock += 1;
    for (const token of made.toReversed()) await check(token.token, two);
    await Promise.all([one.tokens.flush(), two.tokens.flush()]);
    const rows = await database.db
      .selectFrom("api_tokens")
      .select("last_used_at")
      .where(
        "id",
        "in",
        made.map((token) => token.id),
      )
      .execute();
    expect(new Set(rows.map((row) => row.last_used_at?.getTime()))).toEqual(new Set([clock]));
  });
});

import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase } from "../../../test/database.ts";
import { hubKey } from "../vault/key.ts";
import { password, startTestHub, type TestHub, testKey } from "./fixture.ts";
import { ensureSetupCode } from "./setup-code.ts";

const ada = { username: "ada", email: "ada@example.org", password };

/** For requests that change nothing. */
let bystander: TestHub;

beforeAll(async () => {
  bystander = await startTestHub({ setupCode: "12345678" });
});
afterAll(async () => {
  await bystander.close();
});

async function withHub(options: Parameters<typeof startTestHub>[0], work: (hub: TestHub) => Promise<void>): Promise<void> {
  const hub = await startTestHub(options);
  try {
    await work(hub);
  } finally {
    await hub.close();
  }
}

describe("the set-up code", () => {
  test("is the same at every start until the first account, and stands nowhere", async () => {
    await withHub({}, async (hub) => {
      const code = await hub.accounts.ensureSetupCode();
      expect(code).toMatch(/^[a-z2-9]{6}(-[a-z2-9]{6}){3}$/);
      expect(await hub.accounts.ensureSetupCode()).toBe(code);
      expect(await Promise.all(Array.from({ length: 5 }, () => ensureSetupCode(hub.db, testKey, null)))).toEqual(Array.from({ length: 5 }, () => code));
      const state = JSON.stringify(await hub.db.selectFrom("hub_state").selectAll().execute());
      expect(state).not.toContain(code);
      expect(state).not.toContain(code?.replaceAll("-", ""));

      expect((await hub.call("POST", "/api/auth/register", { body: { ...ada, setup_code: code } })).status).toBe(201);
      expect(await hub.accounts.ensureSetupCode()).toBeNull();
    });
  });

  test("is another for another database and for another key", async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const codes = await Promise.all([
      ensureSetupCode(first.db, testKey, null),
      ensureSetupCode(first.db, hubKey(Buffer.alloc(32, 8)), null),
      ensureSetupCode(second.db, testKey, null),
    ]);
    await Promise.all([first.close(), second.close()]);
    expect(new Set(codes).size).toBe(3);
  });

  test("is the one of the settings where there is one", async () => {
    await withHub({ setupCode: "given by hand" }, async (hub) => {
      expect(await hub.accounts.ensureSetupCode()).toBe("given by hand");
      expect((await hub.call("POST", "/api/auth/register", { body: { ...ada, setup_code: " given by hand\n" } })).body).toMatchObject({ role: "Admin" });
    });
  });
});

describe("the first account", () => {
  test("becomes Admin with the set-up code, and the act is in the audit log", async () => {
    await withHub({ setupCode: "12345678" }, async (hub) => {
      expect((await hub.call("GET", "/api/setup")).body).toEqual({ setup_needed: true, registration: "invitation", version: "0.0.0-test" });
      const answer = await hub.call("POST", "/api/auth/register", { body: { ...ada, setup_code: "12345678" } });
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({ id: 1, username: "ada", email: "ada@example.org", role: "Admin", created_at: expect.any(String) });
      expect(answer.text).not.toContain("argon2");
      expect((await hub.call("GET", "/api/setup")).body).toMatchObject({ setup_needed: false });
      expect(await hub.audit()).toMatchObject([
        { action: "user.created", actor_kind: "anonymous", subject_kind: "user", subject_id: "1", outcome: "done", detail: { role: "Admin", username: "ada" } },
      ]);
    });
  });

  test.each([
    ["no code", {}],
    ["a wrong code", { setup_code: "12345679" }],
    ["an empty code", { setup_code: "" }],
    ["the beginning of the code", { setup_code: "1234567" }],
  ])("is refused with %s", async (_what, extra) => {
    await withHub({ setupCode: "12345678" }, async (hub) => {
      const answer = await hub.call("POST", "/api/auth/register", { body: { ...ada, ...extra } });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: "setup_code_wrong" });
      expect(await hub.db.selectFrom("users").selectAll().execute()).toEqual([]);
      await hub.refusals.flush();
      expect(await hub.audit()).toMatchObject([{ action: "registration.refused", outcome: "refused", detail: { reason: "setup_code_wrong", count: 1 } }]);
    });
  });

  test("is one, however many ask at the same moment", async () => {
    const database = await createTestDatabase();
    const options = { database, setupCode: "12345678" };
    const hubs = await Promise.all([startTestHub(options), startTestHub(options)]);
    const [one, other] = hubs;
    const registering = await database.db.transaction().execute(async (trx) => {
      // Everybody can read that there is no account yet, and nobody can write one, until all have read it.
      await sql`lock table users in share mode`.execute(trx);
      const all = Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? one : other).call("POST", "/api/auth/register", {
          body: { username: `user${index}`, email: `user${index}@example.org`, password, setup_code: "12345678" },
          address: `192.0.2.${index}`,
        }),
      );
      await vi.waitFor(
        async () => {
          const waiting = await sql<{
            count: number;
          }>`select count(*)::int as count from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`.execute(
            trx,
          );
          expect(waiting.rows[0]?.count).toBe(8);
        },
        { timeout: 10_000, interval: 20 },
      );
      return all;
    });
    const answers = await Promise.all(registering);
    const users = await database.db.selectFrom("users").select("role").execute();
    await Promise.all(hubs.map((hub) => hub.close()));
    await database.close();
    expect(users).toEqual([{ role: "Admin" }]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 403)]);
  });

  test("cannot be guessed for long from one address", async () => {
    await withHub({ setupCode: "12345678" }, async (hub) => {
      const guess = (address: string) => hub.call("POST", "/api/auth/register", { body: { ...ada, setup_code: "wrong" }, address });
      for (let count = 0; count < 10; count++) expect((await guess("2001:db8:1:2::1")).status).toBe(403);
      const refused = await guess("2001:db8:1:2:ffff::9");
      expect(refused.status).toBe(429);
      expect(Number(refused.headers["retry-after"])).toBeGreaterThanOrEqual(1);
      expect((await guess("2001:db8:1:3::1")).status).toBe(403);
    });
  });
});

describe("registration after the first account", () => {
  async function second(hub: TestHub, extra: Record<string, unknown> = {}) {
    await hub.signUp("ada", "Admin");
    return hub.call("POST", "/api/auth/register", { body: { username: "bob", email: "bob@example.org", password, ...extra } });
  }

  test("is refused when it is by invitation, also with the old set-up code, and says so", async () => {
    await withHub({ setupCode: "12345678" }, async (hub) => {
      const answer = await second(hub, { setup_code: "12345678" });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: "registration_closed", detail: expect.stringContaining("invitation") });
    });
  });

  test("is refused when it is closed", async () => {
    await withHub({ registration: "closed" }, async (hub) => {
      expect((await second(hub)).body).toMatchObject({ status: 403, code: "registration_closed" });
    });
  });

  test("gives the role Viewer when it is open, whatever the body asks for", async () => {
    await withHub({ registration: "open", setupCode: "12345678" }, async (hub) => {
      const answer = await second(hub, { role: "Admin", id: 1, user_id: 1, is_admin: true, setup_code: "12345678" });
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ id: 2, username: "bob", role: "Viewer" });
    });
  });

  test.each([
    ["the same name in other letters", { username: "ADA" }, "username"],
    ["the same address in other letters", { email: "Ada@Example.org" }, "email"],
  ])("is refused for %s", async (_what, extra, field) => {
    await withHub({ registration: "open" }, async (hub) => {
      const answer = await second(hub, extra);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: "conflict", errors: [{ field }] });
    });
  });
});

test.each([
  ["no body", undefined],
  ["text that is no JSON", "{"],
  ["a list", []],
  ["no name", { ...ada, username: undefined }],
  ["a name with a space", { ...ada, username: "ada b" }],
  ["a name that could be an address", { ...ada, username: "ada@example.org" }],
  ["an address without a host", { ...ada, email: "ada" }],
  ["a short password", { ...ada, password: "eleven char" }],
  ["a password that is a number", { ...ada, password: 123_456_789_012 }],
])("registering with %s is a bad request", async (_what, body) => {
  const answer = await bystander.call("POST", "/api/auth/register", body === undefined ? {} : { body });
  expect(answer.status).toBe(400);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
});

test("registering with a password that many use is refused with what to do, and makes no account", async () => {
  await withHub({ registration: "open", setupCode: "12345678" }, async (hub) => {
    const body = { ...ada, password: "Football2024", setup_code: "12345678" };
    const answer = await hub.call("POST", "/api/auth/register", { body });
    expect(answer.body).toMatchObject({
      status: 400,
      code: "field_invalid",
      errors: [{ field: "password", problem: "is one that many people use, or is made of such", fix: expect.stringContaining("Choose another") }],
    });
    expect(JSON.stringify(answer.body)).not.toContain("Football2024");
    expect(await hub.audit()).toEqual([]);
  });
});

describe("the operator", () => {
  const operator = { kind: "operator", id: "root" } as const;

  test("makes an Admin, after which the set-up code is void", async () => {
    await withHub({ setupCode: "12345678" }, async (hub) => {
      expect(await hub.accounts.createAdmin(ada, operator)).toMatchObject({ username: "ada", role: "Admin" });
      expect(await hub.accounts.ensureSetupCode()).toBeNull();
      expect(
        (await hub.call("POST", "/api/auth/register", { body: { ...ada, username: "eve", email: "eve@example.org", setup_code: "12345678" } })).status,
      ).toBe(403);
      expect(await hub.audit()).toMatchObject([{ action: "user.created", actor_kind: "operator", actor_id: "root", detail: { role: "Admin" } }]);
    });
  });

  test("is told which field is wrong or taken", async () => {
    await withHub({}, async (hub) => {
      await expect(hub.accounts.createAdmin({ ...ada, password: "short" }, operator)).rejects.toMatchObject({
        code: "field_invalid",
        errors: [{ field: "password" }],
      });
      await hub.accounts.createAdmin(ada, operator);
      await expect(hub.accounts.createAdmin(ada, operator)).rejects.toMatchObject({ code: "conflict", errors: [{ field: "username" }] });
    });
  });

  test("resets a password, which ends every session of the account and none of others", async () => {
    await withHub({}, async (hub) => {
      const bob = await hub.signUp("bob");
      const eve = await hub.signUp("eve");
      expect((await hub.call("GET", "/api/auth/me", { bearer: bob.accessToken })).status).toBe(200);
      expect(await hub.accounts.resetPassword("BOB", "another long password", operator)).toEqual({ sessionsEnded: 1 });
      expect((await hub.call("GET", "/api/auth/me", { bearer: bob.accessToken })).body).toMatchObject({ status: 401, code: "session_ended" });
      expect((await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: bob.refreshToken } })).status).toBe(401);
      expect((await hub.call("POST", "/api/auth/login", { body: { username: "bob", password } })).status).toBe(401);
      expect((await hub.call("POST", "/api/auth/login", { body: { username: "bob", password: "another long password" } })).status).toBe(200);
      expect((await hub.call("GET", "/api/auth/me", { bearer: eve.accessToken })).status).toBe(200);
      expect(await hub.audit()).toContainEqual(
        expect.objectContaining({
          action: "user.password_reset",
          actor_kind: "operator",
          actor_id: "root",
          subject_id: String(bob.id),
          detail: { sessions_ended: 1 },
        }),
      );
    });
  });

  test("is told when there is no such user or the password is too short", async () => {
    await withHub({}, async (hub) => {
      await hub.accounts.createAdmin(ada, operator);
      await expect(hub.accounts.resetPassword("nobody", "another long password", operator)).rejects.toMatchObject({ code: "not_found" });
      await expect(hub.accounts.resetPassword("ada", "short", operator)).rejects.toMatchObject({ code: "field_invalid", errors: [{ field: "password" }] });
    });
  });
});

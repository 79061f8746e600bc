import { PasswordResetLink } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import type { Subject } from "../../database/index.ts";
import { addTotp } from "../second-factors/fixture.ts";
import { password, startTestHub, type TestAnswer, type TestHub } from "../fixture.ts";

const newPassword = "another long password";

let database: TestDatabase;
let hub: TestHub;
let other: TestHub;
let admin: Awaited<ReturnType<TestHub["signUp"]>>;
let bob: Awaited<ReturnType<TestHub["signUp"]>>;
let heard: (Subject | "all")[] = [];
let addresses = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  [hub, other] = await Promise.all([startTestHub({ database, publicUrl: "https://hub.example.org" }), startTestHub({ database })]);
  other.revocations.onRevoked((subject) => heard.push(subject));
});
afterAll(async () => {
  await Promise.all([hub.close(), other.close()]);
  await database.close();
});
beforeEach(async () => {
  admin = await hub.signUp("ada", "Admin");
  bob = await hub.signUp("bob", "Viewer");
  heard = [];
});
afterEach(async () => {
  await sql`truncate users, sessions, refresh_tokens, invitations, password_resets, audit_entries cascade`.execute(database.db);
});

async function link(): Promise<string> {
  const answer = await hub.call("POST", `/api/auth/users/${bob.id}/password-reset`, { bearer: admin.accessToken });
  expect(answer.status).toBe(201);
  return PasswordResetLink.parse(answer.body).url;
}

async function token(): Promise<string> {
  return (await link()).split("#")[1] ?? "";
}

function reset(of: string, to: unknown = newPassword, on = hub): Promise<TestAnswer> {
  return on.call("POST", "/api/auth/password/reset", { body: { token: of, password: to }, address: `2001:db8:${(++addresses).toString(16)}::1` });
}

async function opens(with_: string): Promise<boolean> {
  return (await hub.call("POST", "/api/auth/login", { body: { username: "bob", password: with_ } })).status === 200;
}

describe("a link to set a password", () => {
  test("is shown once, with the token behind the #, and only a hash is kept", async () => {
    const url = await link();
    expect(url).toMatch(/^https:\/\/hub\.example\.org\/reset#srst_[0-9A-Za-z]{43}$/);
    const stored = JSON.stringify([await database.db.selectFrom("password_resets").selectAll().execute(), await hub.audit()]);
    expect(stored).not.toContain(url.split("#")[1]);
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({ action: "password_reset.created", actor_id: String(admin.id), subject_kind: "user", subject_id: String(bob.id) }),
    );
  });

  test("tells whose password it sets, and lives a day", async () => {
    const answer = await hub.call("POST", "/api/auth/password/reset/check", { body: { token: await token() } });
    expect(answer.body).toEqual({ username: "bob", expires_at: expect.any(String) });
    const row = await database.db.selectFrom("password_resets").select(["created_at", "expires_at"]).executeTakeFirstOrThrow();
    expect(row.expires_at.getTime() - row.created_at.getTime()).toBe(86_400_000);
  });

  test("sets the password and ends all sessions, on both hubs", async () => {
    const of = await token();
    expect((await other.call("GET", "/api/auth/me", { bearer: bob.accessToken })).status).toBe(200);
    expect((await reset(of)).status).toBe(204);
    expect([await opens(password), await opens(newPassword)]).toEqual([false, true]);
    expect((await hub.call("GET", "/api/auth/me", { bearer: bob.accessToken })).status).toBe(401);
    await vi.waitFor(() => expect(heard).toContain(`user:${bob.id}`));
    expect((await other.call("GET", "/api/auth/me", { bearer: bob.accessToken })).status).toBe(401);
    expect((await hub.call("GET", "/api/auth/me", { bearer: admin.accessToken })).status).toBe(200);
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({
        action: "user.password_reset",
        actor_kind: "anonymous",
        subject_id: String(bob.id),
        detail: expect.objectContaining({ by: "link", sessions_ended: 1 }),
      }),
    );
  });

  test("counts once, however many use it at the same moment", async () => {
    const of = await token();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => reset(of, `a long password ${index}`, index % 2 === 0 ? hub : other)));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([204, 403, 403, 403, 403, 403]);
    const winner = answers.findIndex((answer) => answer.status === 204);
    expect(await opens(`a long password ${winner}`)).toBe(true);
  });

  const over: readonly (readonly [string, string, () => Promise<string>])[] = [
    ["nothing of its form", "reset_unknown", async () => "anything"],
    ["one that was never made", "reset_unknown", async () => `srst_${"a".repeat(43)}`],
    ["an invitation's form", "reset_unknown", async () => (await token()).replace("srst_", "sinv_")],
    [
      "a used one",
      "reset_used",
      async () => {
        const of = await token();
        await reset(of);
        return of;
      },
    ],
    [
      "an expired one",
      "reset_expired",
      async () => {
        const of = await token();
        await sql`update password_resets set expires_at = now()`.execute(database.db);
        return of;
      },
    ],
    [
      "one that a newer took the place of",
      "reset_voided",
      async () => {
        const of = await token();
        await token();
        return of;
      },
    ],
    [
      "one after the user changed the password themselves",
      "reset_voided",
      async () => {
        const of = await token();
        await hub.call("POST", "/api/auth/password", {
          body: { current_password: password, new_password: "a third long password" },
          bearer: bob.accessToken,
        });
        return of;
      },
    ],
    [
      "one after the operator set the password",
      "reset_voided",
      async () => {
        const of = await token();
        await hub.accounts.resetPassword("bob", "a third long password", { kind: "operator", id: "root" });
        return of;
      },
    ],
    [
      "one of an account that was deactivated",
      "reset_voided",
      async () => {
        const of = await token();
        await hub.call("POST", `/api/auth/users/${bob.id}/deactivate`, { bearer: admin.accessToken });
        return of;
      },
    ],
  ];
  test.each(over)("is refused: %s, %s", async (_what, code, make) => {
    const of = await make();
    const before = await database.db.selectFrom("users").select("password_hash").where("id", "=", bob.id).executeTakeFirst();
    expect((await hub.call("POST", "/api/auth/password/reset/check", { body: { token: of } })).body).toMatchObject({ status: 403, code });
    const refused = await reset(of, "a fourth long password");
    expect(refused.body).toMatchObject({ status: 403, code });
    expect(refused.text).not.toContain(of);
    expect(await database.db.selectFrom("users").select("password_hash").where("id", "=", bob.id).executeTakeFirst()).toEqual(before);
  });

  test("is not made for an account that is deactivated", async () => {
    await hub.call("POST", `/api/auth/users/${bob.id}/deactivate`, { bearer: admin.accessToken });
    const answer = await hub.call("POST", `/api/auth/users/${bob.id}/password-reset`, { bearer: admin.accessToken });
    expect(answer.body).toMatchObject({ status: 409, code: "already_over" });
  });

  test("leaves the second factors as they are: the new password alone opens nothing", async () => {
    await addTotp(hub, { id: bob.id, name: "bob", accessToken: bob.accessToken }, Date.now());
    expect((await reset(await token())).status).toBe(204);
    expect((await hub.call("POST", "/api/auth/login", { body: { username: "bob", password: newPassword } })).body).toMatchObject({
      status: 401,
      code: "second_factor_required",
    });
  });

  test("is not spent on a password that many use", async () => {
    const of = await token();
    expect((await reset(of, "Password1234")).body).toMatchObject({
      status: 400,
      errors: [{ field: "password", problem: expect.stringContaining("many people use") }],
    });
    expect((await reset(of, newPassword)).status).toBe(204);
  });

  test("is not spent on a password that is too short", async () => {
    const of = await token();
    expect((await reset(of, "short")).body).toMatchObject({ status: 400, errors: [{ field: "password" }] });
    expect((await reset(of)).status).toBe(204);
  });

  test("sets nothing of another account, whatever the body says", async () => {
    const of = await token();
    const answer = await hub.call("POST", "/api/auth/password/reset", {
      body: { token: of, password: newPassword, user_id: admin.id, username: "ada", role: "Admin" },
    });
    expect(answer.status).toBe(204);
    expect(await opens(newPassword)).toBe(true);
    expect((await hub.call("GET", "/api/auth/me", { bearer: admin.accessToken })).body).toMatchObject({ role: "Admin" });
    expect(await database.db.selectFrom("users").select("role").where("id", "=", bob.id).executeTakeFirst()).toEqual({ role: "Viewer" });
  });

  test("cannot be guessed for long from one address", async () => {
    const guess = () =>
      hub.call("POST", "/api/auth/password/reset", { body: { token: `srst_${"a".repeat(43)}`, password: newPassword }, address: "198.51.100.9" });
    const answers = await Promise.all(Array.from({ length: 21 }, guess));
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(1);
  });
});

import { CreatedInvitation, PasswordResetLink, Person } from "@sentinal/contract";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sql } from "kysely";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import type { Subject } from "../../database/index.ts";
import { addPasskey, addTotp } from "../second-factors/fixture.ts";
import { password, startTestHub, type TestAnswer, type TestHub } from "../fixture.ts";

let database: TestDatabase;
let hub: TestHub;
let other: TestHub;
let admin: Awaited<ReturnType<TestHub["signUp"]>>;
let bob: Awaited<ReturnType<TestHub["signUp"]>>;
/** What the sockets of the other hub hear. */
let heard: (Subject | "all")[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  [hub, other] = await Promise.all([startTestHub({ database }), startTestHub({ database })]);
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

function act(id: number | string, what: string, bearer: string | null = admin.accessToken, on = hub): Promise<TestAnswer> {
  return on.call("POST", `/api/auth/users/${id}/${what}`, bearer === null ? {} : { bearer });
}

function changeRole(id: number | string, role: unknown, bearer: string | null = admin.accessToken, on = hub): Promise<TestAnswer> {
  return on.call("PUT", `/api/auth/users/${id}/role`, { body: { role }, ...(bearer !== null && { bearer }) });
}

async function people(): Promise<Person[]> {
  const answer = await hub.call("GET", "/api/auth/users", { bearer: admin.accessToken });
  return Person.array().parse(typeof answer.body === "object" && answer.body !== null && "items" in answer.body ? answer.body.items : null);
}

async function me(bearer: string, on = hub): Promise<number> {
  return (await on.call("GET", "/api/auth/me", { bearer })).status;
}

describe("the list of people", () => {
  test("shows each account, its role, when it was last seen and how many sessions run", async () => {
    await hub.call("POST", "/api/auth/login", { body: { username: "bob", password } });
    expect(await people()).toEqual([
      {
        id: admin.id,
        username: "ada",
        email: "ada@example.org",
        role: "Admin",
        created_at: expect.any(String),
        deactivated_at: null,
        last_seen_at: expect.any(String),
        sessions: 1,
        second_factors: { totp: false, passkeys: 0 },
      },
      expect.objectContaining({ id: bob.id, username: "bob", role: "Viewer", sessions: 2 }),
    ]);
  });

  test("tells which second factors an account has, and an app only once it is confirmed", async () => {
    await hub.call("POST", "/api/auth/second-factors/totp", { bearer: admin.accessToken });
    const account = { id: bob.id, name: "bob", accessToken: bob.accessToken };
    await addTotp(hub, account, Date.now());
    await addPasskey(hub, account);
    await addPasskey(hub, account);
    expect(await people()).toMatchObject([
      { id: admin.id, second_factors: { totp: false, passkeys: 0 } },
      { id: bob.id, second_factors: { totp: true, passkeys: 2 } },
    ]);
    const removed = await act(bob.id, "reset-second-factors");
    expect(removed.status).toBe(200);
    expect(await people()).toMatchObject([{}, { id: bob.id, second_factors: { totp: false, passkeys: 0 } }]);
  });

  test("comes in pages", async () => {
    const first = await hub.call("GET", "/api/auth/users?limit=1", { bearer: admin.accessToken });
    expect(first.body).toMatchObject({ items: [{ id: admin.id }], next_cursor: expect.any(String) });
    const cursor = typeof first.body === "object" && first.body !== null && "next_cursor" in first.body ? String(first.body.next_cursor) : "";
    expect((await hub.call("GET", `/api/auth/users?limit=1&cursor=${cursor}`, { bearer: admin.accessToken })).body).toMatchObject({
      items: [{ id: bob.id }],
      next_cursor: null,
    });
    expect((await hub.call("GET", "/api/auth/users?cursor=x", { bearer: admin.accessToken })).body).toMatchObject({ errors: [{ field: "cursor" }] });
  });
});

describe("a role", () => {
  test("that is changed counts at the next request here and, when it is heard, on the other hub", async () => {
    const readsUsers = async (on: TestHub) => (await on.call("GET", "/api/auth/users", { bearer: bob.accessToken })).status;
    expect([await readsUsers(hub), await readsUsers(other)]).toEqual([403, 403]);
    expect((await changeRole(bob.id, "Admin")).body).toMatchObject({ id: bob.id, role: "Admin" });
    expect(await readsUsers(hub)).toBe(200);
    await vi.waitFor(() => expect(heard).toContain(`user:${bob.id}`));
    expect(await readsUsers(other)).toBe(200);
    expect((await changeRole(bob.id, "Viewer")).status).toBe(200);
    expect(await readsUsers(hub)).toBe(403);
    expect((await hub.audit()).filter((entry) => entry.action === "user.role_changed")).toMatchObject([
      { actor_id: String(admin.id), subject_kind: "user", subject_id: String(bob.id), detail: { role: "Admin", before: "Viewer" } },
      { detail: { role: "Viewer", before: "Admin" } },
    ]);
  });

  test("that stays what it is changes and tells nothing", async () => {
    const before = (await hub.audit()).length;
    expect((await changeRole(bob.id, "Viewer")).status).toBe(200);
    expect(await hub.audit()).toHaveLength(before);
    expect(heard).toEqual([]);
  });

  test("of the last active Admin stays, whoever asks", async () => {
    expect((await changeRole(admin.id, "Member")).body).toMatchObject({ status: 409, code: "last_admin" });
    await changeRole(bob.id, "Admin");
    await act(bob.id, "deactivate");
    expect((await changeRole(admin.id, "Member")).body).toMatchObject({ code: "last_admin" });
    await act(bob.id, "reactivate");
    expect((await changeRole(admin.id, "Member")).status).toBe(200);
  });

  test("two Admins who demote or deactivate each other at once leave one of them", async () => {
    for (const [mine, theirs] of [
      ["role", "role"],
      ["role", "deactivate"],
      ["deactivate", "deactivate"],
    ] as const) {
      await sql`update users set role = 'Admin', disabled_at = null`.execute(database.db);
      for (const hears of [hub, other]) for (const { id } of [admin, bob]) hears.revocations.apply(`user:${id}`);
      const again = await Promise.all(
        ["ada", "bob"].map(async (username) => {
          const answer = await hub.call("POST", "/api/auth/login", { body: { username, password } });
          return typeof answer.body === "object" && answer.body !== null && "access_token" in answer.body ? String(answer.body.access_token) : "";
        }),
      );
      const by = (what: "role" | "deactivate", id: number, bearer: string | undefined, on: TestHub) =>
        what === "role" ? changeRole(id, "Viewer", bearer ?? "", on) : act(id, what, bearer ?? "", on);
      await Promise.all([by(mine, bob.id, again[0], hub), by(theirs, admin.id, again[1], other)]);
      const left = await database.db.selectFrom("users").select("id").where("role", "=", "Admin").where("disabled_at", "is", null).execute();
      expect(left).toHaveLength(1);
    }
  });

  test("taken from an Admin takes back the links they gave out", async () => {
    await changeRole(bob.id, "Admin");
    const invitation = CreatedInvitation.parse((await hub.call("POST", "/api/auth/invitations", { body: { role: "Admin" }, bearer: bob.accessToken })).body);
    const reset = PasswordResetLink.parse((await act(admin.id, "password-reset", bob.accessToken)).body);
    await changeRole(bob.id, "Member");
    const token = (url: string) => url.split("#")[1] ?? "";
    expect((await hub.call("POST", "/api/auth/invitations/check", { body: { invitation: token(invitation.url) } })).body).toMatchObject({
      code: "invitation_revoked",
    });
    expect((await hub.call("POST", "/api/auth/password/reset/check", { body: { token: token(reset.url) } })).body).toMatchObject({ code: "reset_voided" });
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({
        action: "user.role_changed",
        detail: expect.objectContaining({ role: "Member", invitations_revoked: [String(invitation.id)], reset_links_voided: [expect.any(String)] }),
      }),
    );
  });
});

describe("a deactivated account", () => {
  test("has no session and opens none, on both hubs, until it is reactivated", async () => {
    expect([await me(bob.accessToken), await me(bob.accessToken, other)]).toEqual([200, 200]);
    expect((await act(bob.id, "deactivate")).body).toMatchObject({ id: bob.id, deactivated_at: expect.any(String), sessions: 0 });
    expect(await me(bob.accessToken)).toBe(401);
    await vi.waitFor(() => expect(heard).toContain(`user:${bob.id}`));
    expect(await me(bob.accessToken, other)).toBe(401);
    const login = () => hub.call("POST", "/api/auth/login", { body: { username: "bob", password } });
    expect((await login()).body).toMatchObject({ code: "credentials_wrong" });
    expect((await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: bob.refreshToken } })).status).toBe(401);

    expect((await act(bob.id, "reactivate")).body).toMatchObject({ deactivated_at: null });
    expect((await login()).status).toBe(200);
    expect(await me(bob.accessToken)).toBe(401);
    expect((await hub.audit()).map((entry) => entry.action)).toEqual(expect.arrayContaining(["user.deactivated", "user.reactivated"]));
  });

  test("cannot slip in with a sign-in that is under way", async () => {
    for (let round = 0; round < 5; round++) {
      await act(bob.id, "reactivate");
      const [, answer] = await Promise.all([
        act(bob.id, "deactivate"),
        other.call("POST", "/api/auth/login", { body: { username: "bob", password }, address: `198.51.100.${round}` }),
      ]);
      const token = typeof answer.body === "object" && answer.body !== null && "access_token" in answer.body ? String(answer.body.access_token) : "";
      const running = await database.db.selectFrom("sessions").select("family").where("user_id", "=", bob.id).where("revoked_at", "is", null).execute();
      expect([running, await me(token, hub)]).toEqual([[], 401]);
    }
  });

  test("is never the last active Admin", async () => {
    expect((await act(admin.id, "deactivate")).body).toMatchObject({ status: 409, code: "last_admin" });
    expect(await me(admin.accessToken)).toBe(200);
  });
});

describe("ending all sessions of somebody", () => {
  test("leaves none of theirs and all of others, and tells how many", async () => {
    await hub.call("POST", "/api/auth/login", { body: { username: "bob", password } });
    expect((await act(bob.id, "end-sessions")).body).toEqual({ sessions_ended: 2 });
    expect([await me(bob.accessToken), await me(admin.accessToken)]).toEqual([401, 200]);
    await vi.waitFor(() => expect(heard).toEqual([`user:${bob.id}`]));
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({ action: "user.sessions_ended", subject_id: String(bob.id), detail: expect.objectContaining({ sessions_ended: 2 }) }),
    );
  });
});

const adminsAct = [
  ["PUT", "role", { role: "Member" }],
  ["POST", "deactivate", undefined],
  ["POST", "reactivate", undefined],
  ["POST", "end-sessions", undefined],
  ["POST", "password-reset", undefined],
] as const;

describe("what only an Admin may", () => {
  test.each(adminsAct)("%s …/%s is refused to others, to who signed in long ago, and for who is not there", async (method, what, body) => {
    const call = (id: number | string, bearer?: string) =>
      hub.call(method, `/api/auth/users/${id}/${what}`, { ...(body !== undefined && { body }), ...(bearer !== undefined && { bearer }) });
    const before = await people();
    expect((await call(bob.id)).status).toBe(401);
    expect((await call(admin.id, bob.accessToken)).body).toMatchObject({ status: 403, code: "role_missing" });
    expect((await call(999_999, admin.accessToken)).status).toBe(404);
    expect((await call("x", admin.accessToken)).body).toMatchObject({ status: 400, errors: [{ field: "id" }] });
    await hub.letProofsAge();
    expect((await call(bob.id, admin.accessToken)).body).toMatchObject({ status: 403, code: "reauthentication_required" });
    expect(await people()).toEqual(before);
  });

  test("reading the list", async () => {
    expect((await hub.call("GET", "/api/auth/users")).status).toBe(401);
    expect((await hub.call("GET", "/api/auth/users", { bearer: bob.accessToken })).body).toMatchObject({ code: "role_missing" });
    await hub.letProofsAge();
    expect((await hub.call("GET", "/api/auth/users", { bearer: admin.accessToken })).status).toBe(200);
  });

  test.each(["Owner", "", null, 3])("a role %j is none", async (role) => {
    expect((await changeRole(bob.id, role)).body).toMatchObject({ status: 400, errors: [{ field: "role" }] });
  });
});

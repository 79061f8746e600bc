import { CreatedInvitation, type InvitationState } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../test/database.ts";
import { password, startTestHub, type TestAnswer, type TestHub } from "../fixture.ts";

let database: TestDatabase;
let hub: TestHub;
let other: TestHub;
let admin: { id: number; accessToken: string };
let member: { id: number; accessToken: string };
let names = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  [hub, other] = await Promise.all([startTestHub({ database, publicUrl: "https://hub.example.org" }), startTestHub({ database })]);
  admin = await hub.signUp("ada", "Admin");
  member = await hub.signUp("max", "Member");
});
afterAll(async () => {
  await Promise.all([hub.close(), other.close()]);
  await database.close();
});

function invite(body: unknown = { role: "Member" }, bearer: string | null = admin.accessToken): Promise<TestAnswer> {
  return hub.call("POST", "/api/auth/invitations", { body, ...(bearer !== null && { bearer }) });
}

async function invited(body: unknown = { role: "Member" }): Promise<CreatedInvitation & { token: string }> {
  const answer = await invite(body);
  expect(answer.status).toBe(201);
  const made = CreatedInvitation.parse(answer.body);
  return { ...made, token: made.url.split("#")[1] ?? "" };
}

function register(invitation: string, extra: Record<string, unknown> = {}, on = hub): Promise<TestAnswer> {
  const name = `guest${++names}`;
  return on.call("POST", "/api/auth/register", {
    body: { username: name, email: `${name}@example.org`, password, invitation, ...extra },
    address: `2001:db8:${names.toString(16)}::1`,
  });
}

function check(invitation: string): Promise<TestAnswer> {
  return hub.call("POST", "/api/auth/invitations/check", { body: { invitation } });
}

async function stateOf(id: number): Promise<InvitationState | undefined> {
  const list = await hub.call("GET", "/api/auth/invitations?limit=200", { bearer: admin.accessToken });
  return CreatedInvitation.omit({ url: true })
    .array()
    .parse(typeof list.body === "object" && list.body !== null && "items" in list.body ? list.body.items : [])
    .find((one) => one.id === id)?.state;
}

describe("an invitation", () => {
  test("answers its link once, with the token behind the #, and keeps only a hash", async () => {
    const made = await invited({ role: "Member", email: "bea@example.org", expires_in_days: 3 });
    expect(made.url).toMatch(/^https:\/\/hub\.example\.org\/invite#sinv_[0-9A-Za-z]{43}$/);
    expect(made).toMatchObject({ role: "Member", email: "bea@example.org", created_by: "ada", state: "open", used_at: null, used_by: null, revoked_at: null });
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(3 * 86_400_000);
    const list = await hub.call("GET", "/api/auth/invitations", { bearer: admin.accessToken });
    const stored = await database.db.selectFrom("invitations").selectAll().execute();
    expect(list.text).not.toContain(made.token);
    expect(JSON.stringify([stored, await hub.audit()])).not.toContain(made.token);
    expect(JSON.stringify(await hub.audit())).not.toContain("bea@example.org");
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({
        action: "invitation.created",
        actor_id: String(admin.id),
        subject_kind: "invitation",
        subject_id: String(made.id),
        detail: expect.objectContaining({ role: "Member", expires_in_days: 3 }),
      }),
    );
  });

  test("lives a week when nobody says otherwise", async () => {
    const made = await invited();
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(7 * 86_400_000);
  });

  test("gives its role, whatever else the body asks for, and is then used", async () => {
    const made = await invited({ role: "Member" });
    const answer = await register(made.token, { role: "Admin", id: 1, user_id: 1, is_admin: true });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ role: "Member" });
    expect(answer.body).not.toMatchObject({ id: 1 });
    expect(await stateOf(made.id)).toBe("used");
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({ action: "user.created", detail: expect.objectContaining({ by: "invitation", role: "Member", invitation_id: made.id }) }),
    );
  });

  test("makes an account in a hub that is open to all, with its role", async () => {
    const open = await startTestHub({ database, registration: "open" });
    const made = await invited({ role: "Admin" });
    expect((await register(made.token, {}, open)).body).toMatchObject({ role: "Admin" });
    expect((await register("sinv_wrong", {}, open)).body).toMatchObject({ code: "invitation_unknown" });
    await open.close();
  });

  test("is of no use where registration is closed, and none is made there", async () => {
    const closed = await startTestHub({ database, registration: "closed" });
    const made = await invited();
    expect((await register(made.token, {}, closed)).body).toMatchObject({ status: 403, code: "registration_closed" });
    const refused = await closed.call("POST", "/api/auth/invitations", { body: { role: "Viewer" }, bearer: admin.accessToken });
    expect(refused.body).toMatchObject({ status: 403, code: "registration_closed", detail: expect.stringContaining("SENTINAL_REGISTRATION") });
    expect((await closed.call("POST", "/api/auth/invitations/check", { body: { invitation: made.token } })).body).toMatchObject({
      code: "registration_closed",
    });
    await closed.close();
  });

  test("makes one account, however many ask at the same moment on two hubs", async () => {
    const made = await invited();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => register(made.token, {}, index % 2 === 0 ? hub : other)));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 403)]);
    expect(answers.filter((answer) => answer.status === 403).map((answer) => answer.body)).toEqual(
      Array.from({ length: 7 }, () => expect.objectContaining({ code: "invitation_used" })),
    );
    const winner = answers.find((answer) => answer.status === 201)?.body;
    const row = await database.db.selectFrom("invitations").select("used_by").where("id", "=", made.id).executeTakeFirstOrThrow();
    expect(winner).toMatchObject({ id: row.used_by });
  });

  test("that races its revocation ends either way, never both", async () => {
    for (let round = 0; round < 10; round++) {
      const made = await invited();
      const [registered, revoked] = await Promise.all([
        register(made.token, {}, other),
        hub.call("POST", `/api/auth/invitations/${made.id}/revoke`, { bearer: admin.accessToken }),
      ]);
      const outcome = registered.status === 201 ? [409, "used"] : [200, "revoked"];
      expect([revoked.status, await stateOf(made.id)]).toEqual(outcome);
    }
  });

  test("can be tried again after a name that was taken", async () => {
    const made = await invited();
    expect((await register(made.token, { username: "ADA" })).body).toMatchObject({ code: "conflict", errors: [{ field: "username" }] });
    expect((await register(made.token)).status).toBe(201);
  });

  test("for an address is for that address, in any capitals", async () => {
    const made = await invited({ role: "Viewer", email: "Cem@Example.org" });
    expect((await register(made.token)).body).toMatchObject({ status: 400, code: "field_invalid", errors: [{ field: "email" }] });
    expect((await register(made.token, { email: "cem@example.ORG" })).status).toBe(201);
  });
});

describe("who holds an invitation", () => {
  test("is told who invites, as what and until when, and uses nothing by asking", async () => {
    const made = await invited({ role: "Member", email: "dan@example.org" });
    for (let count = 0; count < 2; count++) {
      const answer = await check(made.token);
      expect(answer.body).toEqual({ invited_by: "ada", email: "dan@example.org", role: "Member", expires_at: made.expires_at });
    }
    expect(await stateOf(made.id)).toBe("open");
  });

  const over: readonly (readonly [string, string, () => Promise<string>])[] = [
    ["nothing of its form", "invitation_unknown", async () => "anything"],
    ["one that was never made", "invitation_unknown", async () => `sinv_${"a".repeat(43)}`],
    ["one with a character too many", "invitation_unknown", async () => `${(await invited()).token}x`],
    ["the hash of one", "invitation_unknown", async () => (await invited()).token.toLowerCase()],
    [
      "a used one",
      "invitation_used",
      async () => {
        const { token } = await invited();
        await register(token);
        return token;
      },
    ],
    [
      "an expired one",
      "invitation_expired",
      async () => {
        const made = await invited();
        await sql`update invitations set expires_at = now() where id = ${made.id}`.execute(database.db);
        return made.token;
      },
    ],
    [
      "a revoked one",
      "invitation_revoked",
      async () => {
        const made = await invited();
        await hub.call("POST", `/api/auth/invitations/${made.id}/revoke`, { bearer: admin.accessToken });
        return made.token;
      },
    ],
  ];
  test.each(over)("is refused with %s, which says %s", async (_what, code, make) => {
    const token = await make();
    const before = await database.db.selectFrom("users").select("id").execute();
    expect((await check(token)).body).toMatchObject({ status: 403, code });
    const refused = await register(token);
    expect(refused.body).toMatchObject({ status: 403, code });
    expect(refused.text).not.toContain(token);
    expect(await database.db.selectFrom("users").select("id").execute()).toEqual(before);
    await hub.refusals.flush();
    expect(await hub.audit()).toContainEqual(expect.objectContaining({ action: "registration.refused", detail: expect.objectContaining({ reason: code }) }));
  });

  test("cannot ask without end from one address", async () => {
    const answers = await Promise.all(
      Array.from({ length: 61 }, () => hub.call("POST", "/api/auth/invitations/check", { body: { invitation: "x" }, address: "198.51.100.77" })),
    );
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(1);
  });
});

describe("revoking", () => {
  test("ends an invitation; again is no error", async () => {
    const made = await invited();
    for (let count = 0; count < 2; count++) {
      const answer = await hub.call("POST", `/api/auth/invitations/${made.id}/revoke`, { bearer: admin.accessToken });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ id: made.id, state: "revoked", revoked_at: expect.any(String) });
    }
    const entries = (await hub.audit()).filter((entry) => entry.action === "invitation.revoked" && entry.subject_id === String(made.id));
    expect(entries).toHaveLength(1);
  });

  test("what was used says so, and what is not there is not found", async () => {
    const made = await invited();
    await register(made.token);
    expect((await hub.call("POST", `/api/auth/invitations/${made.id}/revoke`, { bearer: admin.accessToken })).body).toMatchObject({ code: "already_over" });
    expect((await hub.call("POST", "/api/auth/invitations/999999/revoke", { bearer: admin.accessToken })).status).toBe(404);
    expect((await hub.call("POST", "/api/auth/invitations/x/revoke", { bearer: admin.accessToken })).status).toBe(400);
  });
});

describe("the list", () => {
  test("comes in pages, the newest first", async () => {
    const made = [await invited(), await invited(), await invited()];
    const first = await hub.call("GET", "/api/auth/invitations?limit=2", { bearer: admin.accessToken });
    expect(first.body).toMatchObject({ items: [{ id: made[2]?.id }, { id: made[1]?.id }], next_cursor: expect.any(String) });
    const cursor = typeof first.body === "object" && first.body !== null && "next_cursor" in first.body ? String(first.body.next_cursor) : "";
    const second = await hub.call("GET", `/api/auth/invitations?limit=2&cursor=${cursor}`, { bearer: admin.accessToken });
    expect(second.body).toMatchObject({ items: [{ id: made[0]?.id }, expect.anything()] });
    expect((await hub.call("GET", "/api/auth/invitations?cursor=x", { bearer: admin.accessToken })).body).toMatchObject({ errors: [{ field: "cursor" }] });
  });
});

describe("only an Admin", () => {
  test.each([
    ["POST", "/api/auth/invitations", { role: "Viewer" }],
    ["GET", "/api/auth/invitations", undefined],
    ["POST", "/api/auth/invitations/1/revoke", undefined],
  ] as const)("may %s %s", async (method, url, body) => {
    const request = body === undefined ? {} : { body };
    expect((await hub.call(method, url, request)).status).toBe(401);
    expect((await hub.call(method, url, { ...request, bearer: member.accessToken })).body).toMatchObject({ status: 403, code: "role_missing" });
  });

  test.each([
    ["no body", undefined, "(body)"],
    ["no role", {}, "role"],
    ["a role that is none", { role: "Owner" }, "role"],
    ["an address that is none", { role: "Viewer", email: "bea" }, "email"],
    ["no days", { role: "Viewer", expires_in_days: 0 }, "expires_in_days"],
    ["too many days", { role: "Viewer", expires_in_days: 91 }, "expires_in_days"],
  ])("is told what is wrong with %s", async (_what, body, field) => {
    const answer = await hub.call("POST", "/api/auth/invitations", { bearer: admin.accessToken, ...(body !== undefined && { body }) });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field, problem: expect.any(String), fix: expect.any(String) }] });
  });

  test("whose last sign-in is some minutes old is asked for it again", async () => {
    const late = await hub.signUp(`late${++names}`, "Admin");
    await hub.letProofsAge();
    expect((await invite({ role: "Viewer" }, late.accessToken)).body).toMatchObject({ status: 403, code: "reauthentication_required" });
    const renewed = await hub.call("POST", "/api/auth/reauthenticate", { body: { password }, bearer: admin.accessToken, address: "2001:db8:ffff::1" });
    expect(renewed.status).toBe(200);
    expect((await invite()).status).toBe(201);
  });
});

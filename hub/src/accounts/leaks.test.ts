import { CreatedInvitation, PasswordResetLink } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestHub, type TestHub } from "./fixture.ts";

let hub: TestHub;
let admin: Awaited<ReturnType<TestHub["signUp"]>>;
let bob: Awaited<ReturnType<TestHub["signUp"]>>;

beforeAll(async () => {
  hub = await startTestHub();
  admin = await hub.signUp("ada", "Admin");
  bob = await hub.signUp("bob");
});
afterAll(() => hub.close());

/** The code that an address with the token is refused with. */
async function leak(token: string): Promise<unknown> {
  const answer = await hub.call("GET", `/api/setup?t=${token}`);
  expect(answer.text).not.toContain(token);
  return answer.body;
}

describe("a token that stood in an address", () => {
  test("of an invitation invites nobody any more", async () => {
    const made = CreatedInvitation.parse((await hub.call("POST", "/api/auth/invitations", { body: { role: "Viewer" }, bearer: admin.accessToken })).body);
    const token = made.url.split("#")[1] ?? "";
    for (let count = 0; count < 2; count++) expect(await leak(token)).toMatchObject({ status: 400, code: "token_in_url" });
    expect((await hub.call("POST", "/api/auth/invitations/check", { body: { invitation: token } })).body).toMatchObject({ code: "invitation_revoked" });
    const entries = (await hub.audit()).filter((entry) => entry.action === "invitation.revoked");
    expect(entries).toMatchObject([{ actor_kind: "hub", subject_id: String(made.id), detail: { reason: "in_url" } }]);
  });

  test("of a link for a password sets none", async () => {
    const made = PasswordResetLink.parse((await hub.call("POST", `/api/auth/users/${bob.id}/password-reset`, { bearer: admin.accessToken })).body);
    const token = made.url.split("#")[1] ?? "";
    for (let count = 0; count < 2; count++) await leak(token);
    expect((await hub.call("POST", "/api/auth/password/reset/check", { body: { token } })).body).toMatchObject({ code: "reset_voided" });
    const entries = (await hub.audit()).filter((entry) => entry.action === "password_reset.voided");
    expect(entries).toMatchObject([{ actor_kind: "hub", subject_id: String(bob.id), detail: { reason: "in_url" } }]);
  });

  test("of a session ends it, also for its access token", async () => {
    expect((await hub.call("GET", "/api/auth/me", { bearer: bob.accessToken })).status).toBe(200);
    for (let count = 0; count < 2; count++) await leak(bob.refreshToken);
    expect((await hub.call("GET", "/api/auth/me", { bearer: bob.accessToken })).status).toBe(401);
    expect((await hub.call("GET", "/api/auth/me", { bearer: admin.accessToken })).status).toBe(200);
    const entries = (await hub.audit()).filter((entry) => entry.action === "session.revoked");
    expect(entries).toMatchObject([{ actor_kind: "hub", subject_kind: "session", detail: { reason: "in_url" } }]);
  });

  test("of nobody is refused as well, and ends nothing", async () => {
    const before = await hub.audit();
    for (const prefix of ["sentr_", "sinv_", "srst_"]) expect(await leak(prefix + "a".repeat(43))).toMatchObject({ code: "token_in_url" });
    expect(await hub.audit()).toEqual(before);
  });
});

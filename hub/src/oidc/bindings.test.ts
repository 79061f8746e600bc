import { TrustBinding, TrustTrial } from "@sentinal/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OidcHub, shopBinding, startOidcHub } from "../../../test/oidc.ts";

let hub: OidcHub;

beforeAll(async () => {
  hub = await startOidcHub();
});
afterAll(async () => {
  await hub.close();
});

const path = "/api/auth/trust-bindings";

async function bind(change: Record<string, unknown> = {}): Promise<TrustBinding> {
  const answer = await hub.call("POST", path, { body: { ...shopBinding, ...change }, bearer: hub.admin });
  expect(answer.status, answer.text).toBe(201);
  return TrustBinding.parse(answer.body);
}

describe("a trust binding", () => {
  test("is made with the usual events and the right to send alone, and audited", async () => {
    const made = await bind();
    expect(made).toMatchObject({
      ...shopBinding,
      events: ["push", "schedule", "workflow_dispatch", "repository_dispatch"],
      scopes: ["webhook:write"],
      environment: null,
      revoked_at: null,
      last_exchange: null,
    });
    expect((await hub.audit()).at(-1)).toMatchObject({
      action: "trust_binding.created",
      actor_kind: "user",
      subject_kind: "trust_binding",
      subject_id: String(made.id),
      detail: { repository_id: 74, workflow: ".github/workflows/ci.yml", refs: ["refs/heads/main"] },
    });
  });

  test.each([
    [{ name: "" }, "name"],
    [{ name: "a\u0007b" }, "name"],
    [{ repository: "shop" }, "repository"],
    [{ repository_id: "74" }, "repository_id"],
    [{ repository_id: 0 }, "repository_id"],
    [{ repository_owner_id: undefined }, "repository_owner_id"],
    [{ workflow: "ci.yml" }, "workflow"],
    [{ workflow: ".github/workflows/*.yml" }, "workflow"],
    [{ refs: [] }, "refs"],
    [{ refs: ["main"] }, "refs.0"],
    [{ refs: ["refs/heads/(main|x)*"] }, "refs.0"],
    [{ events: ["pull_request*"] }, "events.0"],
    [{ events: [] }, "events"],
    [{ scopes: ["admin"] }, "scopes.0"],
    [{ scopes: [] }, "scopes"],
    [{ environment: "" }, "environment"],
  ])("of %j is refused, and the field is named", async (change, field) => {
    const answer = await hub.call("POST", path, { body: { ...shopBinding, ...change }, bearer: hub.admin });
    expect(answer).toMatchObject({ status: 400, body: { code: "field_invalid", errors: [{ field }] } });
  });

  test("is listed and shown with what it was last used for", async () => {
    const older = await bind({ repository_id: 90, repository_owner_id: 65 });
    const newer = await bind({ repository_id: 91 });
    const token = await hub.issuer.idToken({
      repository_id: "90",
      repository: "acme/renamed",
      workflow_ref: "acme/renamed/.github/workflows/ci.yml@refs/heads/main",
      run_id: "12",
    });
    expect((await hub.exchange(token)).status).toBe(200);
    const shown = TrustBinding.parse((await hub.call("GET", `${path}/${older.id}`, { bearer: hub.admin })).body);
    expect(shown.last_exchange).toMatchObject({ repository: "acme/renamed", github_run_id: 12, run_attempt: 2 });
    const first = await hub.call("GET", `${path}?limit=1`, { bearer: hub.admin });
    expect(first.body).toMatchObject({ items: [{ id: newer.id, last_exchange: null }], next_cursor: expect.any(String) });
    const cursor = Object(first.body).next_cursor;
    expect((await hub.call("GET", `${path}?limit=1&cursor=${cursor}`, { bearer: hub.admin })).body).toMatchObject({ items: [{ id: older.id }] });
    expect(await hub.call("GET", `${path}?cursor=x`, { bearer: hub.admin })).toMatchObject({ status: 400, body: { errors: [{ field: "cursor" }] } });
  });

  test("that is revoked admits nobody, kills its tokens at the next request on every hub, and stays in the list", async () => {
    const binding = await bind({ repository_id: 92 });
    const other = await startOidcHub({ database: hub.database, issuer: hub.issuer });
    try {
      const { access_token: token } = Object((await hub.exchange(await hub.issuer.idToken({ repository_id: "92" }))).body);
      // Both know it from memory by now.
      for (const one of [hub, other]) expect((await one.oidc.authenticate(token, { address: "10.0.0.1", requestId: "x" })).kind).toBe("oidc");
      const answer = await hub.call("POST", `${path}/${binding.id}/revoke`, { bearer: hub.admin });
      expect(answer).toMatchObject({ status: 200, body: { id: binding.id, revoked_at: expect.any(String) } });
      expect(await outcomeOf(hub, token)).toBe("token_revoked");
      await expect.poll(async () => outcomeOf(other, token), { timeout: 2_000 }).toBe("token_revoked");
      expect((await hub.exchange(await hub.issuer.idToken({ repository_id: "92" }))).status).toBe(403);
      expect((await hub.audit()).findLast(({ action }) => action === "trust_binding.revoked")).toMatchObject({ subject_id: String(binding.id) });
      const entries = (await hub.audit()).length;
      expect((await hub.call("POST", `${path}/${binding.id}/revoke`, { bearer: hub.admin })).body).toEqual(answer.body);
      expect((await hub.audit()).length).toBe(entries);
    } finally {
      await other.close();
    }
  });

  test("is kept by administrators alone", async () => {
    const member = await hub.signUp("max", "Member");
    const calls = [
      ["POST", path],
      ["GET", path],
      ["GET", `${path}/1`],
      ["POST", `${path}/1/revoke`],
      ["POST", "/api/auth/oidc/try"],
    ] as const;
    for (const [method, url] of calls) {
      expect((await hub.call(method, url)).status).toBe(401);
      expect(await hub.call(method, url, { bearer: member.accessToken })).toMatchObject({ status: 403, body: { code: "role_missing" } });
    }
    await bind();
    const { access_token: token } = Object((await hub.exchange(await hub.issuer.idToken())).body);
    for (const [method, url] of calls) expect(await hub.call(method, url, { bearer: token })).toMatchObject({ status: 403, body: { code: "role_missing" } });
  });

  test("that is not there is not found", async () => {
    expect((await hub.call("GET", `${path}/999999`, { bearer: hub.admin })).status).toBe(404);
    expect((await hub.call("POST", `${path}/999999/revoke`, { bearer: hub.admin })).status).toBe(404);
    expect((await hub.call("GET", `${path}/x`, { bearer: hub.admin })).status).toBe(400);
  });
});

describe("a job's token", () => {
  test("ends after its time, and other texts of its kind are told apart", async () => {
    await bind();
    const { access_token: token } = Object((await hub.exchange(await hub.issuer.idToken())).body);
    await hub.db
      .updateTable("oidc_tokens")
      .set({ expires_at: new Date(Date.now() - 1_000) })
      .execute();
    expect(await outcomeOf(hub, token)).toBe("token_expired");
    expect(await outcomeOf(hub, `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`)).toBe("token_malformed");
    expect(await outcomeOf(hub, token.slice("oidc_".length))).toBe("token_malformed");
    await hub.db.deleteFrom("oidc_tokens").execute();
    expect(await outcomeOf(hub, token)).toBe("token_unknown");
  });

  test("that stood in an address is revoked by the part of it that looks like an API token", async () => {
    await bind();
    const { access_token: token } = Object((await hub.exchange(await hub.issuer.idToken())).body);
    expect(await outcomeOf(hub, token)).toBe("admitted");
    await hub.oidc.revokeLeaked(token.slice("oidc_".length), { address: "10.0.0.1", requestId: "x" });
    expect(await outcomeOf(hub, token)).toBe("token_revoked");
    expect((await hub.audit()).at(-1)).toMatchObject({ action: "oidc_token.revoked", actor_kind: "hub", detail: { reason: "in_url" } });
  });

  test("of a pull request may send alone, and is tied to its commit and ref", async () => {
    await bind({ repository_id: 93, refs: ["refs/pull/*"], events: ["pull_request"], scopes: ["webhook:write", "webhook:read"] });
    const claims = { repository_id: "93", event_name: "pull_request", ref: "refs/pull/7/merge" };
    const { access_token: token } = Object((await hub.exchange(await hub.issuer.idToken(claims))).body);
    expect(await hub.oidc.authenticate(token, { address: "10.0.0.1", requestId: "x" })).toMatchObject({
      scopes: ["webhook:write"],
      only: { commit: "a".repeat(40), ref: "refs/pull/7/merge" },
    });
    expect((await hub.exchange(await hub.issuer.idToken({ ...claims, sha: undefined }))).status).toBe(403);
    expect((await hub.exchange(await hub.issuer.idToken({ ...claims, event_name: "pull_request_target" }))).status).toBe(403);
  });
});

describe("trying a token", () => {
  async function tried(token: string): Promise<TrustTrial> {
    const answer = await hub.call("POST", "/api/auth/oidc/try", { body: { token }, bearer: hub.admin });
    expect(answer.status, answer.text).toBe(200);
    return TrustTrial.parse(answer.body);
  }

  test("uses nothing up, and gives nothing", async () => {
    const { id } = await bind({ repository_id: 94 });
    const token = await hub.issuer.idToken({ repository_id: "94" });
    for (let count = 0; count < 3; count++) {
      const trial = await tried(`\n${token}  `);
      expect(trial).toMatchObject({ would_succeed: true, reason: null, token: { is_good: true }, claims: { repository: "acme/shop", run_id: "4711" } });
      expect(trial.bindings[0]).toMatchObject({ id, is_met: true });
      expect(JSON.stringify(trial)).not.toMatch(/oidc_|sent_/);
    }
    expect((await hub.exchange(token)).status).toBe(200);
    expect(await tried(token)).toMatchObject({ would_succeed: false, reason: "replayed", token: { is_good: false } });
  });

  test("tells for each binding which claim is met, and why another is not", async () => {
    const { id } = await bind({ repository_id: 95, refs: ["refs/heads/release/*"], environment: "production" });
    const trial = await tried(await hub.issuer.idToken({ repository_id: "95", event_name: "pull_request" }));
    expect(trial).toMatchObject({ would_succeed: false, reason: "ref_mismatch", token: { is_good: true } });
    const [binding] = trial.bindings;
    expect(binding).toMatchObject({ id, is_met: false });
    expect(binding?.checks.map(({ claim, is_met: isMet, wanted, found }) => [claim, isMet, wanted, found])).toEqual([
      ["repository_id", true, "95", "95"],
      ["repository_owner_id", true, "65", "65"],
      ["workflow_ref", true, ".github/workflows/ci.yml", "acme/shop/.github/workflows/ci.yml@refs/heads/main"],
      ["ref", false, "refs/heads/release/*", "refs/heads/main"],
      ["event_name", false, "push, schedule, workflow_dispatch, repository_dispatch", "pull_request"],
      ["environment", false, "production", null],
    ]);
    for (const check of binding?.checks ?? []) expect(check.explanation).toMatch(/^[A-Z].*\.$/);
  });

  test("explains a token that is no good, and judges its claims all the same", async () => {
    const { id } = await bind({ repository_id: 96 });
    const now = Math.floor(Date.now() / 1_000);
    const old = await tried(await hub.issuer.idToken({ repository_id: "96", iat: now - 900, exp: now - 600 }));
    expect(old).toMatchObject({ would_succeed: false, reason: "expired", token: { is_good: false } });
    expect(old.bindings[0]).toMatchObject({ id, is_met: true });
    expect(await tried(await hub.issuer.idToken({ aud: "https://elsewhere.example" }))).toMatchObject({
      reason: "audience_wrong",
      token: { explanation: expect.stringContaining("http://127.0.0.1:8484") },
    });
    expect(await tried("no token at all")).toMatchObject({ would_succeed: false, reason: "malformed", claims: null });
  });
});

async function outcomeOf(one: OidcHub, token: string): Promise<string> {
  try {
    await one.oidc.authenticate(token, { address: "10.0.0.1", requestId: "x" });
    return "admitted";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

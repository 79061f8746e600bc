import { createHmac } from "node:crypto";
import { OidcExchangeAnswer, TrustBinding } from "@sentinal/contract";
import { exportSPKI, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jobClaims, type OidcHub, shopBinding, startIssuer, startOidcHub, type TestIssuer } from "../../../test/oidc.ts";

let hub: OidcHub;
let issuer: TestIssuer;

beforeAll(async () => {
  hub = await startOidcHub();
  issuer = hub.issuer;
  await bind();
});
afterAll(async () => {
  await hub.close();
});

async function bind(change: Record<string, unknown> = {}): Promise<TrustBinding> {
  const answer = await hub.call("POST", "/api/auth/trust-bindings", { body: { ...shopBinding, ...change }, bearer: hub.admin });
  expect(answer.status, answer.text).toBe(201);
  return TrustBinding.parse(answer.body);
}

/** Expects the one refusal that there is, and answers the reason that administrators see. */
async function refusedFor(token: string): Promise<string> {
  await hub.refusals.flush();
  const before = (await hub.audit()).length;
  const answer = await hub.exchange(token);
  const { request_id: requestId, ...rest } = problemIn(answer.body);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect({ status: answer.status, ...rest }).toEqual({
    status: 403,
    type: "/api-docs#error-oidc_refused",
    title: "The token is not exchanged",
    detail: "An administrator of this hub can tell why; give them the request id.",
    code: "oidc_refused",
  });
  await hub.refusals.flush();
  const written = (await hub.audit()).slice(before);
  expect(written).toMatchObject([{ action: "oidc_exchange.refused", outcome: "refused" }]);
  return String(Object.entries(written[0]?.detail ?? {}).find(([name]) => name === "reason")?.[1]);
}

function problemIn(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? { ...body } : {};
}

describe("a good token", () => {
  test("gives a hub token of at most 15 minutes, and is written to the audit log in the same act", async () => {
    const answer = await hub.exchange(await issuer.idToken());
    expect(answer.status, answer.text).toBe(200);
    const { access_token: token, expires_in: seconds } = OidcExchangeAnswer.parse(answer.body);
    expect(Object.keys(problemIn(answer.body))).toEqual(["access_token", "expires_in"]);
    expect(token).toMatch(/^oidc_sent_[0-9A-Za-z]{49}$/);
    expect(seconds).toBeGreaterThan(840);
    expect(seconds).toBeLessThanOrEqual(900);
    const entry = (await hub.audit()).findLast(({ action }) => action === "oidc_token.created");
    expect(entry).toMatchObject({ actor_kind: "oidc", subject_kind: "trust_binding", detail: { repository_id: 74, github_run_id: 4711, run_attempt: 2 } });
    expect(JSON.stringify(entry)).not.toContain(token);
  });

  test("that the issuer wrote a while ago gives as much less", async () => {
    const now = Math.floor(Date.now() / 1_000);
    const answer = await hub.exchange(await issuer.idToken({ iat: now - 240, exp: now + 60 }));
    expect(OidcExchangeAnswer.parse(answer.body).expires_in).toBeLessThanOrEqual(660);
  });

  test("is exchanged also when the repository was renamed: its numbers decide", async () => {
    const renamed = {
      repository: "acme/store",
      workflow_ref: "acme/store/.github/workflows/ci.yml@refs/heads/main",
      sub: "repo:acme/store:ref:refs/heads/main",
    };
    expect((await hub.exchange(await issuer.idToken(renamed))).status).toBe(200);
  });

  test("is exchanged with either form of sub, for nothing is read from it", async () => {
    for (const sub of ["repo:acme/shop:ref:refs/heads/main", "repo:acme@65/shop@74:environment:production", "anything"]) {
      expect((await hub.exchange(await issuer.idToken({ sub }))).status).toBe(200);
    }
  });

  test("is stored as a hash alone", async () => {
    const answer = OidcExchangeAnswer.parse((await hub.exchange(await issuer.idToken())).body);
    const rows = await hub.db.selectFrom("oidc_tokens").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(answer.access_token);
    expect(rows.every((row) => row.token_hash.length === 32)).toBe(true);
  });
});

describe("a token that was tampered with", () => {
  test("by another issuer that signs in our issuer's name is refused", async () => {
    const forger = await startIssuer();
    try {
      const kid = issuer.server.issuer.keys.get()?.kid;
      expect(await refusedFor(await forger.idToken({ iss: issuer.url }))).toBe("key_unknown");
      expect(await refusedFor(await forger.idToken({ iss: issuer.url }, { kid }))).toBe("signature_wrong");
    } finally {
      await forger.stop();
    }
  });

  test("by one changed claim is refused", async () => {
    const [head = "", , signature = ""] = (await issuer.idToken()).split(".");
    const body = Buffer.from(JSON.stringify({ ...jobClaims(), iss: issuer.url, ref: "refs/heads/main", repository_id: "75" })).toString("base64url");
    expect(await refusedFor(`${head}.${body}.${signature}`)).toBe("signature_wrong");
  });

  test("by taking the signature away is refused", async () => {
    const unsigned = new UnsecuredJWT({ ...jobClaims(), iss: issuer.url }).encode();
    expect(await refusedFor(unsigned)).toBe("malformed");
    const head = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: issuer.server.issuer.keys.get()?.kid })).toString("base64url");
    expect(await refusedFor(`${head}.${unsigned.split(".")[1]}.AAAA`)).toBe("algorithm_refused");
  });

  test("by signing with the public key as a shared secret is refused", async () => {
    const [jwk] = issuer.server.issuer.keys.toJSON();
    const key = await importJWK({ ...jwk, alg: "RS256" }, "RS256", { extractable: true });
    if (key instanceof Uint8Array) throw new Error("the issuer's key is no RSA key");
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const secret of [await exportSPKI(key), JSON.stringify(jwk)]) {
      const signed = `${part({ alg: "HS256", typ: "JWT", kid: jwk?.kid })}.${part({ ...jobClaims(), iss: issuer.url })}`;
      expect(await refusedFor(`${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`)).toBe("algorithm_refused");
    }
  });

  test("by a key of its own in the header is refused", async () => {
    const forger = await startIssuer();
    try {
      const [jwk] = forger.server.issuer.keys.toJSON();
      expect(await refusedFor(await forger.idToken({ iss: issuer.url }, { jwk, jku: `${forger.url}/jwks` }))).toBe("key_unknown");
      expect(await refusedFor(await forger.idToken({ iss: issuer.url }, { kid: undefined }))).toBe("key_unknown");
    } finally {
      await forger.stop();
    }
  });

  test.each([undefined, "at+jwt", "JOSE", "", 7])("by the type %j is refused", async (typ) => {
    expect(await refusedFor(await issuer.idToken({}, { typ }))).toBe("type_refused");
  });

  test("by another RSA algorithm is refused, though the key is right", async () => {
    const jwk = issuer.server.issuer.keys.toJSON(true)[0];
    if (jwk === undefined) throw new Error("the issuer has no key");
    const key = await importJWK({ ...jwk, alg: "PS256" }, "PS256");
    const token = await new SignJWT({ ...jobClaims(), iss: issuer.url }).setProtectedHeader({ alg: "PS256", typ: "JWT", kid: jwk.kid }).sign(key);
    expect(await refusedFor(token)).toBe("algorithm_refused");
  });
});

describe("times", () => {
  const at = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

  test("that are over, or not yet there, are refused", async () => {
    expect(await refusedFor(await issuer.idToken({ iat: at(-320), exp: at(-20) }))).toBe("expired");
    expect(await refusedFor(await issuer.idToken({ iat: at(-700), exp: at(-100) }))).toBe("expired");
    expect(await refusedFor(await issuer.idToken({ nbf: at(60) }))).toBe("not_yet_valid");
    expect(await refusedFor(await issuer.idToken({ iat: at(60), exp: at(360) }))).toBe("not_yet_valid");
  });

  test("that go on for longer than a job's token lives are refused", async () => {
    expect(await refusedFor(await issuer.idToken({ exp: at(3_600) }))).toBe("lives_too_long");
    expect(await refusedFor(await issuer.idToken({ iat: at(-3_600), exp: at(60) }))).toBe("expired");
  });

  test("a few seconds off are forgiven, for no two clocks agree", async () => {
    expect((await hub.exchange(await issuer.idToken({ iat: at(5), nbf: at(5), exp: at(305) }))).status).toBe(200);
    expect((await hub.exchange(await issuer.idToken({ iat: at(-300), exp: at(-3) }))).status).toBe(200);
  });
});

describe("a token for somebody else", () => {
  test("of another audience is refused, also where ours is among them", async () => {
    for (const aud of [
      "https://github.com/acme",
      "http://127.0.0.1:8484/",
      "http://127.0.0.1",
      ["http://127.0.0.1:8484"],
      ["http://127.0.0.1:8484", "x"],
      [],
      1,
    ]) {
      expect(await refusedFor(await issuer.idToken({ aud }))).toBe("audience_wrong");
    }
  });

  test("of another issuer is refused, also where its address is nearly ours", async () => {
    for (const iss of ["https://token.actions.githubusercontent.com", `${issuer.url}/`, issuer.url.toUpperCase(), [issuer.url], 1]) {
      expect(await refusedFor(await issuer.idToken({ iss }))).toBe("issuer_wrong");
    }
  });
});

describe("each ID token is good once", () => {
  test("and refused when it comes again", async () => {
    const token = await issuer.idToken();
    expect((await hub.exchange(token)).status).toBe(200);
    expect(await refusedFor(token)).toBe("replayed");
    expect(await refusedFor(await issuer.idToken({ jti: JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).jti }))).toBe("replayed");
  });

  test("of 24 at once exactly one wins", async () => {
    const token = await issuer.idToken();
    const answers = await Promise.all(Array.from({ length: 24 }, () => hub.exchange(token)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 23 }, () => 403)]);
  });

  test("on all hubs together", async () => {
    const other = await startOidcHub({ database: hub.database, issuer });
    try {
      const token = await issuer.idToken();
      const answers = await Promise.all([hub.exchange(token), other.exchange(token), hub.exchange(token), other.exchange(token)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  test("a refused one is not used up", async () => {
    const token = await issuer.idToken({ ref: "refs/heads/later" });
    expect(await refusedFor(token)).toBe("ref_mismatch");
    await bind({ refs: ["refs/heads/later"] });
    expect((await hub.exchange(token)).status).toBe(200);
  });
});

describe("claims", () => {
  const names = [
    "exp",
    "iat",
    "nbf",
    "jti",
    "aud",
    "sub",
    "repository",
    "repository_id",
    "repository_owner_id",
    "event_name",
    "ref",
    "workflow_ref",
    "run_id",
    "run_attempt",
  ];

  test.each(names)("without %s are refused", async (name) => {
    expect(await refusedFor(await issuer.idToken({ [name]: undefined }))).toBe("claim_missing");
  });

  test.each([
    { repository_id: 74 },
    { repository_id: "74 " },
    { repository_id: "074" },
    { repository_id: ["74"] },
    { repository_owner_id: null },
    { repository_owner_id: "6.5e1" },
    { run_id: "99999999999999999999" },
    { run_attempt: "0" },
    { run_attempt: "-1" },
    { jti: "" },
    { jti: { $ne: null } },
    { jti: "x".repeat(201) },
    { sub: 1 },
    { event_name: ["push"] },
    { ref: {} },
    { workflow_ref: true },
    { repository: "acme" },
    { repository: "acme/shop/../x" },
  ])("of another form are refused: %j", async (claims) => {
    expect(await refusedFor(await issuer.idToken(claims))).toBe("claim_unreadable");
  });

  test.each([{ iat: "now" }, { exp: "never" }, { nbf: null }])("of times that are none are refused: %j", async (claims) => {
    expect(await refusedFor(await issuer.idToken(claims))).toMatch(/^(?:claim_unreadable|malformed)$/);
  });
});

describe("texts that are no token", () => {
  test.each(["x", "a.b", "a.b.c.d", "....", "é.é.é", "a.b.c", "sent_x", " ", "x".repeat(8_193), `${"x".repeat(60_000)}.a.b`])(
    "are refused as any other: %#",
    async (text) => {
      expect(await refusedFor(text)).toBe("malformed");
    },
  );

  test("and bodies that hold none name the field", async () => {
    for (const body of [{}, { token: 1 }, { token: "" }, { token: null }, []]) {
      const answer = await hub.call("POST", "/api/auth/oidc/exchange", { body });
      expect(answer.status).toBe(400);
    }
    expect(await hub.call("POST", "/api/auth/oidc/exchange", { body: {} })).toMatchObject({ body: { code: "field_invalid", errors: [{ field: "token" }] } });
    expect((await hub.call("POST", "/api/auth/oidc/exchange", { body: { token: "x".repeat(70_000) } })).status).toBe(413);
  });

  test("from one address are slowed down after a hundred, and good tokens from there are not", async () => {
    const at = Date.now();
    const still = await startOidcHub({ database: hub.database, issuer, now: () => at });
    try {
      const answers = [];
      for (let count = 0; count < 121; count++) answers.push((await still.exchange("x", "10.99.0.1")).status);
      expect(answers).toEqual([...Array.from({ length: 120 }, () => 403), 429]);
      expect((await still.exchange(await issuer.idToken(), "10.99.0.1")).status).toBe(200);
    } finally {
      await still.close();
    }
  });
});

describe("whose job it is", () => {
  test.each([
    ["of another repository", { repository_id: "75" }, "no_binding"],
    ["of a repository that took the name after it was given away", { repository_id: "9000001", repository_owner_id: "9000002" }, "no_binding"],
    ["of the same repository under another owner", { repository_owner_id: "66" }, "owner_mismatch"],
    ["of another workflow", { workflow_ref: "acme/shop/.github/workflows/other.yml@refs/heads/main" }, "workflow_mismatch"],
    ["of a workflow whose name goes on", { workflow_ref: "acme/shop/.github/workflows/ci.yml.yml@refs/heads/main" }, "workflow_mismatch"],
    ["of a workflow of the same path elsewhere", { workflow_ref: "evil/shop/.github/workflows/ci.yml@refs/heads/main" }, "workflow_mismatch"],
    ["of another branch", { ref: "refs/heads/mainly" }, "ref_mismatch"],
    ["of a branch that differs in case", { ref: "refs/heads/Main" }, "ref_mismatch"],
    ["of a tag of the branch's name", { ref: "refs/tags/main" }, "ref_mismatch"],
    ["by a pull request", { event_name: "pull_request" }, "event_mismatch"],
    ["by a pull request of a fork with our rights", { event_name: "pull_request_target" }, "event_mismatch"],
    ["by another workflow's end", { event_name: "workflow_run" }, "event_mismatch"],
    ["by a comment", { event_name: "issue_comment" }, "event_mismatch"],
    ["by an issue", { event_name: "issues" }, "event_mismatch"],
    ["by an event of another case", { event_name: "Push" }, "event_mismatch"],
  ])("a run %s is refused", async (_words, claims, reason) => {
    expect(await refusedFor(await issuer.idToken(claims))).toBe(reason);
  });

  test("the usual events are admitted where a binding names none", async () => {
    for (const event of ["push", "schedule", "workflow_dispatch", "repository_dispatch"]) {
      expect((await hub.exchange(await issuer.idToken({ event_name: event }))).status).toBe(200);
    }
  });

  test("a binding that names other events admits these alone", async () => {
    const other = { repository_id: 80, events: ["workflow_run"] };
    await bind(other);
    expect((await hub.exchange(await issuer.idToken({ repository_id: "80", event_name: "workflow_run" }))).status).toBe(200);
    expect(await refusedFor(await issuer.idToken({ repository_id: "80", event_name: "push" }))).toBe("event_mismatch");
  });

  test("a binding with an environment admits jobs in it alone", async () => {
    await bind({ repository_id: 81, environment: "production" });
    expect((await hub.exchange(await issuer.idToken({ repository_id: "81", environment: "production" }))).status).toBe(200);
    for (const environment of [undefined, "Production", "production ", "staging"]) {
      expect(await refusedFor(await issuer.idToken({ repository_id: "81", environment }))).toBe("environment_mismatch");
    }
  });

  test("of several bindings one that is met is enough, and two that are each met by half are not", async () => {
    await bind({ repository_id: 82, refs: ["refs/tags/*"] });
    await bind({ repository_id: 82, workflow: ".github/workflows/nightly.yml" });
    expect((await hub.exchange(await issuer.idToken({ repository_id: "82", ref: "refs/tags/v1" }))).status).toBe(200);
    expect(await refusedFor(await issuer.idToken({ repository_id: "82", ref: "refs/heads/main" }))).toMatch(/_mismatch$/);
  });

  test("a binding that cannot be read admits nobody", async () => {
    for (const broken of [
      { refs: [".*"] },
      { refs: [] },
      { events: [] },
      { events: ["*"] },
      { workflow: "x" },
      { scopes: ["everything"] },
      { scopes: [] },
      { environment: "" },
    ]) {
      const { id } = await bind({ repository_id: 83 });
      await hub.db.updateTable("trust_bindings").set(broken).where("id", "=", id).execute();
      expect(await refusedFor(await issuer.idToken({ repository_id: "83" }))).toBe("policy_unreadable");
      await hub.db.deleteFrom("trust_bindings").where("id", "=", id).execute();
    }
  });
});

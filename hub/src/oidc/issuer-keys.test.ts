import { createServer, type Server } from "node:http";
import { once } from "node:events";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { idToken, startIssuer, type TestIssuer } from "../../../test/oidc.ts";
import { createVerifier, type Verifier } from "./verifier.ts";

let database: TestDatabase;
let issuer: TestIssuer;
let asked: number;
let nowMs: number;
const open: Verifier[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  issuer = await startIssuer();
  asked = 0;
  nowMs = Date.now();
  issuer.server.service.on("beforeWellKnownOpenIdConfiguration", () => {
    asked++;
  });
});
afterEach(async () => {
  for (const verifier of open.splice(0)) await verifier.close();
  await issuer.stop();
});

/** As one hub has it: with a memory of its own, on the database of all. */
function verifier(url = issuer.url): Verifier {
  const made = createVerifier({ db: database.db, issuer: url, audience: () => "http://127.0.0.1:8484", log: pino({ enabled: false }), now: () => nowMs });
  open.push(made);
  return made;
}

async function faultOf(verifying: Verifier, token: string): Promise<string | null> {
  const verdict = await verifying.verify(token);
  return "fault" in verdict ? verdict.fault : null;
}

/** A token of one key, as it is when the issuer has several. */
async function signedBy(kid: string | undefined): Promise<string> {
  return issuer.idToken({}, { kid });
}

describe("the issuer's keys", () => {
  test("are asked for once, however many tokens come", async () => {
    const one = verifier();
    const verdicts = await Promise.all(Array.from({ length: 30 }, async () => faultOf(one, await issuer.idToken())));
    expect(new Set(verdicts)).toEqual(new Set([null]));
    expect(asked).toBe(1);
  });

  test("serve on while the issuer is down, also after a restart of the hub", async () => {
    const one = verifier();
    expect(await faultOf(one, await issuer.idToken())).toBe(null);
    const token = await issuer.idToken();
    await issuer.stop();
    expect(await faultOf(one, token)).toBe(null);
    expect(await faultOf(verifier(), token)).toBe(null);
  });

  test("that nobody has ever told leave nothing to verify with", async () => {
    const token = await issuer.idToken();
    await issuer.stop();
    expect(await faultOf(verifier(), token)).toBe("issuer_unreachable");
  });

  test("that are new are taken in when a token names one", async () => {
    const one = verifier();
    expect(await faultOf(one, await issuer.idToken())).toBe(null);
    const { kid } = await issuer.server.issuer.keys.generate("RS256");
    nowMs += 31_000;
    const token = await issuer.server.issuer.buildToken({
      kid,
      scopesOrTransform: (head, payload) => void (Object.assign(head, { typ: "JWT" }), Object.assign(payload, claimsNow())),
    });
    expect(await faultOf(one, token)).toBe(null);
    expect(asked).toBe(2);
  });

  test("are not asked for by a flood of unknown ones more than once in half a minute", async () => {
    const one = verifier();
    expect(await faultOf(one, await issuer.idToken())).toBe(null);
    nowMs += 31_000;
    const unknown = await Promise.all(Array.from({ length: 200 }, (_, index) => signedBy(`unknown-${index}`)));
    const faults = await Promise.all(unknown.map((token) => faultOf(one, token)));
    expect(new Set(faults)).toEqual(new Set(["key_unknown"]));
    expect(asked).toBe(2);
    nowMs += 29_000;
    expect(await faultOf(one, await signedBy("unknown"))).toBe("key_unknown");
    expect(asked).toBe(2);
    nowMs += 2_000;
    expect(await faultOf(one, await signedBy("unknown"))).toBe("key_unknown");
    expect(asked).toBe(3);
  });

  test("that the issuer has withdrawn are dropped within the hour", async () => {
    const one = verifier();
    const old = issuer.server.issuer.keys.get()?.kid;
    expect(await faultOf(one, await idTokenNow())).toBe(null);
    const successor = await startIssuer();
    try {
      // The same address with other keys.
      issuer.server.service.on(
        "beforeWellKnownOpenIdConfiguration",
        ({ body }: { body: object }) => void Object.assign(body, { jwks_uri: `${successor.url}/jwks` }),
      );
      nowMs += 3_601_000;
      await one.verify(await idTokenNow());
      await expect.poll(storedKeys, { timeout: 5_000 }).not.toContain(old);
      expect(await faultOf(one, await idTokenNow())).toBe("key_unknown");
      expect(await faultOf(verifier(), await idTokenNow())).toBe("key_unknown");
    } finally {
      await successor.stop();
    }
  });

  test("are kept without anything but what verifies", async () => {
    expect(await faultOf(verifier(), await issuer.idToken())).toBe(null);
    const stored = await database.db.selectFrom("oidc_issuer_keys").select("keys").where("issuer", "=", issuer.url).executeTakeFirstOrThrow();
    expect(stored.keys).toEqual([{ kty: "RSA", kid: expect.any(String), n: expect.any(String), e: "AQAB", alg: "RS256", use: "sig" }]);
  });
});

describe("an issuer that answers wrongly", () => {
  type Answer = { status?: number; headers?: Record<string, string>; body: string };

  async function answering(discovery: (url: string) => Answer, keys: Answer): Promise<{ url: string; server: Server }> {
    const server = createServer((request, response) => {
      const answer = request.url === "/keys" ? keys : discovery(`http://127.0.0.1:${portOf(server)}`);
      response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return { url: `http://127.0.0.1:${portOf(server)}`, server };
  }

  function portOf(server: Server): number {
    const address = server.address();
    return typeof address === "object" ? (address?.port ?? 0) : 0;
  }

  const good = (url: string): Answer => ({ body: JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }) });
  const goodKeys: Answer = { body: JSON.stringify({ keys: [] }) };

  test.each<[string, (url: string) => Answer, Answer]>([
    ["of another name", (url) => ({ body: JSON.stringify({ issuer: `${url}/`, jwks_uri: `${url}/keys` }) }), goodKeys],
    ["with a redirection", (url) => ({ status: 302, headers: { location: `${url}/keys` }, body: "" }), goodKeys],
    ["with an error", () => ({ status: 500, body: "{}" }), goodKeys],
    ["with something else than JSON", () => ({ body: "<html>" }), goodKeys],
    ["with an address that is none", (url) => ({ body: JSON.stringify({ issuer: url, jwks_uri: "file:///etc/passwd" }) }), goodKeys],
    ["with no keys", good, goodKeys],
    ["with shared secrets for keys", good, { body: JSON.stringify({ keys: [{ kty: "oct", kid: "x", k: "c2VjcmV0", alg: "HS256" }] }) }],
    ["with more than anybody needs", good, { body: `{"keys":[]${" ".repeat(300_000)}}` }],
  ])("%s is not believed", async (_words, discovery, keys) => {
    const { url, server } = await answering(discovery, keys);
    try {
      expect(await faultOf(verifier(url), await issuer.idToken({ iss: url }))).toBe("issuer_unreachable");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

async function storedKeys(): Promise<string> {
  const stored = await database.db.selectFrom("oidc_issuer_keys").select("keys").where("issuer", "=", issuer.url).executeTakeFirstOrThrow();
  return JSON.stringify(stored.keys);
}

/** By the clock of the test. */
function claimsNow(): Record<string, unknown> {
  const at = Math.floor(nowMs / 1_000);
  return { iat: at, nbf: at, exp: at + 300, aud: "http://127.0.0.1:8484", ...rest };
}

const rest = {
  jti: "x",
  sub: "x",
  repository: "acme/shop",
  repository_id: "74",
  repository_owner_id: "65",
  event_name: "push",
  ref: "refs/heads/main",
  workflow_ref: "x",
  run_id: "1",
  run_attempt: "1",
};

function idTokenNow(): Promise<string> {
  return idToken(issuer.server, claimsNow());
}

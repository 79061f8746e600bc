import { type Header, OAuth2Server, type Payload } from "oauth2-mock-server";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { startTestHub, type TestHub, type TestHubOptions } from "../hub/src/accounts/fixture.ts";
import { createOidc, type Oidc } from "../hub/src/oidc/index.ts";

/** An issuer on this machine, with one key. */
export async function startIssuer(): Promise<TestIssuer> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate("RS256");
  await server.start(0, "127.0.0.1");
  const url = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = url;
  let isRunning = true;
  return {
    url,
    server,
    idToken: (claims = {}, header = {}) => idToken(server, claims, header),
    async stop() {
      if (isRunning) await server.stop();
      isRunning = false;
    },
  };
}

export type TestIssuer = {
  url: string;
  server: OAuth2Server;
  /** A token as GitHub writes them; a claim that is `undefined` is left out. */
  idToken(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  stop(): Promise<void>;
};

let lastId = 0;

/** What GitHub tells of a push to main of acme/shop, for a hub at the tests' address. */
export function jobClaims(): Record<string, unknown> {
  lastId++;
  const now = Math.floor(Date.now() / 1_000);
  return {
    jti: `job-${process.pid}-${lastId}`,
    sub: "repo:acme@65/shop@74:ref:refs/heads/main",
    aud: "http://127.0.0.1:8484",
    iat: now,
    nbf: now - 600,
    exp: now + 300,
    repository: "acme/shop",
    repository_id: "74",
    repository_owner: "acme",
    repository_owner_id: "65",
    event_name: "push",
    ref: "refs/heads/main",
    workflow_ref: "acme/shop/.github/workflows/ci.yml@refs/heads/main",
    sha: "a".repeat(40),
    run_id: "4711",
    run_attempt: "2",
    actor: "ada",
  };
}

export async function idToken(server: OAuth2Server, claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
  return server.issuer.buildToken({
    scopesOrTransform(head: Header, payload: Payload) {
      Object.assign(head, { typ: "JWT" }, header);
      Object.assign(payload, jobClaims(), claims);
      for (const [name, value] of Object.entries(claims)) if (value === undefined) delete payload[name];
    },
  });
}

export type OidcHub = TestHub & {
  database: TestDatabase;
  oidc: Oidc;
  issuer: TestIssuer;
  admin: string;
  exchange(token: string, address?: string): ReturnType<TestHub["call"]>;
};

/** A hub with accounts and trust bindings, and its issuer. */
export async function startOidcHub(options: TestHubOptions & { issuer?: TestIssuer } = {}): Promise<OidcHub> {
  const issuer = options.issuer ?? (await startIssuer());
  const database = options.database ?? (await createTestDatabase());
  let oidc: Oidc | null = null;
  const hub = await startTestHub({
    ...options,
    database,
    feature(ground) {
      const made = createOidc({ ...ground, issuer: issuer.url, publicUrl: () => "http://127.0.0.1:8484" });
      oidc = made;
      return { authenticate: ({ bearer }, caller) => made.authenticate(bearer, caller), registerRoutes: made.registerRoutes, close: made.close };
    },
  });
  if (oidc === null) throw new Error("the feature was not made");
  const name = `ada${lastId++}`;
  const admin = (await hub.signUp(name, "Admin")).accessToken;
  let lastAddress = 0;
  return {
    ...hub,
    database,
    oidc,
    issuer,
    admin,
    // From many addresses, so that no limit of one of them is met.
    exchange: (token, address = `10.1.${++lastAddress >> 8}.${lastAddress & 255}`) => hub.call("POST", "/api/auth/oidc/exchange", { body: { token }, address }),
    async close() {
      await hub.close();
      if (options.database === undefined) await database.close();
      if (options.issuer === undefined) await issuer.stop();
    },
  };
}

export const shopBinding = {
  name: "shop CI",
  repository: "acme/shop",
  repository_id: 74,
  repository_owner_id: 65,
  workflow: ".github/workflows/ci.yml",
  refs: ["refs/heads/main"],
};

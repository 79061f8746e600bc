import { createLocalJWKSet, jwtVerify } from "jose";
import { OAuth2Server } from "oauth2-mock-server";
import { createFingerprints, createRefusals } from "../hub/src/audit/index.ts";
import { createRevocations, migrate, openDatabase, revocationChannel, startListener } from "../hub/src/database/index.ts";
import { startEmbeddedPostgres } from "../hub/src/database/embedded/index.ts";
import { createAccess, createHttpServer } from "../hub/src/http/index.ts";
import { createLog } from "../hub/src/log.ts";
import { createOidc } from "../hub/src/oidc/index.ts";
import { temporaryDataDir } from "../test/hub-process.ts";
import { describeMachine } from "./parts/machine.ts";
import { printOutcome } from "./parts/outcome.ts";
import { quantile } from "./parts/quantile.ts";

const exchanges = Number(process.env["BENCH_EXCHANGES"] ?? "2000");
const warming = 100;
const bindingsOfOthers = 1_000;
const audience = "http://127.0.0.1:8484";

/** What the exchange of a job's ID token costs with warm keys, its route and its transaction included, beside the check of the same JWT alone. */
async function main(): Promise<void> {
  const dataDir = await temporaryDataDir();
  const issuer = new OAuth2Server();
  const postgres = await startEmbeddedPostgres({
    dataDir: dataDir.path,
    holder: "the benchmark",
    onLog() {},
    onProblem: (problem) => console.error(problem.message),
  });
  try {
    await issuer.issuer.keys.generate("RS256");
    await issuer.start(0, "127.0.0.1");
    issuer.issuer.url = `http://127.0.0.1:${issuer.address().port}`;
    const machine = await describeMachine(postgres.connection);
    await migrate(postgres.connection, "0.0.0");
    const tokens = await makeTokens(issuer, exchanges + warming);
    const alone = await measureJose(issuer, tokens);
    const whole = await measureExchange(postgres.connection, issuer, tokens);
    printOutcome({
      name: "oidc-exchange",
      machine,
      columns: ["what", "p50 ms", "p99 ms"],
      rows: [
        ["verifying the JWT with jose alone", quantile(alone, 0.5), quantile(alone, 0.99)],
        ["POST /api/auth/oidc/exchange", quantile(whole, 0.5), quantile(whole, 0.99)],
        ["a whole exchange of the check alone", quantile(whole, 0.5) / quantile(alone, 0.5), quantile(whole, 0.99) / quantile(alone, 0.99)],
      ],
      goals: [],
      notes: [
        `${exchanges} different tokens one after another, keys in memory, ${bindingsOfOthers} bindings of other repositories. The route is called in the process: no network.`,
      ],
    });
  } finally {
    await issuer.stop();
    await postgres.stop();
    await dataDir.remove();
  }
}

async function makeTokens(issuer: OAuth2Server, count: number): Promise<string[]> {
  const tokens: string[] = [];
  const now = Math.floor(Date.now() / 1_000);
  for (let index = 0; index < count; index++) {
    const claims = {
      aud: audience,
      jti: `bench-${index}`,
      iat: now,
      nbf: now - 600,
      // As long as the hub takes: the benchmark must end before.
      exp: now + 600,
      sub: "repo:acme/shop:ref:refs/heads/main",
      repository: "acme/shop",
      repository_id: "74",
      repository_owner_id: "65",
      event_name: "push",
      ref: "refs/heads/main",
      workflow_ref: "acme/shop/.github/workflows/ci.yml@refs/heads/main",
      run_id: String(index + 1),
      run_attempt: "1",
    };
    tokens.push(
      await issuer.issuer.buildToken({ scopesOrTransform: (head, payload) => void (Object.assign(head, { typ: "JWT" }), Object.assign(payload, claims)) }),
    );
  }
  return tokens;
}

async function measureJose(issuer: OAuth2Server, tokens: readonly string[]): Promise<Float64Array> {
  const keys = createLocalJWKSet({ keys: issuer.issuer.keys.toJSON() });
  const options = { algorithms: ["RS256"], typ: "JWT", issuer: issuer.issuer.url ?? "", audience };
  return measure(tokens, async (token) => void (await jwtVerify(token, keys, options)));
}

async function measureExchange(connection: Parameters<typeof startListener>[0], issuer: OAuth2Server, tokens: readonly string[]): Promise<Float64Array> {
  const log = createLog("silent");
  const open = openDatabase(connection, { applicationName: "sentinal bench", maxConnections: 10, onError: () => {} });
  const { db } = open;
  const listener = await startListener(connection, { hubId: `bench${process.pid}`, channels: [revocationChannel], onProblem: () => {} });
  const oidc = createOidc({
    db,
    issuer: issuer.issuer.url ?? "",
    publicUrl: () => audience,
    revocations: createRevocations(listener),
    refusals: createRefusals({ db, log }),
    fingerprints: createFingerprints(Buffer.alloc(32, 1)),
    log,
  });
  const http = await createHttpServer({ log, version: "0.0.0", trustedProxies: [], isHttps: false, onTokenInUrl: async () => {} });
  const access = createAccess(() => {
    throw new Error("nobody signs in here");
  });
  oidc.registerRoutes(http, access);
  await http.ready();
  for (let index = 0; index <= bindingsOfOthers; index++) {
    const repositoryId = index === 0 ? 74 : 1_000 + index;
    await oidc.create(
      {
        name: "bench",
        repository: "acme/shop",
        repository_id: repositoryId,
        repository_owner_id: 65,
        workflow: ".github/workflows/ci.yml",
        refs: ["refs/heads/main"],
        events: ["push"],
        scopes: ["webhook:write"],
      },
      { kind: "hub" },
    );
  }
  try {
    return await measure(tokens, async (token) => {
      const answer = await http.inject({ method: "POST", url: "/api/auth/oidc/exchange", payload: { token } });
      if (answer.statusCode !== 200) throw new Error(`the exchange answered ${answer.statusCode}: ${answer.body}`);
    });
  } finally {
    await http.close();
    await oidc.close();
    await listener.close();
    await open.close();
  }
}

/** Milliseconds of each but the first ones, which only warm. */
async function measure(tokens: readonly string[], work: (token: string) => Promise<void>): Promise<Float64Array> {
  const times = new Float64Array(tokens.length - warming);
  for (const [index, token] of tokens.entries()) {
    const at = performance.now();
    await work(token);
    if (index >= warming) times[index - warming] = performance.now() - at;
  }
  return times;
}

await main();

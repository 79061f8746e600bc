import { randomUUID } from "node:crypto";
import { createApiToken, hashToken, visiblePrefix } from "@sentinal/tokens";
import { sql } from "kysely";
import { createAccessTokens } from "../hub/src/accounts/access-tokens.ts";
import { createSessionChecker } from "../hub/src/accounts/session-checker.ts";
import { createApiTokens } from "../hub/src/api-tokens/index.ts";
import { createFingerprints, createRefusals } from "../hub/src/audit/index.ts";
import {
  type ConnectionSettings,
  createRevocations,
  type Database,
  migrate,
  openDatabase,
  revocationChannel,
  startListener,
} from "../hub/src/database/index.ts";
import { startEmbeddedPostgres } from "../hub/src/database/embedded/index.ts";
import { createLog } from "../hub/src/log.ts";
import { createKeyRing, hubKey } from "../hub/src/vault/index.ts";
import { temporaryDataDir } from "../test/hub-process.ts";
import { createRandom } from "../test/hub/random.ts";
import type { HttpGetAnswer, HttpGetOrder } from "./loads/http-get.ts";
import type { ServersAnswer, ServersOrder } from "./loads/servers.ts";
import { runLoad, startLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atLeast, atMost, printOutcome } from "./parts/outcome.ts";
import { median, quantile } from "./parts/quantile.ts";

const tokenCount = 100_000;
const checks = 300_000;
const sessionCount = 10_000;
const jwtChecks = 50_000;
const seconds = Number(process.env["BENCH_SECONDS"] ?? "4");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? "3");
const connections = 32;
const caller = { address: "127.0.0.1", requestId: "bench" };

/** What the check of an API token costs: by itself with many tokens in memory, and on a route. */
async function main(): Promise<void> {
  const dataDir = await temporaryDataDir();
  const postgres = await startEmbeddedPostgres({
    dataDir: dataDir.path,
    holder: "the benchmark",
    onLog() {},
    onProblem: (problem) => console.error(problem.message),
  });
  try {
    const { connection } = postgres;
    const machine = await describeMachine(connection);
    await migrate(connection, "0.0.0");
    const open = openDatabase(connection, { applicationName: "sentinal bench", maxConnections: 10, onError: () => {} });
    const tokens = await makeTokens(open.db);
    const check = await measureCheck(open.db, connection, tokens);
    const jwt = await measureJwtCheck(open.db, connection);
    await open.close();
    const route = await measureRoutes(connection, tokens);
    printOutcome({
      name: "token-check",
      machine,
      columns: ["what", "p50", "p99", "rate", "of the bare route"],
      rows: [
        [`check, ${tokenCount} tokens in memory (µs)`, check.cachedP50Us, check.cachedP99Us, check.cachedPerSecond, null],
        ["first check, by the database (µs)", check.firstP50Us, check.firstP99Us, null, null],
        [`check of an access token (JWT), ${sessionCount} sessions in memory (µs)`, jwt.p50Us, jwt.p99Us, jwt.perSecond, null],
        ["bare Fastify route (ms)", route.bare.p50Ms, route.bare.p99Ms, route.bare.rate, route.bare.ratio],
        ["the same behind the token guard (ms)", route.bareGuarded.p50Ms, route.bareGuarded.p99Ms, route.bareGuarded.rate, route.bareGuarded.ratio],
        ["the hub's own server, open route (ms)", route.open.p50Ms, route.open.p99Ms, route.open.rate, route.open.ratio],
        ["the hub's own server, behind the token guard (ms)", route.guarded.p50Ms, route.guarded.p99Ms, route.guarded.rate, route.guarded.ratio],
      ],
      goals: [atMost("check p99", check.cachedP99Us, 15, "µs"), atLeast("route behind the token guard of the bare route", route.bareGuarded.ratio, 0.7, "")],
      notes: [
        `Checks of random tokens one after another, ${checks} in all, and ${jwtChecks} of access tokens. Routes: ${connections} connections from another process, ${rounds} measurements of ${seconds} s each, in turn; the middle one.`,
        "The goal is for the guard alone. The hub's own server does more on every route: request id, security headers, a log line without secrets.",
      ],
    });
  } finally {
    await postgres.stop();
    await dataDir.remove();
  }
}

async function makeTokens(db: Database): Promise<string[]> {
  const tokens = Array.from({ length: tokenCount }, () => createApiToken());
  for (let start = 0; start < tokens.length; start += 5_000) {
    const batch = tokens.slice(start, start + 5_000);
    await sql`
      insert into api_tokens (name, prefix, token_hash, scopes)
      select 'bench', prefix, decode(hash, 'hex'), '{webhook:read,webhook:write}'
        from unnest(${batch.map(visiblePrefix)}::text[], ${batch.map(hashToken)}::text[]) as r(prefix, hash)`.execute(db);
  }
  await sql`analyze api_tokens`.execute(db);
  return tokens;
}

async function measureCheck(db: Database, connection: ConnectionSettings, tokens: readonly string[]) {
  const log = createLog("silent");
  const listener = await startListener(connection, { hubId: `bench${process.pid}`, channels: [revocationChannel], onProblem: () => {} });
  const apiTokens = createApiTokens({
    db,
    revocations: createRevocations(listener),
    refusals: createRefusals({ db, log }),
    fingerprints: createFingerprints(Buffer.alloc(32)),
    log,
  });
  const first = new Float64Array(tokens.length);
  for (const [index, token] of tokens.entries()) {
    const at = performance.now();
    await apiTokens.authenticate(token, caller);
    first[index] = (performance.now() - at) * 1_000;
  }
  const random = createRandom(1);
  const cached = new Float64Array(checks);
  const begin = performance.now();
  for (let index = 0; index < checks; index++) {
    const token = tokens[random.below(tokens.length)] ?? "";
    const at = performance.now();
    const principal = apiTokens.authenticate(token, caller);
    cached[index] = (performance.now() - at) * 1_000;
    if (principal instanceof Promise) throw new Error("a token that was checked before is not in memory");
    // Others get their turn, as between requests: the listener must hear its pings.
    if (index % 1_000 === 999) await new Promise((resolve) => setImmediate(resolve));
  }
  const cachedPerSecond = checks / ((performance.now() - begin) / 1_000);
  await apiTokens.close();
  await listener.close();
  return {
    cachedP50Us: quantile(cached, 0.5),
    cachedP99Us: quantile(cached, 0.99),
    cachedPerSecond,
    firstP50Us: quantile(first, 0.5),
    firstP99Us: quantile(first, 0.99),
  };
}

async function measureJwtCheck(db: Database, connection: ConnectionSettings) {
  const log = createLog("silent");
  const key = hubKey(Buffer.alloc(32, 1));
  const listener = await startListener(connection, { hubId: `benchjwt${process.pid}`, channels: [revocationChannel], onProblem: () => {} });
  const accessTokens = createAccessTokens(createKeyRing({ db, key }));
  const revocations = createRevocations(listener);
  const checker = createSessionChecker({ db, accessTokens, revocations, refusals: createRefusals({ db, log }) });
  const { rows } = await sql<{ id: number }>`
    insert into users (username, email, password_hash, role) values ('bench', 'bench@example.org', '', 'Viewer') returning id`.execute(db);
  const userId = rows[0]?.id ?? 0;
  const families = Array.from({ length: sessionCount }, () => randomUUID());
  await sql`
    insert into sessions (family, user_id, expires_at)
    select family, ${userId}, now() + interval '1 day' from unnest(${families}::uuid[]) as f(family)`.execute(db);
  const tokens: string[] = [];
  for (const family of families) {
    const token = await accessTokens.sign({ userId, family });
    await checker.check(token, caller);
    tokens.push(token);
  }
  const random = createRandom(2);
  const times = new Float64Array(jwtChecks);
  const begin = performance.now();
  for (let index = 0; index < jwtChecks; index++) {
    const token = tokens[random.below(tokens.length)] ?? "";
    const at = performance.now();
    await checker.check(token, caller);
    times[index] = (performance.now() - at) * 1_000;
    // As above.
    if (index % 1_000 === 999) await new Promise((resolve) => setImmediate(resolve));
  }
  const perSecond = jwtChecks / ((performance.now() - begin) / 1_000);
  await listener.close();
  return { p50Us: quantile(times, 0.5), p99Us: quantile(times, 0.99), perSecond };
}

async function measureRoutes(connection: ConnectionSettings, tokens: readonly string[]) {
  const servers = startLoad("servers", { connection } satisfies ServersOrder);
  const ports: ServersAnswer = JSON.parse(await servers.nextLine());
  const headers = { authorization: `Bearer ${tokens[0]}` };
  const ask = (port: number, path: string) => runLoad<HttpGetAnswer>("http-get", { port, path, headers, connections, seconds } satisfies HttpGetOrder);
  const answers = { bare: [] as HttpGetAnswer[], bareGuarded: [] as HttpGetAnswer[], open: [] as HttpGetAnswer[], guarded: [] as HttpGetAnswer[] };
  for (let round = 0; round <= rounds; round++) {
    const one = {
      bare: await ask(ports.barePort, ports.openPath),
      bareGuarded: await ask(ports.barePort, ports.guardedPath),
      open: await ask(ports.hubPort, ports.openPath),
      guarded: await ask(ports.hubPort, ports.guardedPath),
    };
    // The first round only warms.
    if (round === 0) continue;
    for (const name of ["bare", "bareGuarded", "open", "guarded"] as const) answers[name].push(one[name]);
  }
  servers.end();
  await servers.done;
  const ratio = (list: readonly HttpGetAnswer[]) => median(list.map((answer, index) => rateOf(answer) / rateOf(answers.bare[index])));
  return {
    bare: { ...middle(answers.bare), ratio: 1 },
    bareGuarded: { ...middle(answers.bareGuarded), ratio: ratio(answers.bareGuarded) },
    open: { ...middle(answers.open), ratio: ratio(answers.open) },
    guarded: { ...middle(answers.guarded), ratio: ratio(answers.guarded) },
  };
}

function middle(answers: readonly HttpGetAnswer[]): { rate: number; p50Ms: number; p99Ms: number } {
  return { rate: median(answers.map(rateOf)), p50Ms: median(answers.map((answer) => answer.p50Ms)), p99Ms: median(answers.map((answer) => answer.p99Ms)) };
}

function rateOf(answer: HttpGetAnswer | undefined): number {
  return answer === undefined ? Number.NaN : answer.requests / answer.seconds;
}

await main();

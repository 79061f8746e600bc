import { join } from "node:path";
import { CreatedApiToken, TokenPair } from "@sentinal/contract";
import { urlOf } from "../test/hub.ts";
import { kill, spawnHub, temporaryDataDir } from "../test/hub-process.ts";
import type { ClosingSocketsAnswer, ClosingSocketsOrder } from "./loads/closing-sockets.ts";
import { type BenchHub, startBenchHub } from "./parts/hub.ts";
import { startLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atMost, type Cell, type Goal, printOutcome } from "./parts/outcome.ts";
import { quantile } from "./parts/quantile.ts";

const socketCount = Number(process.env["BENCH_SOCKETS"] ?? "5000");
const processes = 2;
const goalMs = 250;
const requestRounds = 50;

/** From the moment a revocation is confirmed to the moment the last of many sockets has closed, and to the first refusal at another hub. */
async function main(): Promise<void> {
  const hub = await startBenchHub();
  const dataDir = await temporaryDataDir();
  const other = spawnHub({
    SENTINAL_DATA_DIR: dataDir.path,
    DATABASE_URL: urlOf(hub.connection),
    SENTINAL_KEY_FILE: join(hub.dataDir, "key"),
    SENTINAL_WEBHOOK_RATE: "100000000",
  });
  try {
    const otherUrl = await other.ready;
    const machine = await describeMachine(hub.connection);
    const rows: Cell[][] = [];
    const goals: Goal[] = [];
    for (const [where, url] of [
      ["the hub that revokes", hub.url],
      ["another hub", otherUrl],
    ] as const) {
      const closed = await closeSockets(hub, url);
      rows.push([`${socketCount} sockets at ${where}`, quantile(closed, 0.5), quantile(closed, 0.99), quantile(closed, 1)]);
      goals.push(atMost(`last socket closed at ${where}`, quantile(closed, 1), goalMs, "ms"));
    }
    const refused = await measureRefusals(hub, otherUrl);
    rows.push(["first refusal at another hub, no sockets", quantile(refused, 0.5), quantile(refused, 0.99), quantile(refused, 1)]);
    goals.push(atMost("first refusal at another hub", quantile(refused, 1), goalMs, "ms"));
    printOutcome({
      name: "revocation",
      machine,
      columns: ["what", "p50 ms", "p99 ms", "last ms"],
      rows,
      goals,
      notes: [
        `Counted from the answer to the revocation, as its caller has it; what was closed before that counts as 0. Sockets of one token in ${processes} other processes, each on the dashboard. Refusals: ${requestRounds} tokens, asked about again and again from the answer on.`,
      ],
    });
  } finally {
    kill(other.pid, "SIGTERM");
    await other.ended;
    await dataDir.remove();
    await hub.stop();
  }
}

async function closeSockets(hub: BenchHub, url: string): Promise<Float64Array> {
  const made = await makeToken(hub);
  const watchers = Array.from({ length: processes }, () =>
    startLoad("closing-sockets", { url, token: made.token, sockets: socketCount / processes } satisfies ClosingSocketsOrder),
  );
  await Promise.all(watchers.map((watcher) => watcher.nextLine()));
  const at = await revoke(hub, made.id);
  const closed = await Promise.all(watchers.map(async (watcher): Promise<ClosingSocketsAnswer> => JSON.parse((await watcher.done).at(-1) ?? "[]")));
  return Float64Array.from(closed.flat(), (moment) => Math.max(0, moment - at));
}

async function measureRefusals(hub: BenchHub, otherUrl: string): Promise<Float64Array> {
  const delays = new Float64Array(requestRounds);
  for (let round = 0; round < requestRounds; round++) {
    const { id, token } = await makeToken(hub);
    const ask = async () => (await fetch(`${otherUrl}/api/cicd/runs?limit=1`, { headers: { authorization: `Bearer ${token}` } })).status;
    if ((await ask()) !== 200) throw new Error("a new token is refused");
    const at = await revoke(hub, id);
    while ((await ask()) !== 401);
    delays[round] = Math.max(0, performance.timeOrigin + performance.now() - at);
  }
  return delays;
}

async function makeToken(hub: BenchHub): Promise<CreatedApiToken> {
  return CreatedApiToken.parse(await post(`${hub.url}/api/auth/api-tokens`, { name: "bench", scopes: ["webhook:read"] }, await signIn(hub)));
}

/** When the revocation was confirmed, in milliseconds since 1970. */
async function revoke(hub: BenchHub, id: number): Promise<number> {
  await post(`${hub.url}/api/auth/api-tokens/${id}/revoke`, {}, await signIn(hub));
  return performance.timeOrigin + performance.now();
}

let signedIn: string | null = null;

async function signIn(hub: BenchHub): Promise<string> {
  signedIn ??= TokenPair.parse(await post(`${hub.url}/api/auth/login`, { username: hub.account.username, password: hub.account.password })).access_token;
  return signedIn;
}

async function post(url: string, body: unknown, bearer?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

await main();

import { join } from "node:path";
import { CreatedApiToken, TokenPair } from "@sentinal/contract";
import { urlOf } from "../test/hub.ts";
import { kill, spawnHub, temporaryDataDir } from "../test/hub-process.ts";
import type { ClosingSocketsAnswer, ClosingSocketsOrder } from "./loads/closing-sockets.ts";
import { cpuSecondsOf } from "./parts/cpu.ts";
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
    for (const place of [
      { where: "the hub that revokes", url: hub.url, pid: hub.process.pid },
      { where: "another hub", url: otherUrl, pid: other.pid },
    ]) {
      const library = await closeSockets(hub, place, "Socket.IO");
      rows.push([`${socketCount} sockets at ${place.where}`, ...delaysOf(library.told), library.answerMs, library.hubCpuMs]);
      goals.push(atMost(`last socket closed at ${place.where}`, quantile(library.told, 1), goalMs, "ms"));
      const bare = await closeSockets(hub, place, "bare");
      rows.push(["the same, bare clients: told", ...delaysOf(bare.told), bare.answerMs, bare.hubCpuMs]);
      goals.push(atMost(`last bare client told at ${place.where}`, quantile(bare.told, 1), goalMs, "ms"));
      rows.push(["the same, bare clients: connection cut", ...delaysOf(bare.cut), null, null]);
    }
    const refused = await measureRefusals(hub, otherUrl);
    rows.push(["first refusal at another hub, no sockets", ...delaysOf(refused), null, null]);
    goals.push(atMost("first refusal at another hub", quantile(refused, 1), goalMs, "ms"));
    printOutcome({
      name: "revocation",
      machine,
      columns: ["what", "p50 ms", "p99 ms", "last ms", "answer after ms", "hub's processor ms"],
      rows,
      goals,
      notes: [
        `Counted from the answer to the revocation, as its caller has it; what was closed before that counts as 0. Sockets of one token in ${processes} other processes, each on the dashboard. Refusals: ${requestRounds} tokens, asked about again and again from the answer on.`,
        "Bare clients watch a TCP connection and little else: what lies between them and the others is the work of Socket.IO's clients, which share the processors with the hubs here. The hub's processor time is that of the whole process, from the revocation to the last client's end.",
      ],
    });
  } finally {
    kill(other.pid, "SIGTERM");
    await other.ended;
    await dataDir.remove();
    await hub.stop();
  }
}

type Closed = { told: Float64Array; cut: Float64Array; answerMs: number; hubCpuMs: number };

async function closeSockets(hub: BenchHub, place: { url: string; pid: number }, client: ClosingSocketsOrder["client"]): Promise<Closed> {
  const made = await makeToken(hub);
  const watchers = Array.from({ length: processes }, () =>
    startLoad("closing-sockets", { url: place.url, token: made.token, sockets: socketCount / processes, client } satisfies ClosingSocketsOrder),
  );
  await Promise.all(watchers.map((watcher) => watcher.nextLine()));
  const cpuBefore = await cpuSecondsOf(place.pid);
  const from = performance.timeOrigin + performance.now();
  const at = await revoke(hub, made.id);
  const answers = await Promise.all(watchers.map(async (watcher): Promise<ClosingSocketsAnswer> => JSON.parse((await watcher.done).at(-1) ?? "null")));
  const hubCpuMs = ((await cpuSecondsOf(place.pid)) - cpuBefore) * 1_000;
  const delays = (moments: number[]) => Float64Array.from(moments, (moment) => Math.max(0, moment - at));
  return { told: delays(answers.flatMap((answer) => answer.told)), cut: delays(answers.flatMap((answer) => answer.cut)), answerMs: at - from, hubCpuMs };
}

function delaysOf(values: Float64Array): [p50: number, p99: number, last: number] {
  return [quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)];
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

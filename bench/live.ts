import { setTimeout as pause } from "node:timers/promises";
import type { SocketsAnswer, SocketsOrder } from "./loads/sockets.ts";
import { type BenchHub, startBenchHub } from "./parts/hub.ts";
import { startLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atMost, type Cell, printOutcome } from "./parts/outcome.ts";
import { quantile } from "./parts/quantile.ts";
import { realisticReport } from "./parts/report.ts";

const socketCount = 1_000;
const processes = 2;
const goalMs = 250;
/** What stays of an event after its report was answered must come within this time, or it is counted as lost. */
const waitAtEndMs = 3_000;

type Pace = { name: string; reports: number; atOnce: number; everyMs: number };

const paces: readonly Pace[] = [
  { name: "one report a second", reports: 20, atOnce: 1, everyMs: 1_000 },
  { name: "four reports a second", reports: 60, atOnce: 1, everyMs: 250 },
  { name: "eight at once every two seconds", reports: 64, atOnce: 8, everyMs: 2_000 },
];

/** From the moment a sender has its 2xx to the moment a dashboard hears of it, with many dashboards. */
async function main(): Promise<void> {
  const hub = await startBenchHub();
  try {
    const machine = await describeMachine(hub.connection);
    const token = await hub.createToken(["webhook:write", "webhook:read"]);
    const watchers = Array.from({ length: processes }, () =>
      startLoad("sockets", { url: hub.url, token, sockets: socketCount / processes } satisfies SocketsOrder),
    );
    await Promise.all(watchers.map((watcher) => watcher.nextLine()));
    await report(hub, token, "warm-up");

    const accepted = new Map<string, Map<string, number>>();
    for (const [index, pace] of paces.entries()) accepted.set(pace.name, await send(hub, token, pace, index));
    await pause(waitAtEndMs);
    for (const watcher of watchers) watcher.say("end");
    const heard = await Promise.all(watchers.map(async (watcher): Promise<SocketsAnswer> => JSON.parse((await watcher.done).at(-1) ?? "{}")));

    const rows: Cell[][] = [];
    let worst = 0;
    for (const pace of paces) {
      const delays: number[] = [];
      for (const [commit, at] of accepted.get(pace.name) ?? []) {
        for (const one of heard) delays.push(...(one[commit] ?? []).map((moment) => Math.max(0, moment - at)));
      }
      const all = Float64Array.from(delays);
      const p99 = quantile(all, 0.99);
      worst = Math.max(worst, pace.atOnce === 1 ? p99 : 0);
      rows.push([pace.name, pace.reports, pace.reports * socketCount - all.length, quantile(all, 0.5), p99, quantile(all, 1)]);
    }
    printOutcome({
      name: "live",
      machine,
      columns: ["pace", "reports", "not heard", "p50 ms", "p99 ms", "last ms"],
      rows,
      goals: [atMost("p99 from 2xx to seen, reports one by one", worst, goalMs, "ms")],
      notes: [
        `${socketCount} sockets on the dashboard, in ${processes} other processes; reports of 50 findings; an event that came before its 2xx counts as 0 ms.`,
      ],
    });
  } finally {
    await hub.stop();
  }
}

/** Sends at the pace; answers when each commit's report was answered. */
async function send(hub: BenchHub, token: string, pace: Pace, index: number): Promise<Map<string, number>> {
  const accepted = new Map<string, number>();
  const begin = performance.now();
  for (let count = 0; count < pace.reports; count += pace.atOnce) {
    const due = begin + (count / pace.atOnce) * pace.everyMs;
    await pause(Math.max(0, due - performance.now()));
    const commits = Array.from({ length: pace.atOnce }, (_, one) => `pace${index}-${count + one}`);
    await Promise.all(
      commits.map(async (commit) => {
        await report(hub, token, commit);
        accepted.set(commit, performance.timeOrigin + performance.now());
      }),
    );
  }
  return accepted;
}

const text = JSON.stringify(realisticReport(50));

async function report(hub: BenchHub, token: string, commit: string): Promise<void> {
  const answer = await fetch(`${hub.url}/api/cicd/webhook/trivy`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: `{"repository":"bench/live","branch":"main","commit_hash":"${commit}","report":${text}}`,
  });
  if (!answer.ok) throw new Error(`the hub answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

await main();

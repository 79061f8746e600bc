import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { findRunningPostgres } from "../hub/src/database/embedded/index.ts";
import { type HubProcess, kill, processesOf, spawnHub, temporaryDataDir } from "../test/hub-process.ts";
import { describeMachine } from "./parts/machine.ts";
import { atMost, type Cell, printOutcome } from "./parts/outcome.ts";
import { median } from "./parts/quantile.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? "5");
/** Long enough for what a start leaves behind to be let go of. */
const idleSeconds = Number(process.env["BENCH_IDLE_SECONDS"] ?? "20");
const goalMb = 300;
const secondStartMs = 3_000;

type Memory = { pssMb: number; rssMb: number };

/** From the command to ready, on an empty folder and again on the same one; and what hub and PostgreSQL hold of memory when idle. */
async function main(): Promise<void> {
  const before = await describeMachine(null);
  const first: number[] = [];
  const second: number[] = [];
  const kept: number[] = [];
  const stops: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const dataDir = await temporaryDataDir();
    const settings = { SENTINAL_DATA_DIR: dataDir.path };
    // As on a machine that has never started it: nothing compiled is kept.
    first.push(await measure({ ...settings, NODE_DISABLE_COMPILE_CACHE: "1" }, stops));
    second.push(await measure({ ...settings, NODE_DISABLE_COMPILE_CACHE: "1" }, stops));
    await measure(settings, stops);
    kept.push(await measure(settings, stops));
    await dataDir.remove();
  }

  const dataDir = await temporaryDataDir();
  const hub = spawnHub({ SENTINAL_DATA_DIR: dataDir.path });
  try {
    await hub.ready;
    await pause(idleSeconds * 1_000);
    const { postgres: version } = await describeMachine(await findRunningPostgres(dataDir.path));
    const own = await memoryOf([hub.pid]);
    const postgres = await memoryOf((await processesOf(dataDir.path)).map((process) => process.pid));
    const total = own.pssMb + postgres.pssMb;
    const rows: Cell[][] = [
      ["first start to ready (ms)", median(first), Math.min(...first), Math.max(...first)],
      ["second start to ready (ms)", median(second), Math.min(...second), Math.max(...second)],
      ["the same with NODE_COMPILE_CACHE (ms)", median(kept), Math.min(...kept), Math.max(...kept)],
      ["SIGTERM to the end (ms)", median(stops), Math.min(...stops), Math.max(...stops)],
    ];
    printOutcome({
      name: "start",
      machine: { ...before, postgres: version },
      columns: [`of ${rounds}`, "middle", "least", "most"],
      rows,
      goals: [atMost("second start to ready", median(second), secondStartMs, "ms"), atMost("memory of hub and PostgreSQL, idle", total, goalMb, "MB (PSS)")],
      notes: [
        `Memory after ${idleSeconds} s: hub ${Math.round(own.pssMb)} MB PSS (${Math.round(own.rssMb)} MB RSS), PostgreSQL ${Math.round(postgres.pssMb)} MB PSS (${Math.round(postgres.rssMb)} MB RSS, shared pages counted in each process).`,
      ],
    });
  } finally {
    await stop(hub);
    await dataDir.remove();
  }
}

async function measure(settings: Record<string, string>, stops: number[]): Promise<number> {
  const begin = performance.now();
  const hub = spawnHub(settings);
  await hub.ready;
  const took = performance.now() - begin;
  const stopping = performance.now();
  await stop(hub);
  stops.push(performance.now() - stopping);
  return took;
}

async function stop(hub: HubProcess): Promise<void> {
  kill(hub.pid, "SIGTERM");
  await hub.ended;
}

/** PSS counts a page that several processes share once, in equal parts; RSS counts it in each. */
async function memoryOf(pids: readonly number[]): Promise<Memory> {
  let pssKb = 0;
  let rssKb = 0;
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    pssKb += Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
    rssKb += Number(/^Rss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  }
  return { pssMb: pssKb / 1024, rssMb: rssKb / 1024 };
}

await main();

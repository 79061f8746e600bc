import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PostReportAnswer, PostReportOrder } from "./loads/post-report.ts";
import type { ProbeOrder, ProbePart } from "./loads/probe.ts";
import { type BenchHub, startBenchHub } from "./parts/hub.ts";
import { runLoad, startLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atMost, type Cell, printOutcome } from "./parts/outcome.ts";
import { formatsNamed, type ReportFile, temporaryFolder, writeReportFile } from "./parts/report-files.ts";
import { postRuns } from "./parts/runs.ts";

const megabytes = Number(process.env["BENCH_MB"] ?? "100");
const seconds = Number(process.env["BENCH_SECONDS"] ?? "10");
const formats = formatsNamed(process.env["BENCH_FORMATS"] ?? "trivy,eslint");
const runs = 60;
const goalMs = 50;

const asked: ProbeOrder["asked"] = [
  { name: "/healthz", path: "/healthz", everyMs: 20 },
  { name: "board", path: "/api/cicd/board", everyMs: 200 },
  { name: "runs", path: "/api/cicd/runs?limit=50", everyMs: 200 },
];

type Part = { name: string; seconds: number; delayP99Ms: number; delayLongestMs: number; isImport: boolean };

/** How the hub answers others while it takes a large report in, beside the same when it has nothing to do. */
async function main(): Promise<void> {
  const hub = await startBenchHub();
  const folder = await temporaryFolder();
  try {
    const machine = await describeMachine(hub.connection);
    const token = await hub.createToken(["webhook:write", "webhook:read"]);
    const files: ReportFile[] = [];
    for (const format of formats) files.push(await writeReportFile(join(folder.path, format), format, { megabytes }));
    await postRuns(hub, runs);

    const probe = startLoad("probe", { url: hub.url, token, asked } satisfies ProbeOrder);
    await probe.nextLine();
    // What is asked for the first time is compiled first.
    await pause(1_000);
    const parts: Part[] = [];
    async function part(name: string, isImport: boolean, work: () => Promise<unknown>): Promise<void> {
      probe.say("next");
      await eventLoopDelay(hub);
      const begin = performance.now();
      await work();
      parts.push({ name, isImport, seconds: (performance.now() - begin) / 1_000, ...(await eventLoopDelay(hub)) });
    }
    await part("nothing else", false, () => pause(seconds * 1_000));
    for (const file of files) {
      await part(`${file.format}, first`, true, () => post(hub, token, file, "1"));
      await part(`${file.format}, again`, true, () => post(hub, token, file, "2"));
    }
    probe.end();
    const [, ...probed]: ProbePart[] = JSON.parse((await probe.done).at(-1) ?? "[]");

    printOutcome({
      name: "heavy",
      machine,
      columns: ["meanwhile", "s", "event loop p99 ms", "longest", ...asked.flatMap(({ name }) => [`${name} p50`, "p99 ms", "longest"])],
      rows: parts.map((one, index): Cell[] => [
        one.name,
        one.seconds,
        one.delayP99Ms,
        one.delayLongestMs,
        ...asked.flatMap(({ name }) => {
          const latencies = probed[index]?.[name];
          return [latencies?.p50Ms ?? null, latencies?.p99Ms ?? null, latencies?.longestMs ?? null];
        }),
      ]),
      goals: [atMost("event-loop delay, p99 of the worst import", Math.max(...parts.filter((one) => one.isImport).map((one) => one.delayP99Ms)), goalMs, "ms")],
      notes: [
        `Reports of ${files.map((file) => `${Math.round(file.bytes / 1e6)} MB and ${file.records} findings (${file.format})`).join(" and ")}, by POST /api/cicd/reports into a repository of their own: first, then the same bytes for a new commit; from the first byte to the end of the import.`,
        "Event loop: as /metrics tells it, whose timer fires every 10 ms, so that 10 ms of it are no delay. Others ask /healthz every 20 ms, the board and the list of runs every 200 ms, whether the last answer has come or not.",
      ],
    });
  } finally {
    await hub.stop();
    await folder.remove();
  }
}

async function post(hub: BenchHub, token: string, file: ReportFile, commit: string): Promise<void> {
  const query = { repository: `bench/${file.format}`, branch: "main", commit_hash: commit.padStart(40, "c"), status: "completed" };
  const { answer } = await runLoad<PostReportAnswer>("post-report", { url: hub.url, token, path: file.path, query } satisfies PostReportOrder);
  if (answer.status !== "completed" || answer.counts?.total !== file.records) throw new Error(`${file.format} was not taken whole: ${JSON.stringify(answer)}`);
}

/** Since it was asked the last time. */
async function eventLoopDelay(hub: BenchHub): Promise<{ delayP99Ms: number; delayLongestMs: number }> {
  const answer = await fetch(`${hub.url}/metrics`);
  const text = await answer.text();
  const millisecondsOf = (name: string) => Number(new RegExp(`^sentinal_nodejs_eventloop_lag_${name}_seconds (\\S+)$`, "m").exec(text)?.[1]) * 1_000;
  return { delayP99Ms: millisecondsOf("p99"), delayLongestMs: millisecondsOf("max") };
}

await main();

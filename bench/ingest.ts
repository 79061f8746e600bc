import type { IngestAnswer, IngestHttpOrder } from "./loads/ingest-http.ts";
import type { IngestSqlOrder } from "./loads/ingest-sql.ts";
import { cpuSecondsOf, postgresCpuSeconds } from "./parts/cpu.ts";
import { type BenchHub, startBenchHub } from "./parts/hub.ts";
import { runLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atLeast, type Cell, printOutcome } from "./parts/outcome.ts";
import { median } from "./parts/quantile.ts";

/** Seconds of one measurement, and how often each is made; what is shown is the middle one. */
const seconds = Number(process.env["BENCH_SECONDS"] ?? "6");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? "3");
const findings = 50;
const goal = 0.4;

type Part = Pick<IngestHttpOrder, "clients" | "hasOwnRepositories" | "seconds">;
/** With the processor time a report, of each who had a part in it. */
type Measured = IngestAnswer & { hubCpuMs: number; postgresCpuMs: number; loadCpuMs: number };

/** Reports a second that the hub takes, beside the bare SQL that writes the same rows to the same server. */
async function main(): Promise<void> {
  const hub = await startBenchHub({ nodeArguments: (process.env["BENCH_HUB_ARGUMENTS"] ?? "").split(" ").filter((part) => part !== "") });
  try {
    const machine = await describeMachine(hub.connection);
    const token = await hub.createToken(["webhook:write"]);
    const http = (part: Part) =>
      withCpu(hub, () => runLoad<IngestAnswer>("ingest-http", { url: hub.url, token, findings, name: "load", ...part } satisfies IngestHttpOrder));
    const sql = (part: Part) =>
      withCpu(hub, () => runLoad<IngestAnswer>("ingest-sql", { connection: hub.connection, findings, name: "load", ...part } satisfies IngestSqlOrder));

    // Warm, and with findings in every repository.
    const warmUp = await http({ clients: 32, hasOwnRepositories: true, seconds: Math.min(4, seconds) });
    await http({ clients: 4, hasOwnRepositories: false, seconds: 1 });
    const rows: Cell[][] = [];
    let ratioAtEight = 0;
    for (const hasOwnRepositories of [true, false]) {
      for (const clients of [1, 8, 32]) {
        const byHttp: Measured[] = [];
        const bySql: Measured[] = [];
        for (let round = 0; round < rounds; round++) {
          byHttp.push(await http({ clients, hasOwnRepositories, seconds }));
          bySql.push(await sql({ clients, hasOwnRepositories, seconds }));
        }
        const rate = median(byHttp.map(rateOf));
        const bare = median(bySql.map(rateOf));
        const ratio = median(byHttp.map((answer, index) => rateOf(answer) / rateOf(bySql[index])));
        if (hasOwnRepositories && clients === 8) ratioAtEight = ratio;
        rows.push([
          `${clients} on ${hasOwnRepositories ? "as many repositories" : "one branch"}`,
          rate,
          median(byHttp.map((answer) => answer.p50Ms)),
          median(byHttp.map((answer) => answer.p99Ms)),
          bare,
          median(bySql.map((answer) => answer.p99Ms)),
          ratio,
          median(byHttp.map((answer) => answer.hubCpuMs + answer.postgresCpuMs)),
          median(bySql.map((answer) => answer.postgresCpuMs + answer.loadCpuMs)),
        ]);
      }
    }
    printOutcome({
      name: "ingest",
      machine,
      columns: ["clients", "reports/s", "p50 ms", "p99 ms", "bare SQL/s", "its p99 ms", "ratio", "CPU ms", "bare CPU ms"],
      rows,
      goals: [atLeast("reports/s of the bare SQL's at 8 clients", ratioAtEight, goal, "")],
      notes: [
        `Reports of ${findings} findings, ${Math.round(warmUp.bodyBytes / 1024)} KB, a new commit each; ${rounds} measurements of ${seconds} s each, in turn with the bare SQL; hub, PostgreSQL and load share the machine.`,
        "CPU: processor time a report of hub and PostgreSQL together, and of PostgreSQL and its client for the bare SQL; other work on the machine changes it less than the rates.",
      ],
    });
  } finally {
    await hub.stop();
  }
}

async function withCpu(hub: BenchHub, load: () => Promise<IngestAnswer>): Promise<Measured> {
  const before = { hub: await cpuSecondsOf(hub.process.pid), postgres: await postgresCpuSeconds(hub.dataDir) };
  const answer = await load();
  const aReport = (seconds: number) => (seconds * 1_000) / answer.reports;
  return {
    ...answer,
    hubCpuMs: aReport((await cpuSecondsOf(hub.process.pid)) - before.hub),
    postgresCpuMs: aReport((await postgresCpuSeconds(hub.dataDir)) - before.postgres),
    loadCpuMs: aReport(answer.cpuSeconds),
  };
}

function rateOf(answer: IngestAnswer | undefined): number {
  return answer === undefined ? Number.NaN : answer.reports / answer.seconds;
}

await main();

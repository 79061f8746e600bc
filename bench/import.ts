import { join } from "node:path";
import type { PostReportAnswer, PostReportOrder } from "./loads/post-report.ts";
import type { UpsertFindingsAnswer, UpsertFindingsOrder } from "./loads/upsert-findings.ts";
import { cpuSecondsOf, postgresCpuSeconds } from "./parts/cpu.ts";
import { type BenchHub, startBenchHub } from "./parts/hub.ts";
import { runLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atLeast, atMost, type Cell, printOutcome } from "./parts/outcome.ts";
import { formatsNamed, type ReportFile, temporaryFolder, writeReportFile } from "./parts/report-files.ts";
import { copyFindings, settle, storedOf, withClient } from "./parts/stored.ts";

const findings = Number(process.env["BENCH_FINDINGS"] ?? "50000");
const stored = Number(process.env["BENCH_STORED"] ?? "1000000");
const formats = formatsNamed(process.env["BENCH_FORMATS"], ["trivy", "eslint"]);
const goals = { firstRate: 5_000, againRate: 10_000, slowdown: 1.5, answerMs: 100 };
const places = ["an empty database", `${stored} findings stored`] as const;

type Turn = "first" | "again";
type Measured = {
  format: string;
  place: number;
  turn: Turn;
  rate: number;
  bareRate: number;
  answerMs: number;
  uploadMs: number;
  hubCpuSeconds: number;
  postgresCpuSeconds: number;
};

/** Findings a second from the last byte of a large report to the end of its import, beside the upsert of the same rows alone. */
async function main(): Promise<void> {
  const hub = await startBenchHub();
  const folder = await temporaryFolder();
  try {
    const machine = await describeMachine(hub.connection);
    const token = await hub.createToken(["webhook:write", "webhook:read"]);
    const files: ReportFile[] = [];
    for (const format of formats) files.push(await writeReportFile(join(folder.path, format), format, { records: findings }));
    const all: Measured[] = [];
    await warm(hub, token, folder.path);
    for (const place of places.keys()) {
      if (place > 0) await fill(hub);
      for (const file of files) all.push(...(await measure(hub, token, file, place)));
    }
    report(machine, files, all);
  } finally {
    await hub.stop();
    await folder.remove();
  }
}

/** A small report of each format, for a hub that has just been started compiles what it reads with. */
async function warm(hub: BenchHub, token: string, folder: string): Promise<void> {
  for (const format of formats) {
    const file = await writeReportFile(join(folder, `warm-${format}`), format, { records: 2_000 });
    await post(hub, token, file, "bench/warm", "first");
  }
}

async function measure(hub: BenchHub, token: string, file: ReportFile, place: number): Promise<Measured[]> {
  const repository = `bench/${file.format}-${place}`;
  const first = await withCpu(hub, () => post(hub, token, file, repository, "first"));
  const again = await withCpu(hub, () => post(hub, token, file, repository, "again"));
  const from = await withClient(hub.connection, (client) => storedOf(client, repository));
  const bare = await runLoad<UpsertFindingsAnswer>("upsert-findings", {
    connection: hub.connection,
    from,
    repository: `${repository}-bare`,
  } satisfies UpsertFindingsOrder);
  const rowOf = (turn: Turn, { posted, ...cpu }: typeof first, bareMs: number): Measured => ({
    format: file.format,
    place,
    turn,
    rate: (file.records * 1_000) / posted.doneMs,
    bareRate: (bare.rows * 1_000) / bareMs,
    answerMs: posted.answerMs,
    uploadMs: posted.uploadMs,
    ...cpu,
  });
  return [rowOf("first", first, bare.firstMs), rowOf("again", again, bare.againMs)];
}

async function post(hub: BenchHub, token: string, file: ReportFile, repository: string, turn: Turn): Promise<PostReportAnswer> {
  const query = { repository, branch: "main", commit_hash: turn.padStart(40, "c"), status: "completed" };
  const posted = await runLoad<PostReportAnswer>("post-report", { url: hub.url, token, path: file.path, query } satisfies PostReportOrder);
  const { status, counts, changes } = posted.answer;
  const matched = turn === "first" ? changes?.new : changes?.unchanged;
  if (status === "completed" && counts?.total === file.records && matched === file.records) return posted;
  throw new Error(`of ${file.records} findings of ${file.format}: ${JSON.stringify(posted.answer)}`);
}

async function withCpu(
  hub: BenchHub,
  work: () => Promise<PostReportAnswer>,
): Promise<{ posted: PostReportAnswer; hubCpuSeconds: number; postgresCpuSeconds: number }> {
  const before = { hub: await cpuSecondsOf(hub.process.pid), postgres: await postgresCpuSeconds(hub.dataDir) };
  const posted = await work();
  return {
    posted,
    hubCpuSeconds: (await cpuSecondsOf(hub.process.pid)) - before.hub,
    postgresCpuSeconds: (await postgresCpuSeconds(hub.dataDir)) - before.postgres,
  };
}

/** In repositories of as many findings as a report has, until there are as many as wished. */
async function fill(hub: BenchHub): Promise<void> {
  await withClient(hub.connection, async (client) => {
    const sources = await Promise.all(formats.map((format) => storedOf(client, `bench/${format}-0`)));
    const answer = await client.query<{ count: number }>("select count(*)::int as count from findings");
    let missing = stored - (answer.rows[0]?.count ?? 0);
    for (let number = 0; missing > 0; number++) {
      const source = sources[number % sources.length];
      if (source === undefined) break;
      await copyFindings(client, source, `bench/stored-${number}`, Math.min(findings, missing));
      missing -= findings;
    }
    await settle(client);
  });
}

function report(machine: Awaited<ReturnType<typeof describeMachine>>, files: readonly ReportFile[], all: readonly Measured[]): void {
  const slowdownOf = (one: Measured) =>
    (all.find((other) => other.format === one.format && other.turn === one.turn && other.place === 0)?.rate ?? 0) / one.rate;
  const slowest = (turn: Turn) => Math.min(...all.filter((one) => one.turn === turn).map((one) => one.rate));
  printOutcome({
    name: "import",
    machine,
    columns: ["report", "at", "findings/s", "bare upsert/s", "ratio", "slower by", "upload ms", "answer ms", "hub CPU s", "PostgreSQL CPU s"],
    rows: all.map((one): Cell[] => [
      `${one.format}, ${one.turn}`,
      places[one.place] ?? "",
      one.rate,
      one.bareRate,
      one.rate / one.bareRate,
      one.place === 0 ? null : slowdownOf(one),
      one.uploadMs,
      one.answerMs,
      one.hubCpuSeconds,
      one.postgresCpuSeconds,
    ]),
    goals: [
      atLeast("slowest first import", slowest("first"), goals.firstRate, "findings/s"),
      atLeast("slowest identical import", slowest("again"), goals.againRate, "findings/s"),
      atMost(`slower with ${stored} stored, at most`, Math.max(...all.filter((one) => one.place > 0).map(slowdownOf)), goals.slowdown, "times"),
      atMost("from the last byte to the answer, at most", Math.max(...all.map((one) => one.answerMs)), goals.answerMs, "ms"),
    ],
    notes: [
      `Reports of ${files.map((file) => `${file.records} findings (${file.format}, ${Math.round(file.bytes / 1e6)} MB)`).join(" and ")}, by POST /api/cicd/reports: first into a new repository, then the same bytes for a new commit. Each was made once; findings/s count from the last byte to the end of the import.`,
      "Bare upsert: the same rows into the same tables by `unnest`, 2,000 a statement, in one transaction; no report is read, nothing is matched, and the identical ones are written again.",
    ],
  });
}

await main();

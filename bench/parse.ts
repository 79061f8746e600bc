import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ReadReportAnswer, ReadReportOrder } from "./loads/read-report.ts";
import { runLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atLeast, atMost, type Cell, type Goal, printOutcome } from "./parts/outcome.ts";
import { median } from "./parts/quantile.ts";
import { formatsNamed, type ReportFile, type ReportFormat, temporaryFolder, writeReportFile } from "./parts/report-files.ts";

const megabytes = Number(process.env["BENCH_MB"] ?? "100");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? "3");
const goals = { json: 60, xml: 50, overIdleMb: 150 };

type Kind = "json" | "xml" | "lines";

const kinds: Readonly<Record<ReportFormat, Kind>> = {
  trivy: "json",
  "zap-json": "json",
  "zap-xml": "xml",
  sonarqube: "json",
  sarif: "json",
  eslint: "json",
  checkstyle: "xml",
  junit: "xml",
  ctrf: "json",
  jest: "json",
  tap: "lines",
};

type Measured = { format: ReportFormat; kind: Kind; rate: number; overIdleMb: number };

/** How fast each format is read, and in how much memory, beside the same file taken whole. A process each, so that none starts warm. */
async function main(): Promise<void> {
  const machine = await describeMachine(null);
  const folder = await temporaryFolder();
  const rows: Cell[][] = [];
  const all: Measured[] = [];
  try {
    for (const format of formatsNamed(process.env["BENCH_FORMATS"])) {
      const file = await writeReportFile(join(folder.path, format), format, { megabytes });
      const kind = kinds[format];
      const streams: ReadReportAnswer[] = [];
      const wholes: ReadReportAnswer[] = [];
      for (let round = 0; round < rounds; round++) {
        streams.push(await readByReader(file));
        wholes.push(await read(file, kind));
      }
      await rm(file.path);
      const rate = median(streams.map((answer) => rateOf(file, answer)));
      const overIdleMb = Math.max(...streams.map(megabytesOver));
      all.push({ format, kind, rate, overIdleMb });
      rows.push([
        format,
        file.bytes / 1e6,
        file.records,
        rate,
        overIdleMb,
        median(wholes.map((answer) => rateOf(file, answer))),
        Math.max(...wholes.map(megabytesOver)),
        median(streams.map((answer, index) => rateOf(file, answer) / rateOf(file, wholes[index]))),
      ]);
    }
  } finally {
    await folder.remove();
  }
  printOutcome({
    name: "parse",
    machine,
    columns: ["format", "MB", "records", "MB/s", "MB over idle", "whole MB/s", "its MB over idle", "ratio"],
    rows,
    goals: goalsOf(all),
    notes: [
      `MB/s of processor time, that of the collector's threads with it; the middle of ${rounds} readings and the most memory of any. Whole: JSON.parse, a tree built by saxes, or the lines of TAP, of the file in one text.`,
    ],
  });
}

async function readByReader(file: ReportFile): Promise<ReadReportAnswer> {
  const answer = await read(file, "stream");
  if (answer.records === file.records && answer.problems.length === 0) return answer;
  throw new Error(`of ${file.records} records of ${file.format} ${answer.records} were read: ${answer.problems.join("; ")}`);
}

function read(file: ReportFile, how: ReadReportOrder["how"]): Promise<ReadReportAnswer> {
  return runLoad<ReadReportAnswer>("read-report", { path: file.path, format: file.format, how } satisfies ReadReportOrder);
}

function goalsOf(all: readonly Measured[]): Goal[] {
  const slowest = (["json", "xml"] as const).flatMap((kind) => {
    const [first] = all.filter((one) => one.kind === kind).toSorted((a, b) => a.rate - b.rate);
    return first === undefined ? [] : [atLeast(`slowest ${kind.toUpperCase()}, ${first.format}`, first.rate, goals[kind], "MB/s")];
  });
  const [largest] = all.toSorted((a, b) => b.overIdleMb - a.overIdleMb);
  return [...slowest, ...(largest === undefined ? [] : [atMost(`most memory over idle, ${largest.format}`, largest.overIdleMb, goals.overIdleMb, "MB")])];
}

function rateOf(file: ReportFile, answer: ReadReportAnswer | undefined): number {
  return answer === undefined ? Number.NaN : file.bytes / 1e6 / answer.cpuSeconds;
}

function megabytesOver(answer: ReadReportAnswer): number {
  return answer.overIdleBytes / 1e6;
}

await main();

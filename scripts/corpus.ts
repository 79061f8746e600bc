import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import type { FindingRecord, TestRecord } from "@sentinal/reports";
import { pathFromUser, type ReportFile, readReport, reportFilesOf } from "./report-file.ts";

const usage = `Reads every report under a folder as the hub does, and counts what each holds. No hub is needed.

  npm run --silent corpus -- DIR

Writes one line of JSON for each file to standard output, folder by folder in the order of names:

  file         relative to DIR; a file of an archive is archive.zip!/file
  ok           something of it counts: false for what is refused
  partial      kept as far as it could be read
  refused      nothing of it counts
  reason       why it was refused, or what could not be read; else null
  format       trivy, zap, sonarqube, sarif, eslint, checkstyle, junit, ctrf, jest or tap; other for what is not known
  total        findings or test cases
  by_severity  findings by the format's own word in lower case (Trivy: critical, high, medium, low, unknown)
  by_status    test cases by the format's own word in lower case
  gate         the verdict of a quality gate that the report holds, in its own word; left out where there is none

Files may be compressed (gzip, zstd, Brotli) or ZIP archives. Files that are refused are no error: the exit code is 0,
and 2 when DIR cannot be read.

  npm run --silent corpus -- ./reports | jq 'select(.refused)'`;

/** One line of the output. */
export type CorpusLine = {
  file: string;
  ok: boolean;
  partial: boolean;
  refused: boolean;
  reason: string | null;
  format: string;
  total: number;
  by_severity: Record<string, number>;
  by_status: Record<string, number>;
  gate?: string;
};

/** The formats that have more readers than one. */
const formatWords = new Map([
  ["zap-json", "zap"],
  ["zap-xml", "zap"],
]);

/** Characters of a reason: an ill-formed report may have many. */
const mostReason = 1_000;

/** Reads every file under a folder, or the one file, folder by folder in the order of names. Throws when the folder itself cannot be read. */
export async function* readCorpus(folder: string): AsyncGenerator<CorpusLine, void, undefined> {
  const isFolder = (await stat(folder)).isDirectory();
  if (isFolder) await readdir(folder);
  for await (const file of filesUnder(folder)) yield await readLine(file, isFolder ? folder : dirname(folder));
}

async function readLine(file: ReportFile, folder: string): Promise<CorpusLine> {
  const severities = new Map<string, number>();
  const statuses = new Map<string, number>();
  let total = 0;
  const read = await readReport(file, (record, format) => {
    if (isTest(record)) {
      if (record.kind !== "case") return;
      count(statuses, record.statusWord);
    } else count(severities, format === "trivy" ? record.severity : (record.severityWord ?? "none"));
    total++;
  });
  const isRefused = read.refusal !== null;
  const reason = read.refusal ?? (read.problems.length === 0 ? null : read.problems.join(" "));
  const gate = read.gates[0]?.verdictWord;
  return {
    file: relative(folder, file.name).split(sep).join("/"),
    ok: !isRefused,
    partial: !isRefused && read.isPartial,
    refused: isRefused,
    reason: reason === null ? null : reason.slice(0, mostReason),
    format: read.format === null ? "other" : (formatWords.get(read.format) ?? read.format),
    total: isRefused ? 0 : total,
    by_severity: isRefused ? {} : sorted(severities),
    by_status: isRefused ? {} : sorted(statuses),
    ...(gate !== undefined && !isRefused && { gate }),
  };
}

function isTest(record: FindingRecord | TestRecord): record is TestRecord {
  return "statusWord" in record;
}

function count(counts: Map<string, number>, word: string): void {
  const name = word.toLowerCase();
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Links to folders below are not followed: they may lead in a ring. */
async function* filesUnder(folder: string): AsyncGenerator<ReportFile, void, undefined> {
  const entries = await entriesOf(folder);
  if (entries === null) return yield* reportFilesOf(folder);
  if ("refusal" in entries) return yield { name: folder, refusal: entries.refusal };
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else yield* reportFilesOf(path);
  }
}

/** Null for what is no folder. */
async function entriesOf(path: string): Promise<Dirent[] | { refusal: string } | null> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    const isNoFolder = error instanceof Error && "code" in error && error.code === "ENOTDIR";
    return isNoFolder ? null : { refusal: `it cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function main(): Promise<void> {
  const folder = folderOf(process.argv.slice(2));
  if (folder === "help") return console.log(usage);
  if (folder === null) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  try {
    for await (const line of readCorpus(pathFromUser(folder))) console.log(JSON.stringify(line));
  } catch (error) {
    console.error(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}

/** `help` for a request for it, null for arguments that make no sense. */
function folderOf(args: string[]): string | null {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { help: { type: "boolean", short: "h" } } });
    if (values.help === true) return "help";
    return positionals.length === 1 ? (positionals[0] ?? null) : null;
  } catch {
    return null;
  }
}

if (import.meta.main) await main();

import { createReadStream, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { createGunzip } from "node:zlib";
import { type Category, type Diagnosis, type LineConvention, openDiagnosis, openGreenLog, type Transient } from "@sentinal/diagnosis";

/** What is read of a log's line in `manifest.jsonl`, and nothing else: labels are for the one who scores. */
export type LogEntry = { readonly id: string; readonly file: string; readonly pass_file?: string; readonly line_convention: LineConvention };

/** What is said of one log. `line` is null where no cause is named; `ms` is the time from the first byte to the answer, inflating included. */
export type LogAnswer = {
  readonly id: string;
  readonly line: number | null;
  readonly category: Category;
  readonly rerun: boolean;
  readonly transient: Transient;
  readonly confidence: number;
  readonly fingerprint: string | null;
  readonly ms: number;
};

/** The entries of a folder's `manifest.jsonl`, in its order. */
export function logEntries(folder: string): LogEntry[] {
  return readFileSync(join(resolve(folder), "manifest.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const { id, file, pass_file: passFile, line_convention: convention } = JSON.parse(line) as LogEntry;
      return { id, file, line_convention: convention ?? "lf", ...(passFile === undefined || passFile === null ? {} : { pass_file: passFile }) };
    });
}

/** Diagnoses one log of a folder, beside the last passing log of the same job where there is one. */
export async function answerLog(folder: string, entry: LogEntry): Promise<LogAnswer> {
  const started = performance.now();
  const diagnosis = await diagnoseLog(folder, entry);
  const { cause, category, rerun, transient, confidence, fingerprint } = diagnosis;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  return { id: entry.id, line: cause === null || cause.line === 0 ? null : cause.line, category, rerun, transient, confidence, fingerprint, ms };
}

export async function diagnoseLog(folder: string, { file, pass_file: passFile, line_convention: convention }: LogEntry): Promise<Diagnosis> {
  const green = passFile === undefined ? null : openGreenLog(convention);
  if (green !== null && passFile !== undefined) await feed(join(folder, passFile), green);
  const diagnosis = openDiagnosis({ convention, ...(green === null ? {} : { green: green.end() }) });
  await feed(join(folder, file), diagnosis);
  return diagnosis.end();
}

/** Plain or gzip, by its first two bytes. */
async function feed(path: string, sink: { write(bytes: Uint8Array): void }): Promise<void> {
  for await (const bytes of await openLog(path)) sink.write(bytes);
}

async function openLog(path: string): Promise<AsyncIterable<Uint8Array>> {
  const first: Uint8Array[] = [];
  for await (const bytes of createReadStream(path, { start: 0, end: 1 })) first.push(bytes as Uint8Array);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  return Buffer.concat(first).equals(gzipMagic) ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file;
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

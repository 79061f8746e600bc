import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { ScanType } from "@sentinal/contract";
import {
  archiveBounds,
  ContainerProblem,
  entriesOf,
  type FindingRecord,
  inflate,
  limits,
  nameOfUnsupported,
  recognise,
  type ReportReader,
  sniffContainer,
  type TestRecord,
  type ToolGate,
} from "@sentinal/reports";
import { fileBytes } from "../reports/src/container/byte-source.ts";

/** A file, or one of an archive (`archive.zip!/entry`), and its content without compression; or why it has none. */
export type ReportFile = { name: string; content: AsyncIterable<Uint8Array> } | { name: string; refusal: string };

/** How a report was read; `refusal` says why nothing of it counts. */
export type ReadReport = { format: string | null; refusal: string | null; isPartial: boolean; problems: string[]; gates: ToolGate[] };

export type OnRecord = (record: FindingRecord | TestRecord, format: string) => void;

/** What an inflated file may hold, as when it is sent to the hub. */
const inflation = { inflatedBytes: archiveBounds.bytes, ratio: archiveBounds.ratio };

/** Readers tell each kind of problem once; more of them say nothing new. */
const mostProblems = 20;

/** What a path says of the tool, where the content says nothing: `trivy/clean.json` is `null`. The end of the path counts most. */
const hints: readonly [RegExp, ScanType][] = [
  [/trivy/i, "trivy"],
  [/(?:^|[^a-z])zap/i, "zap"],
  [/sonar/i, "sonarqube"],
  [/eslint|sarif|checkstyle|lint/i, "lint"],
];

/** The reports of a file: one, or those of an archive. Never throws: what cannot be read is a refusal. */
export async function* reportFilesOf(file: string): AsyncGenerator<ReportFile, void, undefined> {
  try {
    if (!(await stat(file)).isFile()) return yield { name: file, refusal: "it is no regular file" };
    const container = sniffContainer(await headOf(file), basename(file));
    if (container === "zip") yield* entriesOfFile(file);
    else yield { name: file, content: container === null ? bytesOf(file) : inflate(bytesOf(file), container, inflation) };
  } catch (error) {
    yield { name: file, refusal: messageOf(error) };
  }
}

/** Opens the file when it is read. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield* createReadStream(file);
}

async function* entriesOfFile(file: string): AsyncGenerator<ReportFile, void, undefined> {
  const zip = await fileBytes(file);
  let count = 0;
  try {
    for await (const entry of entriesOf(zip)) {
      count++;
      yield { name: `${file}!/${entry.shownName}`, content: entry.open() };
    }
    if (count === 0) yield { name: file, refusal: "the archive holds no files" };
  } finally {
    await zip.close();
  }
}

/**
 * Reads a report with the product's own readers, piece by piece; the content tells the format. Never throws: what cannot
 * be read is a refusal, and then nothing counts of what `onRecord` heard before.
 */
export async function readReport(file: ReportFile, onRecord: OnRecord): Promise<ReadReport> {
  const read: ReadReport = { format: null, refusal: null, isPartial: false, problems: [], gates: [] };
  if ("refusal" in file) return { ...read, refusal: file.refusal };
  try {
    const { head, whole } = await withHead(file.content);
    const reader = recognise(head, hintOf(file.name))?.reader ?? null;
    if (reader !== null) return await readWith(reader, whole, read, onRecord);
    await whole.return();
    const name = nameOfUnsupported(head);
    return { ...read, refusal: name === null ? "the content is of no known format" : `this is ${name}, which is not read` };
  } catch (error) {
    return { ...read, refusal: messageOf(error) };
  }
}

async function readWith(reader: ReportReader, source: AsyncIterable<Uint8Array>, read: ReadReport, onRecord: OnRecord): Promise<ReadReport> {
  read.format = reader.format;
  for await (const event of reader.read(source)) {
    if (event.type === "finding") onRecord(event.finding, reader.format);
    else if (event.type === "test") onRecord(event.test, reader.format);
    else if (event.type === "gate") read.gates.push(event.gate);
    else if (event.type === "problem") {
      if (read.problems.length < mostProblems) read.problems.push(event.message);
      if (event.severity === "partial") read.isPartial = true;
      if (event.severity === "refused") read.refusal ??= event.message;
    }
  }
  return read;
}

/** A path as the user means it, who may have started `npm run` in a folder below. */
export function pathFromUser(path: string): string {
  const isByNpm = process.env["npm_lifecycle_event"] === "corpus" || process.env["npm_lifecycle_event"] === "match";
  return resolve((isByNpm ? process.env["INIT_CWD"] : undefined) ?? "", path);
}

function hintOf(path: string): ScanType | undefined {
  for (const part of path.split(/[\\/]/).toReversed()) {
    const hint = hints.find(([name]) => name.test(part));
    if (hint !== undefined) return hint[1];
  }
  return undefined;
}

/** The first bytes of a content, and the whole of it, which is to be read or returned. */
async function withHead(content: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; whole: AsyncGenerator<Uint8Array, void, undefined> }> {
  const iterator = content[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let size = 0;
  let isDone = false;
  while (size < limits.headBytes && !isDone) {
    const next = await iterator.next();
    if (next.done === true) isDone = true;
    else {
      pieces.push(next.value);
      size += next.value.length;
    }
  }
  async function* whole(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* pieces.splice(0);
      for (let next = isDone ? null : await iterator.next(); next !== null && next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  const head = Buffer.concat(pieces).subarray(0, limits.headBytes);
  return { head, whole: whole() };
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ContainerProblem || !(error instanceof Error)) return error instanceof Error ? error.message : String(error);
  return `it cannot be read: ${error.message}`;
}

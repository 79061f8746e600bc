import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { redactor } from "@sentinal/diagnosis";
import { type ByteSource, ContainerProblem, entriesOf, inflate, sniffContainer, type ZipEntry } from "@sentinal/reports";
import { CommandProblem, usageProblem } from "../problem.ts";
import { jobsOf } from "./archive.ts";
import { visible } from "./visible.ts";

const gibibyte = 1024 ** 3;
/** Logs repeat themselves: they pack better than reports do, up to what Deflate can (1,032). */
const inflationBounds = { inflatedBytes: 4 * gibibyte, ratio: 1_100 };
const archiveBounds = { files: 10_000, fileBytes: 4 * gibibyte, bytes: 8 * gibibyte, ratio: 1_100 };
/** An archive's directory stands at its end, so what comes by a pipe is kept whole. */
const mostPipedArchiveBytes = 256 * 1024 * 1024;
const pieceBytes = 256 * 1024;

/** The log of one job. */
export type JobLog = {
  /** As the archive calls it; null where the file is one log. */
  readonly job: string | null;
  /** Once only. Throws CommandProblem where the bytes cannot be read or unpacked. */
  pieces(): AsyncGenerator<Uint8Array, void, undefined>;
};

export type Logs = {
  /** As it was given; `-` for standard input. */
  readonly name: string;
  readonly isArchive: boolean;
  readonly jobs: readonly JobLog[];
  close(): Promise<void>;
};

/** Where logs are read from. */
export type Place = { readonly cwd: string; readonly stdin: Readable };

/** Told of bytes as they are read from the file, packed as they are; the total is 0 where it is not known. */
export type OnRead = (bytes: number, total: number) => void;

/** Opens a log, plain or packed, or an archive of a run's logs. Throws CommandProblem. */
export async function openLogs(place: Place, name: string, onRead: OnRead): Promise<Logs> {
  if (name === "-") return openPiped(place.stdin, onRead);
  const path = resolve(place.cwd, name);
  if (await isPipe(path)) return { ...(await openPiped(createReadStream(path), onRead)), name };
  const { size, head } = await lookAt(path, name);
  if (sniffContainer(head) === "zip") return openArchive(name, path, onRead);
  const bytes = (): AsyncIterable<Buffer> => counted(createReadStream(path, { highWaterMark: pieceBytes }), size, onRead);
  return { name, isArchive: false, jobs: [{ job: null, pieces: () => told(name, unpacked(bytes(), head, name)) }], close: async () => {} };
}

/** A log without its secrets: nothing of it is read, shown or compared before. */
export async function* redacted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const stage = redactor();
  for await (const piece of pieces) yield stage.write(piece);
  yield stage.end();
}

/** What is given as `<(command)` can be read once, from its beginning. */
async function isPipe(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && (found.isFIFO() || found.isCharacterDevice());
}

async function lookAt(path: string, name: string): Promise<{ size: number; head: Buffer }> {
  try {
    const file = await open(path, "r");
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return { size: (await stat(path)).size, head: buffer.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT") throw usageProblem(`There is no file ${name}. Name a log, an archive of logs, or - for standard input.`);
    if (code === "EISDIR") throw usageProblem(`${name} is a folder. Name one file in it.`);
    throw new CommandProblem(`${name} cannot be read (${code}).`);
  }
}

async function openPiped(stdin: Readable, onRead: OnRead): Promise<Logs> {
  const bytes = counted(stdin, 0, onRead);
  const kept: Buffer[] = [];
  let length = 0;
  const keepTo = async (least: number): Promise<void> => {
    while (length < least) {
      const { done, value } = await bytes.next();
      if (done === true) return;
      kept.push(value);
      length += value.length;
    }
  };
  await keepTo(4);
  const head = Buffer.concat(kept).subarray(0, 4);
  if (sniffContainer(head) === "zip") {
    await keepTo(mostPipedArchiveBytes + 1);
    if (length > mostPipedArchiveBytes) throw new CommandProblem("The archive on standard input is larger than 256 MB. Save it to a file, and name that.");
    return archiveOf("-", sourceOf(Buffer.concat(kept)), async () => {});
  }
  async function* all(): AsyncGenerator<Buffer, void, undefined> {
    yield* kept;
    yield* bytes;
  }
  return { name: "-", isArchive: false, jobs: [{ job: null, pieces: () => told("-", unpacked(all(), head, "")) }], close: async () => {} };
}

async function openArchive(name: string, path: string, onRead: OnRead): Promise<Logs> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  const source: ByteSource = {
    size,
    async read(offset, length) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
      onRead(bytesRead, size);
      return buffer.subarray(0, bytesRead);
    },
  };
  try {
    return await archiveOf(name, source, () => file.close());
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function archiveOf(name: string, source: ByteSource, close: () => Promise<void>): Promise<Logs> {
  const entries: ZipEntry[] = [];
  try {
    for await (const entry of entriesOf(source, archiveBounds)) entries.push(entry);
  } catch (error) {
    throw problemOf(name, error);
  }
  const jobs = jobsOf(entries).map(({ job, files }) => ({ job, pieces: () => told(`${name}, ${job}`, joined(files)) }));
  if (jobs.length === 0) throw new CommandProblem(`${visible(name)} is an archive without a file. GitHub's logs of a run hold a file a job.`);
  return { name, isArchive: true, jobs, close };
}

function sourceOf(bytes: Buffer): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** The logs of a job's steps, one after the other; each begins a line. */
async function* joined(files: readonly ZipEntry[]): AsyncGenerator<Uint8Array, void, undefined> {
  let last = 10;
  for (const file of files) {
    if (last !== 10) yield Buffer.from("\n");
    for await (const piece of file.open()) {
      last = piece.at(-1) ?? last;
      yield piece;
    }
  }
}

function unpacked(bytes: AsyncIterable<Buffer>, head: Uint8Array, name: string): AsyncIterable<Buffer> {
  const container = sniffContainer(head, name);
  return container === null || container === "zip" ? bytes : inflate(bytes, container, inflationBounds);
}

async function* counted(stream: Readable, total: number, onRead: OnRead): AsyncGenerator<Buffer, void, undefined> {
  for await (const piece of stream) {
    const bytes = Buffer.from(piece as Buffer | string);
    onRead(bytes.length, total);
    yield bytes;
  }
}

async function* told(name: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* pieces;
  } catch (error) {
    throw problemOf(name, error);
  }
}

function problemOf(name: string, error: unknown): unknown {
  const shown = visible(name === "-" ? "Standard input" : name);
  if (error instanceof ContainerProblem) return new CommandProblem(`${shown} cannot be unpacked: ${error.message}.`);
  if (error instanceof Error && "syscall" in error && "code" in error) return new CommandProblem(`${shown} cannot be read (${String(error.code)}).`);
  return error;
}

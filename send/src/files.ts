import { createReadStream, globSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { Readable, Transform } from "node:stream";
import { constants, createGunzip, createGzip } from "node:zlib";
import type { ScanType } from "@sentinal/contract";
import { nameOfUnsupported, recognise } from "@sentinal/reports";
import { SendProblem } from "./problem.ts";

/** A file to send. `format` is what we take it for; the hub decides. */
export type ReportFile = {
  /** As it is shown: relative to the current folder where it lies below it. */
  name: string;
  path: string;
  sizeBytes: number;
  isGzip: boolean;
  /** A format that has a reader here, else null. */
  format: string | null;
  /** The name of the format for people; null when the content is of no kind that we know. */
  formatName: string | null;
};

const headBytes = 64 * 1024;
/** Larger files are compressed on the way; for smaller ones it saves nothing that one would notice. */
const compressFromBytes = 64 * 1024;
const mostFiles = 1_000;

/** The files that names and patterns stand for, each once, in order. Throws SendProblem when a name stands for none. */
export async function findFiles(patterns: readonly string[], cwd: string): Promise<string[]> {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    const path = isAbsolute(pattern) ? pattern : join(cwd, pattern);
    // A file whose name holds a star is that file.
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    const found = isThere ? [path] : matches(pattern, cwd);
    if (found.length === 0)
      throw new SendProblem(`${JSON.stringify(pattern)} is no file, and no file's name fits it. Check the path; patterns are taken relative to ${cwd}.`);
    for (const each of found) paths.add(each);
  }
  if (paths.size > mostFiles) throw new SendProblem(`${paths.size} files are more than the ${mostFiles} that can be sent at once. Name fewer.`);
  return [...paths];
}

function matches(pattern: string, cwd: string): string[] {
  if (!/[*?[{]/.test(pattern)) return [];
  return globSync(pattern, { cwd, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Looks at a file's size and beginning. Throws SendProblem for what cannot be read or is no file with content. */
export async function inspectFile(path: string, cwd: string, hint: ScanType | undefined): Promise<ReportFile> {
  const name = displayName(path, cwd);
  const head = await readHead(path, name);
  const isGzip = head.bytes[0] === 0x1f && head.bytes[1] === 0x8b;
  const content = isGzip ? await inflatedHead(head.bytes) : head.bytes;
  const format = recognise(content, hint)?.reader.format ?? null;
  return { name, path, sizeBytes: head.sizeBytes, isGzip, format, formatName: format ?? nameOfUnsupported(content) };
}

/** The file's bytes as they go over the wire; `onRead` hears how many of the file's own bytes were read. Nothing is held whole. */
export function openFile(file: ReportFile, isCompressed: boolean, onRead: (bytes: number) => void): Readable {
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onRead(chunk.length);
      done(null, chunk);
    },
  });
  const source = createReadStream(file.path);
  source.on("error", (error) => counter.destroy(error));
  counter.on("close", () => source.destroy());
  source.pipe(counter);
  if (!isCompressed) return counter;
  // Reports shrink to a tenth at any level; a higher one would only take longer than the network.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED + 2 });
  counter.on("error", (error) => gzip.destroy(error));
  gzip.on("close", () => counter.destroy());
  return counter.pipe(gzip);
}

export function isWorthCompressing(file: ReportFile): boolean {
  return !file.isGzip && file.sizeBytes > compressFromBytes;
}

/** A path as it is shown: from the current folder where it lies below it. */
export function displayName(path: string, cwd: string): string {
  const fromHere = relative(cwd, path);
  return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}

async function readHead(path: string, name: string): Promise<{ bytes: Uint8Array; sizeBytes: number }> {
  try {
    // Before it is opened: opening a pipe would wait for its other end.
    const facts = await stat(path);
    if (!facts.isFile()) throw new SendProblem(`${name} is no file. Name the report files themselves, or a pattern such as 'reports/*.json'.`);
    if (facts.size === 0) throw new SendProblem(`${name} is empty: the tool wrote no report. Look at its own output.`);
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return { bytes: buffer.subarray(0, bytesRead), sizeBytes: facts.size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new SendProblem(`${name} cannot be read (${String(error.code)}).`);
    throw error;
  }
}

/** The beginning of what a gzip stream holds, by its own beginning; a small file may inflate to gigabytes. */
async function inflatedHead(bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Without its end the stream still gives what came before.
    for await (const chunk of Readable.from([bytes]).pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }))) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= headBytes) break;
    }
  } catch {
    return bytes;
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
}

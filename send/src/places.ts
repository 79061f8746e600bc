import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { createGunzip } from "node:zlib";
import { contentHashOf, readerOf } from "@sentinal/reports";
import type { Environment } from "./environment.ts";
import { openFile, type ReportFile } from "./files.ts";
import { gitFolder } from "./git-facts.ts";

/** Lines of each path that a report tells findings of. */
type Lines = Map<string, Set<number>>;

const mostLines = 200_000;
const mostFiles = 20_000;
const mostFileBytes = 5 * 1024 * 1024;
/** Of all files together; to read more would take longer than anybody waits. */
const mostSourceBytes = 1024 ** 3;
/** The hub takes 64 MB. */
const mostPlacesBytes = 60 * 1024 * 1024;
const mostReportBytes = 1024 ** 3;

/** The folder that the repository's files lie in: the runner's workspace, else git's, else the current one. Null when there is none of them. */
export async function sourceFolder(environment: Environment, cwd: string): Promise<string | null> {
  for (const folder of [environment["GITHUB_WORKSPACE"], await gitFolder(cwd), cwd]) {
    const real = folder === undefined || folder === "" ? null : await realpath(folder).catch(() => null);
    if (real !== null) return real;
  }
  return null;
}

/**
 * The hashes of the lines of source that a report tells findings of, as JSON: `{path: {line: hash}}`, at most 60 MB. By
 * them the hub knows a finding again although lines were moved and messages changed. Only hashes leave the machine, and
 * only of files under `folder` (from `sourceFolder`). Null when there are none, also for a report that cannot be read.
 * @param onRead hears how many bytes of the report were read
 */
export async function findPlaces(file: ReportFile, folder: string, format: string | null, onRead: (bytes: number) => void): Promise<Buffer | null> {
  const lines = await linesOf(file, format, onRead).catch(() => null);
  return lines === null || lines.size === 0 ? null : hashesOf(lines, folder);
}

async function linesOf(file: ReportFile, format: string | null, onRead: (bytes: number) => void): Promise<Lines | null> {
  const reader = readerOf(format ?? file.format ?? "");
  if (reader === null) return null;
  const lines: Lines = new Map();
  let count = 0;
  for await (const event of reader.read(contentOf(file, onRead))) {
    if (event.type === "problem" && event.severity === "refused") return null;
    if (event.type !== "finding" || !event.finding.isPlaced) continue;
    const { path, line } = event.finding;
    if (path === null || line === null || !Number.isSafeInteger(line) || line < 1) continue;
    const known = lines.get(path);
    if (known?.has(line) === true || (known === undefined && lines.size >= mostFiles)) continue;
    if (known === undefined) lines.set(path, new Set([line]));
    else known.add(line);
    if (++count >= mostLines) break;
  }
  return lines;
}

async function* contentOf(file: ReportFile, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const source = openFile(file, false, onRead);
  const content = file.isGzip ? source.pipe(createGunzip()) : source;
  if (content !== source) source.on("error", (error) => content.destroy(error));
  let bytes = 0;
  try {
    for await (const piece of content) {
      bytes += piece.length;
      if (bytes > mostReportBytes) throw new Error("the report is larger than any that the hub takes");
      yield piece;
    }
  } finally {
    source.destroy();
  }
}

/** Written piece by piece: a path may be any text, also one that an object would take for something else. */
async function hashesOf(lines: Lines, folder: string): Promise<Buffer | null> {
  const pieces: string[] = [];
  let bytes = 0;
  let sourceBytes = 0;
  for (const [path, wanted] of lines) {
    const source = sourceBytes > mostSourceBytes ? null : await sourceAt(folder, path);
    if (source === null) continue;
    sourceBytes += source.length;
    const hashes = hashesIn(source, wanted);
    if (hashes.length === 0) continue;
    const piece = `${JSON.stringify(path)}:{${hashes.join(",")}}`;
    bytes += Buffer.byteLength(piece) + 1;
    if (bytes > mostPlacesBytes) break;
    pieces.push(piece);
  }
  return pieces.length === 0 ? null : Buffer.from(`{${pieces.join(",")}}`);
}

function hashesIn(source: string, wanted: ReadonlySet<number>): string[] {
  let last = 0;
  for (const line of wanted) last = Math.max(last, line);
  const lines = source.split(/\r\n|\r|\n/, Math.min(last, source.length + 1));
  return [...wanted].flatMap((line) => {
    const text = lines[line - 1];
    return text === undefined ? [] : [`"${line}":"${contentHashOf(text)}"`];
  });
}

/** A regular file of at most 5 MB below the folder, by no way that leads out of it; null for everything else. */
async function sourceAt(folder: string, path: string): Promise<string | null> {
  if (path.includes("\0") || path.split(/[\\/]/).includes("..")) return null;
  try {
    const real = await realpath(resolve(folder, path));
    const below = relative(folder, real);
    if (below === "" || isAbsolute(below) || below === ".." || below.startsWith(`..${sep}`)) return null;
    // Git's own files are no source, and may hold the token of the checkout.
    if (below.split(sep).some((part) => part.toLowerCase() === ".git")) return null;
    // Never waits for the other end of a pipe, and follows no link that was put there since.
    const file = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const facts = await file.stat();
      return facts.isFile() && facts.size <= mostFileBytes ? await file.readFile("utf8") : null;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}

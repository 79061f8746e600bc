import { hash, randomUUID } from "node:crypto";
import { type Changes, type IntakeAnswer, severities, type SeverityCounts, type TestCounts, type Warning } from "@sentinal/contract";
import {
  archiveBounds,
  type ByteSource,
  ContainerProblem,
  entriesOf,
  limits,
  nameOfUnsupported,
  type ReportReader,
  recognise,
  type ZipEntry,
} from "@sentinal/reports";
import type { ScanType } from "@sentinal/contract";
import type { Database } from "../database/index.ts";
import { HttpError } from "../http/index.ts";
import type { ReadingPool } from "../reading/index.ts";
import type { Arrival } from "./arrival.ts";
import type { Intake } from "./intake.ts";
import { storedBytes } from "./stored-bytes.ts";

/** An archive is read in memory; larger reports are sent by themselves. */
export const archiveBytes = 64 * 1024 * 1024;
const bounds = { ...archiveBounds, fileBytes: 64 * 1024 * 1024, bytes: 256 * 1024 * 1024 };
/** Files that are named when they could not be read; of the others there is the number. */
const mostNamed = 20;

type Readable = { entry: ZipEntry; reader: ReportReader; scanType: ScanType; scope: string };
type Unread = { name: string; reason: string };

export type ArchiveDependencies = { db: Database; intake: Intake; reading: Pick<ReadingPool, "readWhole"> };

/**
 * Takes each report of a ZIP archive as if it had been sent by itself. Reports of one tool and target are parts of one
 * scan: what is missing from one of them is not fixed when another has it. Answers for all of them together, with the
 * last import's id. Throws HttpError 422 when none of the files can be read, and then nothing is stored.
 */
export async function acceptArchive(
  dependencies: ArchiveDependencies,
  arrival: Omit<Arrival, "importId" | "report" | "sha256">,
  zip: Buffer,
): Promise<IntakeAnswer> {
  if (arrival.facts.shard !== undefined) {
    throw new HttpError("field_invalid", "shard cannot be told of an archive.", {
      errors: [{ field: "shard", problem: "is told of an archive, whose files are parts already", fix: "Send the files of the parts by themselves." }],
    });
  }
  const { readable, unread } = await survey(dependencies.reading, arrival.scanType, zip);
  if (readable.length === 0) {
    const reasons = unread.slice(0, mostNamed).map(({ name, reason }) => `${name}: ${reason}`);
    throw new HttpError("report_refused", reasons.length === 0 ? "The archive holds no files." : `No file of the archive can be read. ${reasons.join("; ")}`);
  }
  // What could not be read may be a part of any of them: a scan that lacks a part fixes nothing.
  const places = new Map<string, { next: number; total: number }>();
  for (const { scope } of readable) places.set(scope, { next: 0, total: (places.get(scope)?.total ?? unread.length) + 1 });
  const warnings = warningsOf(readable.length, unread);

  const answers: IntakeAnswer[] = [];
  for (const { entry, reader, scanType, scope } of readable) {
    const part = places.get(scope) ?? { next: 0, total: 1 };
    const shard = part.total === 1 ? undefined : { index: ++part.next, total: part.total };
    const bytes = await contentOf(entry);
    const facts = shard === undefined ? arrival.facts : { ...arrival.facts, shard };
    const one: Arrival = {
      ...arrival,
      facts,
      warnings: [...arrival.warnings, ...warnings],
      envelope: { ...arrival.envelope, ...facts, file: entry.shownName },
      importId: randomUUID(),
      report: { reader, scanType, bytes, sizeBytes: bytes.length, encoding: null, places: null },
      sha256: hash("sha256", bytes, "buffer"),
    };
    answers.push(await dependencies.intake.accept(one));
  }
  return together(answers, warnings);
}

/** The bytes of an archive that was received: in memory, or stored in pieces already. Throws HttpError 413 for a larger one. */
export async function archiveOf(db: Database, importId: string, body: { bytes: Buffer | null; wireBytes: number }): Promise<Buffer> {
  if (body.wireBytes > archiveBytes) {
    throw new HttpError("body_too_large", `An archive may be ${archiveBytes / (1024 * 1024)} MB large. Send its files by themselves; they may be gzip.`);
  }
  if (body.bytes !== null) return body.bytes;
  const pieces: Buffer[] = [];
  for await (const piece of storedBytes(db, importId)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Which files are reports, and of which tool and target. */
async function survey(reading: ArchiveDependencies["reading"], hint: ScanType, zip: Buffer): Promise<{ readable: Readable[]; unread: Unread[] }> {
  const readable: Readable[] = [];
  const unread: Unread[] = [];
  try {
    for await (const entry of entriesOf(memory(zip), bounds)) {
      const found = await surveyEntry(reading, hint, entry);
      if ("reason" in found) unread.push(found);
      else readable.push(found);
    }
  } catch (error) {
    if (!(error instanceof ContainerProblem)) throw error;
    unread.push({ name: "the archive", reason: error.message });
  }
  return { readable, unread };
}

async function surveyEntry(reading: ArchiveDependencies["reading"], hint: ScanType, entry: ZipEntry): Promise<Readable | Unread> {
  const name = entry.shownName;
  try {
    const bytes = await contentOf(entry);
    const head = bytes.subarray(0, limits.headBytes);
    const recognised = recognise(head, hint);
    if (recognised === null) return { name, reason: nameOfUnsupported(head) ?? "is of no known format" };
    const { reader } = recognised;
    const read = await reading.readWhole(reader.format, bytes, null);
    if (read.refusal !== null) return { name, reason: read.refusal.message };
    const scanType = read.summary?.scanType ?? recognised.scanType;
    return { entry, reader, scanType, scope: JSON.stringify([scanType, read.summary?.tool ?? reader.format, read.summary?.artifactScope ?? ""]) };
  } catch (error) {
    if (error instanceof ContainerProblem) return { name, reason: error.message };
    throw error;
  }
}

async function contentOf(entry: ZipEntry): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  for await (const piece of entry.open()) pieces.push(piece);
  return Buffer.concat(pieces);
}

function memory(bytes: Buffer): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

function warningsOf(readable: number, unread: readonly Unread[]): Warning[] {
  if (unread.length === 0) return [];
  const named = unread.slice(0, mostNamed).map(({ name, reason }) => ({ code: "file_not_read", message: `${name}: ${reason}` }));
  return [{ code: "files_read", message: `${readable} of ${readable + unread.length} files were read.` }, ...named];
}

/** One answer for several reports of one run: what is not known of one of them is not known of all. */
function together(answers: readonly IntakeAnswer[], warnings: readonly Warning[]): IntakeAnswer {
  const last = answers.at(-1);
  if (last === undefined) throw new Error("an archive without reports was not refused");
  const waiting = answers.find(({ status }) => status === "queued" || status === "running");
  const isPartial = warnings.length > 0 || answers.some(({ status }) => status === "partial");
  return {
    ...last,
    import_id: (waiting ?? last).import_id,
    status: waiting?.status ?? (isPartial ? "partial" : last.status),
    counts: sumOfCounts(answers.map(({ counts }) => counts)),
    changes: sumOfChanges(answers.map(({ changes }) => changes)),
    // What was wrong with the archive as a whole stands with each of its reports, and is said once.
    warnings: [...new Map([...warnings, ...answers.flatMap((answer) => answer.warnings)].map((warning) => [JSON.stringify(warning), warning])).values()],
  };
}

/** Of tests alone their counts; where there are findings too, those: the run's page shows each scan. */
function sumOfCounts(list: readonly IntakeAnswer["counts"][]): SeverityCounts | TestCounts | null {
  if (list.includes(null)) return null;
  const ofFindings = list.filter((counts): counts is SeverityCounts => counts !== null && "critical" in counts);
  const names = ofFindings.length > 0 ? [...severities, "total"] : ["passed", "failed", "skipped", "flaky", "errors", "total"];
  const from: readonly Record<string, number>[] = ofFindings.length > 0 ? ofFindings : list.filter((counts) => counts !== null);
  return Object.fromEntries(names.map((name) => [name, from.reduce((sum, counts) => sum + (counts[name] ?? 0), 0)])) as SeverityCounts | TestCounts;
}

function sumOfChanges(list: readonly (Changes | null)[]): Changes | null {
  const known = list.filter((changes) => changes !== null);
  if (known.length === 0) return null;
  const sum: Changes = { new: 0, fixed: 0, reopened: 0, unchanged: 0 };
  for (const changes of known) for (const name of ["new", "fixed", "reopened", "unchanged"] as const) sum[name] += changes[name];
  return sum;
}

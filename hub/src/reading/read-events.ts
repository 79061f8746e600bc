import { setImmediate } from "node:timers/promises";
import type { Warning } from "@sentinal/contract";
import type { FindingRecord, ReportEvent, ReportReader, ReportSummary, ToolGate } from "@sentinal/reports";
import { type Sighting, sightingOf } from "./sightings.ts";

/** How a report could be read, without its findings. */
export type Reading = {
  summary: ReportSummary | null;
  gate: ToolGate | null;
  warnings: Warning[];
  isPartial: boolean;
  /** Why it cannot be taken at all; null when it can. */
  refusal: Warning | null;
};

/** The hash of the source at a finding's place, as the sender told it; null where it told none. */
export type ContentOf = (finding: FindingRecord) => string | null;

/** Findings written by one statement. */
const batchSize = 2_000;
/** Warnings shown of one report; more of the same say nothing new. */
const mostWarnings = 50;
/** A piece is read at once; between pieces others get their turn. */
const sliceBytes = 256 * 1024;

/** Reads a whole report that is in memory. */
export async function readWhole(reader: ReportReader, bytes: Uint8Array, contentOf: ContentOf): Promise<Reading & { sightings: Sighting[] }> {
  const sightings: Sighting[] = [];
  const reading = await readEvents(reader.read(slices(bytes)), (finding) => sightings.push(sightingOf(finding, contentOf(finding))));
  return { ...reading, sightings };
}

/** Reads a report for what it says of itself; nothing of its findings is kept. `onProgress` hears how many there are so far. */
export async function surveyReport(
  reader: ReportReader,
  source: AsyncIterable<Uint8Array>,
  onProgress: (findings: number) => void,
): Promise<Reading & { findings: number }> {
  let findings = 0;
  const reading = await readEvents(reader.read(source), () => {
    findings++;
    if (findings % batchSize === 0) onProgress(findings);
  });
  return { ...reading, findings };
}

/** The findings of a report in batches, as they are read. */
export async function* sightingBatches(reader: ReportReader, source: AsyncIterable<Uint8Array>, contentOf: ContentOf): AsyncGenerator<Sighting[]> {
  let batch: Sighting[] = [];
  for await (const event of reader.read(source)) {
    if (event.type !== "finding") continue;
    batch.push(sightingOf(event.finding, contentOf(event.finding)));
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** In batches what is already in memory. A list, not a generator: a transaction that is run again goes through it again. */
export function batchesOf(sightings: readonly Sighting[]): (readonly Sighting[])[] {
  const count = Math.ceil(sightings.length / batchSize);
  return Array.from({ length: count }, (_, index) => sightings.slice(index * batchSize, (index + 1) * batchSize));
}

async function readEvents(events: AsyncIterable<ReportEvent>, onFinding: (finding: FindingRecord) => void): Promise<Reading> {
  const reading: Reading = { summary: null, gate: null, warnings: [], isPartial: false, refusal: null };
  for await (const event of events) {
    if (event.type === "finding") onFinding(event.finding);
    else if (event.type === "gate") reading.gate = event.gate;
    else if (event.type === "summary") reading.summary = event.summary;
    else if (event.type === "problem") noteProblem(reading, event);
  }
  return reading;
}

function noteProblem(reading: Reading, problem: Extract<ReportEvent, { type: "problem" }>): void {
  const warning = { code: problem.code, message: problem.message };
  if (problem.severity === "refused") reading.refusal ??= warning;
  if (problem.severity === "partial") reading.isPartial = true;
  if (reading.warnings.length < mostWarnings) reading.warnings.push(warning);
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    if (start > 0) await setImmediate();
    yield bytes.subarray(start, start + sliceBytes);
  }
}

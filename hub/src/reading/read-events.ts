import { setImmediate } from "node:timers/promises";
import type { Warning } from "@sentinal/contract";
import type { EntryMemory, FindingRecord, ReportEvent, ReportReader, ReportSummary, ToolGate } from "@sentinal/reports";
import { type Batch, createBatching } from "./batches.ts";
import type { Sighting } from "./sightings.ts";

/** How a report could be read, without its findings and tests. */
export type Reading = {
  summary: ReportSummary | null;
  gate: ToolGate | null;
  warnings: Warning[];
  isPartial: boolean;
  /** Why it cannot be taken at all; null when it can. */
  refusal: Warning | null;
};

/** Progress is told after so many findings or tests. */
const tellEvery = 2_000;
/** Warnings shown of one report; more of the same say nothing new. */
const mostWarnings = 50;
/** A piece is read at once; between pieces others get their turn. */
const sliceBytes = 256 * 1024;

/** What becomes of a finding that was read. */
type ToSighting = (finding: FindingRecord) => Sighting;

/** Reads a whole report that is in memory. */
export async function readWhole(
  reader: ReportReader,
  bytes: Uint8Array,
  { toSighting, memory }: { toSighting: ToSighting; memory: EntryMemory },
): Promise<Reading & { batches: Batch[] }> {
  const batching = createBatching(toSighting);
  const batches: Batch[] = [];
  const keep = (batch: Batch | null) => void (batch === null || batches.push(batch));
  const reading = await readEvents(reader.read(slices(bytes), { memory }), (event) => keep(batching.add(event)));
  keep(batching.rest());
  return { ...reading, batches };
}

/** Reads a report for what it says of itself; nothing else of it is kept. `onProgress` hears how many findings or tests there are so far. */
export async function surveyReport(
  reader: ReportReader,
  source: AsyncIterable<Uint8Array>,
  onProgress: (records: number) => void,
): Promise<Reading & { records: number }> {
  let records = 0;
  const reading = await readEvents(reader.read(source), () => {
    records++;
    if (records % tellEvery === 0) onProgress(records);
  });
  return { ...reading, records };
}

/** What a report holds in batches, as it is read. */
export async function* readBatches(reader: ReportReader, source: AsyncIterable<Uint8Array>, toSighting: ToSighting): AsyncGenerator<Batch> {
  const batching = createBatching(toSighting);
  for await (const event of reader.read(source)) {
    const batch = batching.add(event);
    if (batch !== null) yield batch;
  }
  const rest = batching.rest();
  if (rest !== null) yield rest;
}

async function readEvents(events: AsyncIterable<ReportEvent>, onRecord: (event: ReportEvent) => void): Promise<Reading> {
  const reading: Reading = { summary: null, gate: null, warnings: [], isPartial: false, refusal: null };
  for await (const event of events) {
    if (event.type === "finding" || event.type === "test") onRecord(event);
    else if (event.type === "gate") reading.gate = event.gate;
    else if (event.type === "summary") reading.summary = event.summary;
    else noteProblem(reading, event);
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

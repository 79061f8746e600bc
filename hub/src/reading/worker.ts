import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";
import { createEntryMemory, type Encoding, type FindingRecord, readerOf, type ReportReader } from "@sentinal/reports";
import { type Piece, inflated, pack, unpack } from "./pieces.ts";
import { contentOfPlaces, problemOfPlaces } from "./places.ts";
import type { Batch } from "./batches.ts";
import { type Sighting, sightingOf } from "./sightings.ts";
import { readBatches, type Reading, readWhole, surveyReport } from "./read-events.ts";

/** What the threads of the pool do, by name; see `pool.ts`, which alone calls it. */

export type WholeOrder = { format: string; bytes: Uint8Array; places: Uint8Array | null };
export type WholeReading = Reading & { batches: Batch[]; pieces: Piece[] };

export async function whole({ format, bytes, places }: WholeOrder): Promise<WholeReading> {
  const pieces = pack(bytes);
  const reading = await readWhole(knownReader(format), bytes, { toSighting: places === null ? recallSighting : sightingWith(places), memory });
  return { ...reading, pieces };
}

/** Twice so many characters of JSON, and what was read from them, for each thread. */
const memory = createEntryMemory(4 * 1024 * 1024);
const sightings = new WeakMap<FindingRecord, Sighting>();

/** The sighting of a finding as the report tells it; made once as long as the finding is remembered. */
function recallSighting(finding: FindingRecord): Sighting {
  let sighting = sightings.get(finding);
  if (sighting === undefined) {
    sighting = sightingOf(finding, null);
    sightings.set(finding, sighting);
  }
  return sighting;
}

function sightingWith(places: Uint8Array | null): (finding: FindingRecord) => Sighting {
  const contentOf = contentOfPlaces(places);
  return (finding) => sightingOf(finding, contentOf(finding));
}

export async function places(stored: Uint8Array): Promise<string | null> {
  return problemOfPlaces(stored);
}

export type StreamOrder = { format: string; encoding: Encoding | null; places: Uint8Array | null; port: MessagePort };
/** From the thread: it wants the next stored piece, has a batch and waits until it is taken, or has come so far. */
export type FromThread = { type: "piece" } | { type: "batch"; batch: Batch } | { type: "progress"; records: number };
/** To the thread: the next stored piece (null after the last), or that the batch was taken. */
export type ToThread = { piece: Uint8Array | null } | { isTaken: true };

export async function survey({ format, encoding, port }: StreamOrder): Promise<Reading & { records: number }> {
  try {
    const source = inflated(piecesFrom(port), encoding);
    return await surveyReport(knownReader(format), source, (records) => port.postMessage({ type: "progress", records } satisfies FromThread));
  } finally {
    port.close();
  }
}

export async function batches({ format, encoding, places, port }: StreamOrder): Promise<void> {
  try {
    const source = inflated(piecesFrom(port), encoding);
    for await (const batch of readBatches(knownReader(format), source, sightingWith(places))) await ask(port, { type: "batch", batch });
  } finally {
    port.close();
  }
}

async function* piecesFrom(port: MessagePort): AsyncGenerator<Uint8Array> {
  for (;;) {
    const answer = await ask(port, { type: "piece" });
    if (!("piece" in answer) || answer.piece === null) return;
    yield unpack(answer.piece);
  }
}

async function ask(port: MessagePort, message: FromThread): Promise<ToThread> {
  const answer = once(port, "message");
  port.postMessage(message);
  const [told] = await answer;
  return told;
}

function knownReader(format: string): ReportReader {
  const reader = readerOf(format);
  if (reader === null) throw new Error(`there is no reader for ${format}`);
  return reader;
}

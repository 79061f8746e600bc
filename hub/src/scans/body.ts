import { createHash, type Hash, hash } from "node:crypto";
import { ContainerProblem, type Encoding, inflate, sniffContainer } from "@sentinal/reports";
import { HttpError } from "../http/index.ts";

/** Bytes kept from the start of a report, to recognise its format by. */
const headBytes = 64 * 1024;
const mostRatio = 100;
const pieceBytes = 1024 * 1024;

export type BodyLimits = {
  /** Most inflated bytes; beyond: 413. */
  inflatedBytes: number;
  /** Inflated bodies up to this size are kept in memory whole. */
  keepBytes: number;
};

export type ReceivedBody = {
  /** The inflated bytes, when there are at most `keepBytes`; null when they were stored in pieces only. */
  bytes: Buffer<ArrayBuffer> | null;
  head: Uint8Array;
  inflatedBytes: number;
  wireBytes: number;
  /** Over the inflated bytes: the same report is the same, compressed or not. Reckoned when it is asked for, where the bytes are kept. */
  sha256(): Buffer;
  /** How it was compressed; null: not at all. */
  encoding: Encoding | null;
};

/**
 * Reads a body as it comes and inflates it (as it was announced, or as its first bytes tell), within the limits.
 * Beyond `keepBytes` the wire's bytes go to `store` in pieces of 1 MiB, so that memory stays bounded.
 * Throws HttpError 400 (cut off, broken), 413 (too large, bomb), 415 (other encodings).
 */
export async function receiveBody(
  wire: AsyncIterable<Uint8Array>,
  options: { contentEncoding: string | undefined; limits: BodyLimits; store?: (ordinal: number, piece: Buffer) => Promise<void> },
): Promise<ReceivedBody> {
  const { limits, store } = options;
  const announced = announcedEncoding(options.contentEncoding ?? "");

  /** Only of what is not kept whole. */
  const streamed: { hash: Hash | null } = { hash: null };
  const kept: Buffer[] = [];
  const head: Buffer[] = [];
  let headLength = 0;
  let inflated = 0;
  let wireLength = 0;

  const pieces = createPieces(store);

  async function* tapped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      wireLength += buffer.length;
      await pieces.add(buffer);
      yield buffer;
    }
  }

  async function take(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      inflated += chunk.length;
      if (inflated > limits.inflatedBytes) throw tooLarge(wireLength < inflated, limits);
      if (headLength < headBytes) {
        head.push(chunk.subarray(0, headBytes - headLength));
        headLength += Math.min(chunk.length, headBytes - headLength);
      }
      if (inflated <= limits.keepBytes) {
        kept.push(chunk);
        continue;
      }
      streamed.hash ??= hashOf(kept);
      streamed.hash.update(chunk);
      if (store !== undefined) {
        kept.length = 0;
        await pieces.spill();
      }
    }
  }

  let encoding: Encoding | null;
  try {
    const { start, source } = await peek(tapped(wire));
    encoding = announced ?? compressionOf(start);
    await take(encoding === null ? source : inflate(source, encoding, { inflatedBytes: limits.inflatedBytes, ratio: mostRatio }));
  } catch (error) {
    throw bodyError(error, limits);
  }
  const bytes = streamed.hash === null ? Buffer.concat(kept) : null;
  if (bytes === null) await pieces.end();
  const digest = streamed.hash?.digest();
  return {
    bytes,
    head: Buffer.concat(head),
    inflatedBytes: inflated,
    wireBytes: wireLength,
    sha256: () => digest ?? hash("sha256", bytes ?? Buffer.alloc(0), "buffer"),
    encoding,
  };
}

function hashOf(chunks: readonly Buffer[]): Hash {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash;
}

function tooLarge(isInflated: boolean, limits: BodyLimits): HttpError {
  return new HttpError(isInflated ? "inflated_too_large" : "body_too_large", `The body is larger than ${Math.floor(limits.inflatedBytes / (1024 * 1024))} MB.`);
}

/** Collects the wire's bytes into pieces of one size; they are only stored once `spill` has been called. */
function createPieces(store: ((ordinal: number, piece: Buffer) => Promise<void>) | undefined) {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let ordinal = 0;
  let isSpilling = false;

  // The wire and the inflated side both ask for it, at the same time: one after the other, each piece cut off before it is awaited.
  let storing: Promise<void> = Promise.resolve();
  function storeFull(): Promise<void> {
    storing = storing.then(storePieces);
    return storing;
  }

  async function storePieces(): Promise<void> {
    while (store !== undefined && waitingBytes >= pieceBytes) {
      const all = Buffer.concat(waiting);
      waiting = [all.subarray(pieceBytes)];
      waitingBytes = all.length - pieceBytes;
      await store(ordinal++, all.subarray(0, pieceBytes));
    }
  }

  return {
    async add(buffer: Buffer): Promise<void> {
      if (store === undefined) return;
      waiting.push(buffer);
      waitingBytes += buffer.length;
      if (isSpilling) await storeFull();
    },
    async spill(): Promise<void> {
      if (isSpilling) return;
      isSpilling = true;
      await storeFull();
    },
    async end(): Promise<void> {
      if (store === undefined || waitingBytes === 0) return;
      await storeFull();
      if (waitingBytes > 0) await store(ordinal++, Buffer.concat(waiting));
    },
  };
}

const encodings: ReadonlyMap<string, Encoding | null> = new Map([
  ["", null],
  ["identity", null],
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["br", "br"],
  ["zstd", "zstd"],
  ["deflate", "deflate"],
]);

/** The encoding that the header names; null for none, which the body itself may still tell. */
function announcedEncoding(header: string): Encoding | null {
  const encoding = encodings.get(header.trim().toLowerCase());
  if (encoding === undefined) throw new HttpError("encoding_unknown", `content-encoding ${header.slice(0, 50)} is not known.`);
  return encoding;
}

/** What a body that announces nothing is compressed with; an archive is none of these. */
function compressionOf(start: Uint8Array): Encoding | null {
  const container = sniffContainer(start);
  return container === "gzip" || container === "zstd" ? container : null;
}

/** The first four bytes, and the whole. */
async function peek(source: AsyncGenerator<Buffer>): Promise<{ start: Buffer; source: AsyncIterable<Buffer> }> {
  const first: Buffer[] = [];
  let length = 0;
  while (length < 4) {
    const next = await source.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const start = Buffer.concat(first);
  async function* whole(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start;
    yield* source;
  }
  return { start, source: whole() };
}

function bodyError(error: unknown, limits: BodyLimits): unknown {
  if (error instanceof HttpError) return error;
  if (error instanceof ContainerProblem) return containerError(error, limits);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE" ? new HttpError("body_incomplete") : error;
}

function containerError({ code, message }: ContainerProblem, limits: BodyLimits): HttpError {
  if (code === "cut_off") return new HttpError("body_incomplete", `${message}.`);
  if (code === "too_large") return tooLarge(true, limits);
  if (code === "ratio_exceeded" || code === "holds_nothing" || code === "too_many") return new HttpError("inflated_too_large", `${message}.`);
  return new HttpError("bad_request", `${message}.`);
}

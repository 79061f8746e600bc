import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { HttpError } from "../http/index.ts";

/** Bytes kept from the start of a report, to recognise its format by. */
const headBytes = 64 * 1024;
/** Ratios are judged only beyond this size: a small body of one letter is no bomb. */
const ratioFromBytes = 8 * 1024 * 1024;
const mostRatio = 100;
/** Wire bytes that a gzip stream may be ahead of what it inflates to; one that holds next to nothing would fill the memory. */
const mostAheadBytes = 8 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

export type BodyLimits = {
  /** Most inflated bytes; beyond: 413. */
  inflatedBytes: number;
  /** Inflated bodies up to this size are kept in memory whole. */
  keepBytes: number;
};

export type ReceivedBody = {
  /** The inflated bytes, when there are at most `keepBytes`; null when they were stored in pieces only. */
  bytes: Buffer | null;
  head: Uint8Array;
  inflatedBytes: number;
  wireBytes: number;
  /** Over the inflated bytes: the same report is the same, compressed or not. */
  sha256: Buffer;
  isGzip: boolean;
};

/**
 * Reads a body as it comes, inflating gzip (announced, or told by its first bytes), within the limits.
 * Beyond `keepBytes` the wire's bytes go to `store` in pieces of 1 MiB, so that memory stays bounded.
 * Throws HttpError 400 (cut off, broken), 413 (too large, bomb), 415 (other encodings).
 */
export async function receiveBody(
  wire: AsyncIterable<Uint8Array>,
  options: { contentEncoding: string | undefined; limits: BodyLimits; store?: (ordinal: number, piece: Buffer) => Promise<void> },
): Promise<ReceivedBody> {
  const { limits, store } = options;
  const encoding = (options.contentEncoding ?? "identity").trim().toLowerCase();
  if (encoding !== "gzip" && encoding !== "x-gzip" && encoding !== "identity" && encoding !== "")
    throw new HttpError("encoding_unknown", `content-encoding ${encoding.slice(0, 50)} is not known.`);

  const hash = createHash("sha256");
  const kept: Buffer[] = [];
  const head: Buffer[] = [];
  let headLength = 0;
  let inflated = 0;
  let wireLength = 0;

  const pieces = createPieces(store);

  async function* tapped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      // Before this chunk is added: of those before it nearly all has been inflated.
      if (wireLength > inflated + mostAheadBytes) throw new HttpError("body_too_large", "The gzip stream holds next to nothing.");
      wireLength += buffer.length;
      await pieces.add(buffer);
      yield buffer;
    }
  }

  async function take(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      inflated += chunk.length;
      checkSize(inflated, wireLength, limits);
      hash.update(chunk);
      if (headLength < headBytes) {
        head.push(chunk.subarray(0, headBytes - headLength));
        headLength += Math.min(chunk.length, headBytes - headLength);
      }
      if (inflated <= limits.keepBytes) kept.push(chunk);
      else if (store !== undefined) {
        kept.length = 0;
        await pieces.spill();
      }
    }
  }

  const { isGzip, source } = await peekGzip(tapped(wire), encoding !== "identity" && encoding !== "");
  try {
    if (isGzip) await pipeline(source, createGunzip(), take);
    else await take(source);
  } catch (error) {
    throw bodyError(error);
  }
  const isWhole = inflated <= limits.keepBytes;
  if (!isWhole) await pieces.end();
  return {
    bytes: isWhole ? Buffer.concat(kept) : null,
    head: Buffer.concat(head),
    inflatedBytes: inflated,
    wireBytes: wireLength,
    sha256: hash.digest(),
    isGzip,
  };
}

function checkSize(inflated: number, wire: number, limits: BodyLimits): void {
  if (inflated > limits.inflatedBytes) {
    throw new HttpError(
      wire < inflated ? "inflated_too_large" : "body_too_large",
      `The body is larger than ${Math.floor(limits.inflatedBytes / (1024 * 1024))} MB.`,
    );
  }
  if (inflated > ratioFromBytes && inflated > wire * mostRatio)
    throw new HttpError("inflated_too_large", `The body inflates to more than ${mostRatio} times its size.`);
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

/** Tells gzip by its first two bytes; a body that is announced as gzip and is none is refused. */
async function peekGzip(source: AsyncGenerator<Buffer>, isAnnounced: boolean): Promise<{ isGzip: boolean; source: AsyncIterable<Buffer> }> {
  const first: Buffer[] = [];
  let length = 0;
  try {
    while (length < 2) {
      const next = await source.next();
      if (next.done === true) break;
      first.push(next.value);
      length += next.value.length;
    }
  } catch (error) {
    throw bodyError(error);
  }
  const start = Buffer.concat(first);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  if (isAnnounced && !isGzip) throw new HttpError("bad_request", "content-encoding says gzip, and the body is not gzip.");
  async function* whole(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start;
    yield* source;
  }
  return { isGzip, source: whole() };
}

function bodyError(error: unknown): unknown {
  if (error instanceof HttpError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR" || code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") return new HttpError("body_incomplete");
  if (code.startsWith("Z_")) return new HttpError("bad_request", "The gzip stream is damaged.");
  return error;
}

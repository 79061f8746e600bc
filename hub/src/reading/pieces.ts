import { Readable } from "node:stream";
import { constants, createGunzip, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { ContentEncoding } from "./pool.ts";

/** A piece of the bytes that were received, as it is stored: a Zstandard frame. */
export type Piece = Uint8Array;

const pieceBytes = 1024 * 1024;
/** A report of 130 KB becomes 12 KB in 0.2 ms; PostgreSQL's own compression would take ten times as long, in its process. */
const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 64 * 1024 };

/** Cuts and compresses bytes that are in memory. */
export function pack(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) pieces.push(zstdCompressSync(bytes.subarray(start, start + pieceBytes), fastest));
  return pieces;
}

export function unpack(piece: Piece): Uint8Array {
  return zstdDecompressSync(piece);
}

/** The same bytes without the sender's compression. Nothing is read before it is asked for: an error that nobody waits for would end the process. */
export async function* inflated(source: AsyncIterable<Uint8Array>, encoding: ContentEncoding): AsyncGenerator<Uint8Array> {
  if (encoding !== "gzip") {
    yield* source;
    return;
  }
  const compressed = Readable.from(source, { objectMode: false });
  const gunzip = createGunzip();
  compressed.on("error", (error) => gunzip.destroy(error));
  try {
    yield* compressed.pipe(gunzip);
  } finally {
    compressed.destroy();
  }
}

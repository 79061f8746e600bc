import { constants, createBrotliDecompress, createInflate, createInflateRaw, createZstdDecompress } from "node:zlib";
import type { InflationBounds } from "./bounds.ts";
import { bounded, reportBounds } from "./bounds.ts";
import { engineBytes, runEngine } from "./engine.ts";
import { gunzipped, mostMembers } from "./gzip.ts";
import type { PieceReader } from "./piece-reader.ts";
import { ContainerProblem } from "./problem.ts";
import { isZstdFrame } from "./sniff.ts";

/** Content codings as HTTP names them. */
export type Encoding = "gzip" | "br" | "zstd" | "deflate";

/** Log2 of the most bytes that zstd may look back: 32 MB of memory; only --long and --ultra want more. */
const zstdWindow = 25;

const decoders: Readonly<Record<Encoding, (input: PieceReader) => AsyncGenerator<Buffer, void, undefined>>> = {
  gzip: gunzipped,
  br: brotliDecoded,
  zstd: zstdDecoded,
  deflate: deflateDecoded,
};

/**
 * The content of a compressed source, as it comes and within the bounds; nothing is read before it is asked for, and
 * the source is closed when no more is wanted. Several gzip members or zstd frames are one content.
 *
 * Throws ContainerProblem after everything that could be read was given (but for the last 64 KB before a damage):
 * `wrong_encoding`, `cut_off`, `damaged`, `checksum_mismatch`, `size_mismatch`, `trailing_bytes`, `too_large`,
 * `ratio_exceeded`, `holds_nothing`, `too_many`. The source's own errors are passed on.
 */
export function inflate(
  source: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  bounds: InflationBounds = reportBounds,
): AsyncGenerator<Buffer, void, undefined> {
  return bounded(source, bounds, decoders[encoding]);
}

async function* brotliDecoded(input: PieceReader): AsyncGenerator<Buffer, void, undefined> {
  yield* runEngine(createBrotliDecompress({ chunkSize: engineBytes }), input, "Brotli stream");
  await checkEnd(input, "Brotli stream");
}

/** With zlib's header, as HTTP means it, or without, as some send it. */
async function* deflateDecoded(input: PieceReader): AsyncGenerator<Buffer, void, undefined> {
  const [first = 0, second = 0] = await input.peek(2);
  const hasHeader = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
  const engine = hasHeader ? createInflate({ chunkSize: engineBytes }) : createInflateRaw({ chunkSize: engineBytes });
  yield* runEngine(engine, input, "deflate stream");
  await checkEnd(input, "deflate stream");
}

async function* zstdDecoded(input: PieceReader): AsyncGenerator<Buffer, void, undefined> {
  const head = await input.peek(4);
  if (head.length < 4) throw new ContainerProblem("cut_off", "The zstd stream is cut off");
  if (!isZstdFrame(head)) throw new ContainerProblem("wrong_encoding", "The content was named as zstd and is not zstd");
  // An engine ends with the frame, unless that ends with a piece: then it goes on with the next one.
  for (let frames = 0; frames === 0 || !(await input.isAtEnd()); frames++) {
    if (frames === mostMembers) throw new ContainerProblem("too_many", `The zstd stream has more than ${mostMembers} frames`);
    const engine = createZstdDecompress({ chunkSize: engineBytes, params: { [constants.ZSTD_d_windowLogMax]: zstdWindow } });
    yield* runEngine(engine, input, "zstd stream");
  }
}

async function checkEnd(input: PieceReader, what: string): Promise<void> {
  if (!(await input.isAtEnd())) throw new ContainerProblem("trailing_bytes", `Something stands behind the ${what}`);
}

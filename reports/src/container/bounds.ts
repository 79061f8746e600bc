import { PieceReader } from "./piece-reader.ts";
import { ContainerProblem } from "./problem.ts";

const mebibyte = 1024 * 1024;

export type InflationBounds = {
  /** Most bytes that may come out. */
  inflatedBytes: number;
  /** Most bytes that may come out for each that went in, once more than `ratioFromBytes` are out. */
  ratio: number;
};

export type ZipBounds = {
  files: number;
  /** Of one file, inflated. */
  fileBytes: number;
  /** Of all files together, inflated. */
  bytes: number;
  /** Of each file once more than `ratioFromBytes` are out, and of all together beyond `archiveRatioFromBytes`. */
  ratio: number;
};

/** What a report file may hold. */
export const reportBounds: InflationBounds = { inflatedBytes: 1024 * mebibyte, ratio: 100 };

/** What an archive of report files may hold. */
export const archiveBounds: ZipBounds = { files: 1_000, fileBytes: 512 * mebibyte, bytes: 1024 * mebibyte, ratio: 100 };

/** Ratios are judged only beyond this size: a small content of one letter is no bomb. */
const ratioFromBytes = 8 * mebibyte;
/** That of a whole archive only beyond this one: a bomb that was stopped takes nothing from the files beside it. */
export const archiveRatioFromBytes = 64 * mebibyte;
/** So much more may go in than has come out; a stream that holds next to nothing would be read for ever. */
const mostAheadBytes = 8 * mebibyte;

/**
 * What `decode` makes of a source, within the bounds: counted is what really comes out. The source is closed at the
 * end, however it comes. Throws ContainerProblem `too_large`, `ratio_exceeded` and `holds_nothing`, and what `decode` throws.
 */
export async function* bounded(
  source: AsyncIterable<Uint8Array>,
  bounds: InflationBounds,
  decode: (input: PieceReader) => AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  const meter = { inBytes: 0, outBytes: 0 };
  const input = new PieceReader(metered(source, meter));
  try {
    for await (const piece of decode(input)) {
      meter.outBytes += piece.length;
      if (meter.outBytes > bounds.inflatedBytes) throw tooLarge("The content", bounds.inflatedBytes);
      if (meter.outBytes > ratioFromBytes && meter.outBytes > meter.inBytes * bounds.ratio) throw ratioExceeded("The content", bounds.ratio);
      yield piece;
    }
  } finally {
    await input.close();
  }
}

export function tooLarge(what: string, bytes: number): ContainerProblem {
  return new ContainerProblem("too_large", `${what} inflates to more than ${Math.floor(bytes / mebibyte)} MB`);
}

export function ratioExceeded(what: string, ratio: number): ContainerProblem {
  return new ContainerProblem("ratio_exceeded", `${what} inflates to more than ${ratio} times its size`);
}

async function* metered(source: AsyncIterable<Uint8Array>, meter: { inBytes: number; outBytes: number }): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of source) {
    // Before this piece is added: of those before it nearly all has been inflated.
    if (meter.inBytes > meter.outBytes + mostAheadBytes) throw new ContainerProblem("holds_nothing", "The compressed content holds next to nothing");
    meter.inBytes += piece.length;
    yield piece;
  }
}

import { crc32, createInflateRaw } from "node:zlib";
import { engineBytes, runEngine } from "./engine.ts";
import { ContainerProblem } from "./problem.ts";
import type { PieceReader } from "./piece-reader.ts";

/** Each costs some 100 µs however little it holds; those who write many (bgzip) put 64 KB into each, 16,384 in 1 GB. */
export const mostMembers = 20_000;

const headerBytes = 10;
const trailerBytes = 8;
const mostNameBytes = 65_536;
const flags = { headerChecksum: 0x02, extra: 0x04, name: 0x08, comment: 0x10, reserved: 0xe0 };

/**
 * What all members of a gzip stream hold. They are taken apart here, for Node's own gunzip loses what it has read when
 * something stands behind the last one. Zeros between members and behind them are passed over, as tapes have them.
 */
export async function* gunzipped(input: PieceReader): AsyncGenerator<Buffer, void, undefined> {
  for (let members = 0; members === 0 || (await hasMore(input)); members++) {
    if (members === mostMembers) throw new ContainerProblem("too_many", `The gzip stream has more than ${mostMembers} members`);
    await readHeader(input, members === 0);
    let checksum = 0;
    let size = 0;
    for await (const piece of runEngine(createInflateRaw({ chunkSize: engineBytes }), input, "gzip stream")) {
      checksum = crc32(piece, checksum);
      size += piece.length;
      yield piece;
    }
    await checkTrailer(input, checksum, size);
  }
}

async function readHeader(input: PieceReader, isFirst: boolean): Promise<void> {
  const header = await input.take(headerBytes);
  const [first = 0x1f, second = 0x8b, method = 8, flag = 0] = header;
  if (first !== 0x1f || second !== 0x8b) {
    throw isFirst
      ? new ContainerProblem("wrong_encoding", "The content was named as gzip and is not gzip")
      : new ContainerProblem("trailing_bytes", "Something that is no gzip stands behind the gzip stream");
  }
  if (method !== 8 || (flag & flags.reserved) !== 0) throw new ContainerProblem("damaged", "The gzip stream has a header of a kind that is not known");
  if (header.length < headerBytes) throw cutOff();
  if ((flag & flags.extra) !== 0) await takeAll(input, (await takeAll(input, 2)).readUInt16LE(0));
  if ((flag & flags.name) !== 0) await passText(input);
  if ((flag & flags.comment) !== 0) await passText(input);
  if ((flag & flags.headerChecksum) !== 0) await takeAll(input, 2);
}

async function checkTrailer(input: PieceReader, checksum: number, size: number): Promise<void> {
  const trailer = await takeAll(input, trailerBytes);
  if (trailer.readUInt32LE(0) !== checksum) throw new ContainerProblem("checksum_mismatch", "The gzip stream's checksum is not that of its content");
  // The size is kept modulo 2^32.
  if (trailer.readUInt32LE(4) !== size % 2 ** 32) throw new ContainerProblem("size_mismatch", "The gzip stream does not have the size that it says");
}

/** Passes over a text up to and with the zero at its end. */
async function passText(input: PieceReader): Promise<void> {
  for (let passed = 0; passed <= mostNameBytes;) {
    const piece = await input.next();
    if (piece === null) throw cutOff();
    const end = piece.indexOf(0);
    if (end !== -1) {
      input.putBack(piece.subarray(end + 1));
      return;
    }
    passed += piece.length;
  }
  throw new ContainerProblem("damaged", "The gzip stream's header holds a name without an end");
}

/** Passes over zeros; false when nothing else is left. */
async function hasMore(input: PieceReader): Promise<boolean> {
  for (let piece = await input.next(); piece !== null; piece = await input.next()) {
    const start = piece.findIndex((byte) => byte !== 0);
    if (start === -1) continue;
    input.putBack(piece.subarray(start));
    return true;
  }
  return false;
}

async function takeAll(input: PieceReader, count: number): Promise<Buffer> {
  const bytes = await input.take(count);
  if (bytes.length < count) throw cutOff();
  return bytes;
}

function cutOff(): ContainerProblem {
  return new ContainerProblem("cut_off", "The gzip stream is cut off");
}

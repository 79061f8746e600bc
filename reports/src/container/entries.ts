import { crc32, createInflateRaw } from "node:zlib";
import type { InflationBounds, ZipBounds } from "./bounds.ts";
import { archiveBounds, archiveRatioFromBytes, bounded, ratioExceeded, tooLarge } from "./bounds.ts";
import type { ByteSource } from "./byte-source.ts";
import { rangeOf } from "./byte-source.ts";
import type { DirectoryFile } from "./directory.ts";
import { readDirectory } from "./directory.ts";
import { engineBytes, runEngine } from "./engine.ts";
import { inflate } from "./inflate.ts";
import { dataStart, overlapCheck } from "./local-header.ts";
import { distinctNames } from "./names.ts";
import { PieceReader } from "./piece-reader.ts";
import { ContainerProblem } from "./problem.ts";
import { sniffContainer } from "./sniff.ts";

/** One file of an archive. */
export type ZipEntry = {
  /** As the archive has it: data of the sender's, never a path on a disk. */
  name: string;
  /** As it may be shown, different from those of the archive's other files. */
  shownName: string;
  /** Bytes inflated, as the archive says; it need not be true. */
  size: number;
  /**
   * The content, inflated; a file that is itself gzip, zstd or (by its name) Brotli is unwrapped. May be asked for again.
   * Throws ContainerProblem for this file alone, at its start for what is not read at all (`encrypted`, `method_unknown`,
   * `overlapping`, `archive_in_archive`), at its very end where only its checksum or size is wrong.
   */
  open(): AsyncGenerator<Buffer, void, undefined>;
};

const stored = 0;
const deflated = 8;

/** An archive that is being read, and what all of its files have given so far. */
type Archive = { source: ByteSource; bounds: ZipBounds; overlaps: (from: number, to: number) => Promise<boolean>; givenBytes: number };

/**
 * The files of a ZIP archive in the order of its directory, without folders, links, hidden files and `__MACOSX/`.
 * Nothing of a file is read before it is opened, and no more is held of the archive than the list of its files.
 *
 * Throws ContainerProblem: at once where there is no archive (`wrong_encoding`, `cut_off`, `directory_unreadable`), and
 * behind the last entry where there are more files than were given (`too_many`, `directory_unreadable`), so that those
 * before it count as read in part. The source's own errors are passed on.
 */
export async function* entriesOf(zip: ByteSource, bounds: ZipBounds = archiveBounds): AsyncGenerator<ZipEntry, void, undefined> {
  const { files, starts, problem } = await readDirectory(zip, bounds.files);
  const archive: Archive = { source: zip, bounds, overlaps: overlapCheck(zip, starts), givenBytes: 0 };
  const distinctName = distinctNames();
  for (const file of files) {
    const account = accountOf(archive);
    yield { name: file.name, shownName: distinctName(file.name), size: file.bytes, open: () => readFile(archive, file, account) };
  }
  if (problem !== null) throw problem;
}

/** Counts what a file has given; what it gives again when it is opened again is not counted twice. */
function accountOf(archive: Archive): (givenBytes: number) => void {
  let countedBytes = 0;
  return (givenBytes) => {
    if (givenBytes <= countedBytes) return;
    archive.givenBytes += givenBytes - countedBytes;
    countedBytes = givenBytes;
    const { bytes, ratio } = archive.bounds;
    const isBomb = archive.givenBytes > archiveRatioFromBytes && archive.givenBytes > archive.source.size * ratio;
    if (archive.givenBytes > bytes) throw tooLarge("The archive, all files together,", bytes);
    if (isBomb) throw ratioExceeded("The archive, all files together,", ratio);
  };
}

async function* readFile(archive: Archive, file: DirectoryFile, account: (givenBytes: number) => void): AsyncGenerator<Buffer, void, undefined> {
  const { source, bounds } = archive;
  if (file.isEncrypted) throw new ContainerProblem("encrypted", "The file is encrypted");
  if (file.method !== stored && file.method !== deflated) {
    throw new ContainerProblem("method_unknown", `The file is compressed by method ${file.method}, which is not known; Deflate is`);
  }
  const from = await dataStart(source, file.from);
  const to = from + file.compressedBytes;
  if (to > source.size) throw new ContainerProblem("damaged", "The file would end behind the archive's end");
  if (await archive.overlaps(file.from, to)) throw new ContainerProblem("overlapping", "The file's bytes are those of other files too");
  const inflation = { inflatedBytes: bounds.fileBytes, ratio: bounds.ratio };
  let givenBytes = 0;
  for await (const piece of bounded(rangeOf(source, from, to), inflation, (input) => unwrapped(extracted(input, file), file.name, inflation))) {
    givenBytes += piece.length;
    account(givenBytes);
    yield piece;
  }
}

/** A file's content as it was put into the archive; its checksum and size are judged at the end. */
async function* extracted(input: PieceReader, file: DirectoryFile): AsyncGenerator<Buffer, void, undefined> {
  let checksum = 0;
  let size = 0;
  // Some write an empty file as deflated, and then no data at all.
  const isPlain = file.method === stored || file.compressedBytes === 0;
  const content = isPlain ? input.rest() : runEngine(createInflateRaw({ chunkSize: engineBytes }), input, "file");
  for await (const piece of content) {
    checksum = crc32(piece, checksum);
    size += piece.length;
    yield piece;
  }
  if (size !== file.bytes) throw new ContainerProblem("size_mismatch", `The file has ${size} bytes, and the archive says ${file.bytes}`);
  if (checksum !== file.checksum) throw new ContainerProblem("checksum_mismatch", "The file's checksum is not that of its content");
  if (!(await input.isAtEnd())) throw new ContainerProblem("trailing_bytes", "Something stands behind the file's compressed data");
}

/** The content of a file that may be compressed itself, once. */
async function* unwrapped(content: AsyncIterable<Buffer>, name: string, bounds: InflationBounds): AsyncGenerator<Buffer, void, undefined> {
  const input = new PieceReader(content);
  try {
    const container = sniffContainer(await input.peek(4), name);
    if (container === "zip") throw new ContainerProblem("archive_in_archive", "The file is an archive itself, and archives in archives are not read");
    if (container === null) yield* input.rest();
    else yield* inflate(input.rest(), container, bounds);
  } finally {
    await input.close();
  }
}

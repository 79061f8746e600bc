import { isUtf8 } from "node:buffer";
import type { Entry } from "yauzl";
import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from "yauzl";
import { limits } from "../limits.ts";
import { cleanText } from "../text.ts";
import type { ByteSource } from "./byte-source.ts";
import { isPassedOver } from "./names.ts";
import { ContainerProblem } from "./problem.ts";
import { sniffContainer } from "./sniff.ts";

/** What the directory says of a file; none of it is true before it was seen. */
export type DirectoryFile = {
  /** As the archive has it, or the last `limits.path` characters of it. */
  name: string;
  method: number;
  isEncrypted: boolean;
  checksum: number;
  compressedBytes: number;
  /** Inflated. */
  bytes: number;
  /** Where its header stands. */
  from: number;
};

export type Directory = {
  files: readonly DirectoryFile[];
  /** Where all that is in the archive begins, also what is left out of `files`. */
  starts: readonly number[];
  /** Why there are more files than these, or may be; null when these are all. */
  problem: ContainerProblem | null;
};

/** Files, folders and all else; a directory that says more would be read for very long. */
const mostRecords = 10_000;
const windowBytes = 64 * 1024;
const recordSignature = 0x02014b50;
/** What a Unix system says a file is, in the upper bits of its attributes: what is no file of its own. A pipe may be one, from standard input. */
const noFiles = { folder: 0x4, link: 0xa };
const utf8Flag = 0x800;

/**
 * The files of a ZIP archive, by its directory, at most `mostFiles`; folders, links and what is passed over are left out.
 * Throws ContainerProblem (`wrong_encoding`, `cut_off`, `directory_unreadable`) where there is no directory at all; one that
 * is broken further on is told of in `problem`. The source's own errors are passed on.
 */
export async function readDirectory(source: ByteSource, mostFiles: number): Promise<Directory> {
  await checkStart(source);
  const reader = new SourceReader(source);
  const files: DirectoryFile[] = [];
  const starts: number[] = [];
  let problem: ContainerProblem | null = null;
  let isListed = false;
  try {
    // Names are decoded here and sizes checked where a file is read, lest one wrong file make all others unreadable.
    const zip = await fromRandomAccessReaderPromise(reader, source.size, { decodeStrings: false, validateEntrySizes: false, autoClose: false });
    isListed = true;
    for await (const entry of zip.eachEntry()) {
      if (starts.length === mostRecords) throw new ContainerProblem("too_many", `The archive has more than ${mostRecords} entries`);
      starts.push(entry.relativeOffsetOfLocalHeader);
      const name = nameOf(entry);
      if (isPassedOver(name) || !isFile(entry)) continue;
      if (files.length === mostFiles) throw new ContainerProblem("too_many", `The archive has more than ${mostFiles} files; the first were read`);
      files.push(fileOf(entry, name));
    }
    if (await reader.isFollowedBy(recordSignature)) {
      throw new ContainerProblem("directory_unreadable", "The archive holds more files than its directory says");
    }
  } catch (error) {
    if (reader.failure !== null) throw reader.failure;
    problem = error instanceof ContainerProblem ? error : directoryProblem(error, isListed);
    if (!isListed) throw problem;
  }
  return { files, starts, problem };
}

async function checkStart(source: ByteSource): Promise<void> {
  const head = await source.read(0, Math.min(4, source.size));
  if (sniffContainer(head) !== "zip") throw new ContainerProblem("wrong_encoding", "The content was taken for a ZIP archive and is none");
}

function directoryProblem(error: unknown, isListed: boolean): ContainerProblem {
  const reason = cleanText(error instanceof Error ? error.message : String(error), limits.problem);
  if (!isListed && reason.startsWith("End of central directory record signature not found")) {
    return new ContainerProblem("cut_off", "The ZIP archive is cut off: the directory of its files, which stands at its end, is missing");
  }
  return new ContainerProblem("directory_unreadable", `The ZIP archive's directory cannot be read${isListed ? " to its end" : ""}: ${reason}`);
}

/** The whole name, or its end; a copy of that, for a part would keep the whole in memory. */
function nameOf(entry: Entry): string {
  // Apple's archives do not say that their names are UTF-8.
  const flags = entry.generalPurposeBitFlag | (isUtf8(entry.fileNameRaw) ? utf8Flag : 0);
  const name = getFileNameLowLevel(flags, entry.fileNameRaw, entry.extraFields, true);
  const end = name.length > limits.path ? Buffer.from(name.slice(-limits.path), "utf16le").toString("utf16le") : name;
  return cleanText(end, limits.path);
}

function isFile(entry: Entry): boolean {
  const kind = entry.externalFileAttributes >>> 28;
  return kind !== noFiles.folder && kind !== noFiles.link;
}

function fileOf(entry: Entry, name: string): DirectoryFile {
  return {
    name,
    method: entry.compressionMethod,
    isEncrypted: entry.isEncrypted(),
    checksum: entry.crc32,
    compressedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    from: entry.relativeOffsetOfLocalHeader,
  };
}

/** What yauzl reads the directory through: many small reads, made few by a window. */
class SourceReader extends RandomAccessReader {
  /** What the source itself said when it could not be read; null while it can. */
  failure: unknown = null;
  readonly #source: ByteSource;
  #window: Buffer = Buffer.alloc(0);
  #windowFrom = 0;
  #readTo = 0;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    void this.#bytes(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** Whether this signature stands behind what was read last. */
  async isFollowedBy(signature: number): Promise<boolean> {
    if (this.#readTo + 4 > this.#source.size) return false;
    return (await this.#bytes(this.#readTo, 4)).readUInt32LE(0) === signature;
  }

  async #bytes(position: number, length: number): Promise<Buffer> {
    const end = position + length;
    if (end > this.#source.size) throw new Error("it points behind the archive's end");
    if (position < this.#windowFrom || end > this.#windowFrom + this.#window.length) {
      const wanted = Math.min(Math.max(length, windowBytes), this.#source.size - position);
      try {
        this.#window = await this.#source.read(position, wanted);
      } catch (error) {
        this.failure = error;
        throw error;
      }
      this.#windowFrom = position;
      if (this.#window.length < length) throw new Error("bytes of the archive are missing");
    }
    this.#readTo = end;
    return this.#window.subarray(position - this.#windowFrom, end - this.#windowFrom);
  }
}

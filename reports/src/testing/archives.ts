import { crc32, deflateRawSync } from "node:zlib";
import type { ByteSource } from "../container/byte-source.ts";

/** One file of an archive for tests. What is left out is made to be true; what is given stands there, true or not. */
export type ArchiveFile = {
  name: string | Buffer;
  content?: string | Uint8Array;
  /** 8 (deflated) or 0 (stored); another one is said, and the data are stored. */
  method?: number;
  flags?: number;
  checksum?: number;
  bytes?: number;
  compressedBytes?: number;
  /** Instead of the content, as it stands in the archive. */
  data?: Uint8Array;
  attributes?: number;
  /** Extra fields in the directory. */
  extra?: Uint8Array;
  /** Where the directory says the file's header stands. */
  from?: number;
};

/** What stands at the archive's end, when it is not true. */
export type ArchiveEnd = { entries?: number; directoryFrom?: number; comment?: string; zip64?: { entries: bigint; directoryFrom: bigint } };

/** For tests: a ZIP archive, right or wrong. */
export function zipOf(files: readonly ArchiveFile[], end: ArchiveEnd = {}): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { header, data, record } = partsOf(file, at);
    local.push(header, data);
    at += header.length + data.length;
    directory.push(record);
  }
  return Buffer.concat([...local, ...directory, ...endOf(files.length, Buffer.concat(directory).length, at, end)]);
}

function partsOf(file: ArchiveFile, at: number): { header: Buffer; data: Buffer; record: Buffer } {
  const content = Buffer.from(file.content ?? "");
  const method = file.method ?? 8;
  const data = Buffer.from(file.data ?? (method === 8 ? deflateRawSync(content) : content));
  const name = Buffer.from(file.name);
  const extra = Buffer.from(file.extra ?? []);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(file.flags ?? 0, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(file.checksum ?? crc32(content), 10);
  common.writeUInt32LE(file.compressedBytes ?? data.length, 14);
  common.writeUInt32LE(file.bytes ?? content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const header = Buffer.concat([signature(0x04034b50), common, name]);
  common.writeUInt16LE(extra.length, 24);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(file.attributes ?? 0, 6);
  rest.writeUInt32LE(file.from ?? at, 10);
  const record = Buffer.concat([signature(0x02014b50), Buffer.from([20, 3]), common, rest, name, extra]);
  return { header, data, record };
}

function endOf(entries: number, directoryBytes: number, directoryFrom: number, end: ArchiveEnd): Buffer[] {
  const comment = Buffer.from(end.comment ?? "");
  const last = Buffer.alloc(18);
  last.writeUInt16LE(end.entries ?? entries, 4);
  last.writeUInt16LE(end.entries ?? entries, 6);
  last.writeUInt32LE(directoryBytes, 8);
  last.writeUInt32LE(end.directoryFrom ?? directoryFrom, 12);
  last.writeUInt16LE(comment.length, 16);
  const plain = [signature(0x06054b50), last, comment];
  if (end.zip64 === undefined) return plain;
  const record = Buffer.alloc(52);
  record.writeBigUInt64LE(44n, 0);
  record.writeBigUInt64LE(end.zip64.entries, 20);
  record.writeBigUInt64LE(end.zip64.entries, 28);
  record.writeBigUInt64LE(BigInt(directoryBytes), 36);
  record.writeBigUInt64LE(end.zip64.directoryFrom, 44);
  const locator = Buffer.alloc(16);
  locator.writeBigUInt64LE(BigInt(directoryFrom + directoryBytes), 4);
  return [signature(0x06064b50), record, signature(0x07064b50), locator, ...plain];
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** For tests: bytes in memory as a source, with how many were asked for. */
export function sourceOf(bytes: Buffer): ByteSource & { readBytes: number } {
  return {
    size: bytes.length,
    readBytes: 0,
    read(offset, length) {
      if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > bytes.length) throw new RangeError(`read of ${length} at ${offset}`);
      this.readBytes += length;
      return Promise.resolve(Buffer.from(bytes.subarray(offset, offset + length)));
    },
  };
}

import { open } from "node:fs/promises";

/** Bytes that can be read anywhere: a file, or a report that is stored in pieces. */
export type ByteSource = {
  /** In bytes. */
  size: number;
  /**
   * Bytes from an offset on, never beyond `size`; fewer than `length` only when they are gone. An archive's files are
   * read from their start to their end, in lengths of up to 256 KiB, so a source in pieces does well to keep its last one.
   */
  read(offset: number, length: number): Promise<Buffer>;
};

/** Bytes read at once. */
const rangeBytes = 256 * 1024;

/** A file's bytes. The size is that of the moment; `close` is to be called when no more is wanted. Throws what the file system says. */
export async function fileBytes(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return {
      size,
      close: () => file.close(),
      async read(offset, length) {
        const bytes = Buffer.allocUnsafe(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The bytes from `from` up to `to`, piece by piece; ends early where the source does. */
export async function* rangeOf(source: ByteSource, from: number, to: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = from; at < to;) {
    const piece = await source.read(at, Math.min(rangeBytes, to - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

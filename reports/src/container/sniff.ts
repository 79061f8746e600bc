export type Container = "zip" | "gzip" | "zstd" | "br";

/**
 * What a content is wrapped in, by its first bytes (4 are enough); null for a content as it is. Brotli cannot be told
 * by its bytes: it is `br` only where nothing else is found and the file's name, when one is given, ends in `.br`.
 */
export function sniffContainer(head: Uint8Array, fileName?: string): Container | null {
  const [first, second, third, fourth] = head;
  if (first === 0x1f && second === 0x8b) return "gzip";
  if (first === 0x50 && second === 0x4b && isZipRecord(third, fourth)) return "zip";
  if (isZstdFrame(head)) return "zstd";
  return fileName !== undefined && fileName.toLowerCase().endsWith(".br") ? "br" : null;
}

/** A frame of data, or one to be skipped, which some compressors write first. */
export function isZstdFrame(head: Uint8Array): boolean {
  const [first = 0, second, third, fourth] = head;
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return true;
  return first >= 0x50 && first <= 0x5f && second === 0x2a && third === 0x4d && fourth === 0x18;
}

/** A file, the end of an archive without files, or the mark of one that was split and put together again. */
function isZipRecord(third: number | undefined, fourth: number | undefined): boolean {
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}

import { hash } from "node:crypto";

/**
 * The hash of a line of source, as sender and hub both make it: white space does not count, so that a block that is
 * indented anew stays the same.
 */
export function contentHashOf(line: string): string {
  return shortHash(line.replaceAll(/\s+/g, ""));
}

/** 128 bits of SHA-256, written as a UUID, as PostgreSQL keeps them best. */
export function shortHash(text: string): string {
  const hex = hash("sha256", text, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

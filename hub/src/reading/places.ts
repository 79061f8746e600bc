import { zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import type { ContentOf } from "./batches.ts";

/** Hashes of the source by path of the repository and line, as a sender tells them. */
export const Places = z.record(z.string(), z.record(z.string().regex(/^\d{1,9}$/), z.uuid()));

/** What a sender may tell of places, unpacked. */
export const mostPlacesBytes = 64 * 1024 * 1024;

/** Looks hashes up in stored places (a Zstandard frame of JSON); finds none in null. */
export function contentOfPlaces(stored: Uint8Array | null): ContentOf {
  if (stored === null) return () => null;
  const places: unknown = JSON.parse(zstdDecompressSync(stored, { maxOutputLength: mostPlacesBytes }).toString("utf8"));
  const known = new Map(Object.entries(Places.parse(places)));
  return ({ path, line }) => {
    const lines = path === null || line === null ? undefined : known.get(path);
    return lines === undefined || line === null || !Object.hasOwn(lines, String(line)) ? null : (lines[String(line)] ?? null);
  };
}

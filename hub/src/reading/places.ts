import { zstdDecompressSync } from "node:zlib";
import type { ContentOf } from "./batches.ts";

/** Hashes of the source (see `contentHashOf`) by path of the repository and line, as a sender tells them. */
export type Places = Record<string, Record<string, string>>;

/** What a sender may tell of places, unpacked. */
export const mostPlacesBytes = 64 * 1024 * 1024;

/** Looks hashes up in stored places (a Zstandard frame of JSON, which `problemOfPlaces` was content with); finds none in null. */
export function contentOfPlaces(stored: Uint8Array | null): ContentOf {
  if (stored === null) return () => null;
  const places = readPlaces(stored);
  if ("problem" in places) throw new Error(`the stored places cannot be read: ${places.problem}`);
  const known = new Map(Object.entries(places.places));
  return ({ path, line }) => {
    const lines = path === null || line === null ? undefined : known.get(path);
    return lines === undefined || line === null || !Object.hasOwn(lines, String(line)) ? null : (lines[String(line)] ?? null);
  };
}

/** What is wrong with places that came, in a few words; null when nothing is. */
export function problemOfPlaces(stored: Uint8Array): string | null {
  const places = readPlaces(stored);
  return "problem" in places ? places.problem : null;
}

function readPlaces(stored: Uint8Array): { places: Places } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(zstdDecompressSync(stored, { maxOutputLength: mostPlacesBytes }).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: "is not JSON" };
    throw error;
  }
  return isPlaces(value)
    ? { places: value }
    : { problem: 'is not like {"src/shop.ts": {"12": "9f86d081-884c-7d65-9a2f-eaa0c55ad015"}}: paths, lines and the hashes of these lines' };
}

/** By hand, and to the first wrong entry: a schema would note each of millions. */
function isPlaces(value: unknown): value is Places {
  return isObject(value) && Object.values(value).every((lines) => isObject(lines) && Object.entries(lines).every(isHashOfLine));
}

function isHashOfLine([line, hash]: [string, unknown]): boolean {
  return /^[1-9]\d{0,8}$/.test(line) && typeof hash === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(hash);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

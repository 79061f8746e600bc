import { zstdDecompressSync } from "node:zlib";
import type { FindingRecord } from "@sentinal/reports";

/** Hashes of the source (see `contentHashOf`) by path of the repository and by line, as a sender tells them. */
type Places = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** The hash of the source at a finding's place, as the sender told it; null where it told none. */
type ContentOf = (finding: FindingRecord) => string | null;

/** What a sender may tell of places, unpacked. */
export const mostPlacesBytes = 64 * 1024 * 1024;
/** A path as it stands in JSON, with its quotes; readers cut theirs far below. */
const mostPathCharacters = 16_384;
/** Senders look at far fewer files. */
const mostPaths = 100_000;
const example = '{"src/cart.js": {"12": "9f86d081-884c-7d65-9a2f-eaa0c55ad015"}}';

/** Looks hashes up in stored places (a Zstandard frame of JSON, with which `problemOfPlaces` was content); finds none in null. */
export function contentOfPlaces(stored: Uint8Array | null): ContentOf {
  if (stored === null) return () => null;
  const places = readPlaces(stored);
  if ("problem" in places) throw new Error(`the stored places cannot be read: ${places.problem}`);
  return ({ path, line }) => (path === null || line === null ? null : (places.get(path)?.get(line) ?? null));
}

/** What is wrong with places that came, in words that follow their name; null when nothing is. */
export function problemOfPlaces(stored: Uint8Array): string | null {
  const places = readPlaces(stored);
  return "problem" in places ? places.problem : null;
}

/** Reads this one shape of JSON and stops where it is another: `JSON.parse` would make millions of objects of a hostile text first. */
function readPlaces(stored: Uint8Array): Places | { problem: string } {
  const text = zstdDecompressSync(stored, { maxOutputLength: mostPlacesBytes }).toString("utf8");
  const places = new Map<string, Map<number, string>>();
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  }

  function takePath(): string | null {
    if (text[at] !== '"') return null;
    let end = at;
    do end = text.indexOf('"', end + 1);
    while (end !== -1 && isEscaped(text, end));
    if (end === -1 || end - at > mostPathCharacters) return null;
    try {
      const path: unknown = JSON.parse(text.slice(at, end + 1));
      at = end + 1;
      return String(path);
    } catch {
      return null;
    }
  }

  function takeLines(path: string): boolean {
    const lines = places.get(path) ?? new Map<number, string>();
    places.set(path, lines);
    if (take(closing) !== null) return true;
    do {
      const [, line, hash] = take(entry) ?? [];
      if (line === undefined || hash === undefined) return false;
      lines.set(Number(line), hash);
    } while (take(comma) !== null);
    return take(closing) !== null;
  }

  function takeAll(): boolean {
    if (take(opening) === null) return false;
    if (take(closing) !== null) return take(ending) !== null;
    let paths = 0;
    do {
      const path = takePath();
      if (path === null || ++paths > mostPaths || take(colon) === null || take(opening) === null || !takeLines(path)) return false;
    } while (take(comma) !== null);
    return take(closing) !== null && take(ending) !== null;
  }

  return takeAll() ? places : { problem: `is not like ${example}, from character ${at} on` };
}

// Sticky: they look at their place alone.
const opening = /\s*\{\s*/y;
const closing = /\}\s*/y;
const colon = /\s*:/y;
const comma = /,\s*/y;
const entry = /"([1-9]\d{0,8})"\s*:\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"\s*/y;
const ending = /$/y;

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text[index - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

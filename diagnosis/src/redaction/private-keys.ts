import type { Detector, SecretKind } from "./secret-kind.ts";
import { replacementStart } from "./replacement.ts";

export const privateKeyKind: SecretKind = {
  name: "private-key",
  title: "Private key (PEM of every kind, OpenSSH, PGP, SSH2, PuTTY): what stands between its first and its last line",
  shape: "-----BEGIN … PRIVATE KEY-----",
};

/** Longest key that is redacted whole where it stands in one line, in bytes: RSA with 8192 bits has some 6,500. */
const longestInline = 15_000;
/** Fewer characters between the marks are a remark about keys, and no key. */
const leastCharacters = 40;
/** As many say that a key began whose line was broken off. */
const leastCutOff = 8;
const begin = /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/y;
const putty = /Private-Lines: ?\d{1,3}/iy;
const bodyCharacter = /[A-Za-z0-9+/=\\\s"',]/;
/** Nothing of the key follows on this line but line ends, escaped or not, and the signs of strings. */
const nothing = /(?:\\+[nr]|[\s"'+,;\\>|)-])*$/y;

/** Remembers that a key began and goes on in the next lines. */
export const keyGoesOn = "key goes on";

export const privateKeyDetector: Detector = {
  keywords: ["-----begin ", "---- begin ", "private-lines:"],
  encoded: ["-----BEGIN "],
  find(text, at, _after, report, memory) {
    const opening = text.charCodeAt(at) === 45 ? begin : putty;
    opening.lastIndex = at;
    const mark = opening.exec(text)?.[0];
    if (mark === undefined) return 0;
    const from = at + mark.length;
    if (isRestEmpty(text, from)) {
      memory.set(keyGoesOn, 1);
      return 0;
    }
    if (text.startsWith(replacementStart, from)) return 0;
    const end = endMarkAfter(text, from, memory);
    if (end !== -1 && end - from <= longestInline) {
      if (bodyLength(text, from, end) >= leastCharacters) report(from, end, privateKeyKind.name);
      return end;
    }
    // Cut off, or the rest comes in other lines.
    let to = from;
    const limit = Math.min(text.length, from + longestInline);
    while (to < limit && bodyCharacter.test(text[to] ?? "")) to++;
    const isCut = to === text.length && !/\S[ \t]/.test(text.slice(from, to));
    if (isCut) memory.set(keyGoesOn, 1);
    if (bodyLength(text, from, to) >= (isCut ? leastCutOff : leastCharacters)) report(from, to, privateKeyKind.name);
    return to;
  },
};

function isRestEmpty(text: string, from: number): boolean {
  if (text.length - from > 64) return false;
  nothing.lastIndex = from;
  return nothing.test(text);
}

/** Each stretch is searched once, however many keys begin before one end. */
function endMarkAfter(text: string, from: number, memory: Map<string, number>): number {
  const known = memory.get("end of key");
  if (known !== undefined && (known === -1 || known >= from)) return known;
  const dashes = text.indexOf("---END ", from);
  const spaced = dashes === -1 ? text.indexOf("--- END ", from) : dashes;
  let end = spaced;
  while (end > from && text.charCodeAt(end - 1) === 45) end--;
  memory.set("end of key", end);
  return end;
}

function bodyLength(text: string, from: number, to: number): number {
  return text.slice(from, to).replace(/\\+[nr]|[^A-Za-z0-9+/=]/g, "").length;
}

/** A key that goes on over several lines. */
export type KeyBlock = {
  /**
   * The stretch of the next line's text that belongs to the key; `empty` where the line is between its lines (a header,
   * an empty line), `over` where the key has ended.
   */
  next(text: string): readonly [number, number] | "empty" | "over";
};

/** Lines that a key has before its body: `Proc-Type`, `DEK-Info`, `Version`, `Comment`, empty ones. */
const mostHeaders = 8;
const mostLines = 2_000;
const leastFirstLine = 24;
const header = /(?:^|\s)[A-Z][A-Za-z-]{2,30}: \S/;
const ending = /---+ ?END /;

export function openKeyBlock(): KeyBlock {
  let width = 0;
  let lines = 0;
  let headers = 0;
  let isLast = false;
  return {
    next(text) {
      if (++lines > mostLines || ending.test(text)) return "over";
      const [from, to] = lastRun(text);
      const length = to - from;
      if (width === 0 && length < leastFirstLine) return ++headers <= mostHeaders && (length === 0 || header.test(text)) ? "empty" : "over";
      if (width === 0 && header.test(text) && ++headers <= mostHeaders) return "empty";
      if (length === 0 || (isLast && !(length === 5 && text[from] === "="))) return "over";
      if (width > 0 && length < width) isLast = true;
      width ||= length;
      return [from, to];
    },
  };
}

/** The last run of base64, with nothing behind it but the signs of strings and escaped line ends. */
function lastRun(text: string): readonly [number, number] {
  let to = text.length;
  for (;;) {
    const code = text.charCodeAt(to - 1);
    // White space, quotes, comma, semicolon, bracket, backslash; `n` and `r` behind a backslash.
    if (to > 0 && (code <= 32 || code === 34 || code === 39 || code === 44 || code === 59 || code === 41 || code === 92)) to--;
    else if (to > 1 && (code === 110 || code === 114) && text.charCodeAt(to - 2) === 92) to -= 2;
    else break;
  }
  // `"…\n" +`: the sign that joins strings stands alone.
  if (text[to - 1] === "+" && text[to - 2] === " ") return lastRun(text.slice(0, to - 1));
  let from = to;
  while (from > 0 && isBase64(text.charCodeAt(from - 1))) from--;
  return [from, to];
}

export function isBase64(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 47 && code <= 57) || code === 43 || code === 61;
}

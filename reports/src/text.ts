import { hash } from "node:crypto";

/** NUL, and the halves of characters beyond the first plane, alone or not. */
const suspicious = /[\0\ud800-\udfff]/;

/** From here on a cut text is copied, lest the short piece keep the long one in memory. */
const copyFromCharacters = 65_536;

/**
 * A text that PostgreSQL can hold, at most `limit` characters long: NUL and lone surrogates become U+FFFD,
 * and no code point is cut in two.
 */
export function cleanText(text: string, limit: number): string {
  let clean = text;
  if (clean.length > limit) {
    const last = clean.charCodeAt(limit - 1);
    const endsInsidePair = last >= 0xd800 && last <= 0xdbff;
    clean = clean.slice(0, endsInsidePair ? limit - 1 : limit);
    if (text.length > copyFromCharacters) clean = Buffer.from(clean, "utf16le").toString("utf16le");
  }
  return suspicious.test(clean) ? clean.toWellFormed().replaceAll("\0", "\uFFFD") : clean;
}

/** The address when it is one of the web, else null; nothing else may become a link. */
export function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\/[^\s\0-\x1f"'<>\\^`{|}]+$/i.test(text) ? text.toWellFormed() : null;
}

/** A clean text that something is found again by: as it is while short, else its hash, for a cut would make two long ones equal. */
export function identityPart(text: string | null, limit: number): string | null {
  return text === null || text.length <= limit ? text : shortHash(text);
}

/** 128 bits of SHA-256 in hexadecimal digits. */
export function shortHash(text: string): string {
  return hash("sha256", text).slice(0, 32);
}

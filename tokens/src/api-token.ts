import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { digitValues, encodeBase62, randomBase62 } from "./base62.ts";

/**
 * The shape of an API token, for whoever wants to check one without asking the hub:
 *
 *     sent_ + body + checksum
 *
 * - body: 43 characters of base62 (`0-9A-Za-z`), each drawn evenly: 256 bits.
 * - checksum: CRC-32 (the one of zlib, gzip and PNG) over the 43 ASCII characters of the body alone, written as
 *   6 base62 digits, the most significant first, padded on the left with the digit `0`.
 *   The digits' values follow the alphabet `0-9A-Za-z`: `0` is 0, `A` is 10, `a` is 36, `z` is 61.
 *
 * Example: the body `0000000000000000000000000000000000000000000` has the CRC-32 0x7849568f and the checksum `2CZclj`.
 * The hub stores the SHA-256 of the whole string, prefix and checksum included, and nothing else of it but the visible prefix.
 */
export const apiTokenPrefix = "sent_";

const bodyLength = 43;
const checksumLength = 6;
const bodyStart = apiTokenPrefix.length;
const checksumStart = bodyStart + bodyLength;
const tokenLength = checksumStart + checksumLength;
/** Enough to tell a person's tokens apart, too few to matter to whoever guesses: 36 of 256 bits. */
const visibleLength = bodyStart + 6;

/** A new API token, 54 characters. */
export function createApiToken(): string {
  const body = randomBase62(bodyLength);
  return apiTokenPrefix + body + apiTokenChecksum(body);
}

/** The six characters that close a token with this body. */
export function apiTokenChecksum(body: string): string {
  return encodeBase62(crc32(body), checksumLength);
}

/** Whether a text has the form of an API token and its checksum matches. Says nothing about whether a hub knows it. */
export function checkTokenShape(text: string): boolean {
  if (text.length !== tokenLength || !text.startsWith(apiTokenPrefix)) return false;
  let checksum = 0;
  for (let place = bodyStart; place < tokenLength; place++) {
    // A code beyond the table reads as undefined, which is no digit either.
    const digit = digitValues[text.charCodeAt(place)] ?? 255;
    if (digit === 255) return false;
    if (place >= checksumStart) checksum = checksum * 62 + digit;
  }
  return crc32(text.slice(bodyStart, checksumStart)) === checksum;
}

/** SHA-256 of the whole string as it was given, in lower-case hex: how a token is stored and looked up. */
export function hashToken(text: string): string {
  return hash("sha256", text, "hex");
}

/** The beginning of a token, to recognise it by in lists. */
export function visiblePrefix(token: string): string {
  return token.slice(0, visibleLength);
}

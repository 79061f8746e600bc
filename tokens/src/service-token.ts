import { crc32 } from "node:zlib";
import { encodeBase62, randomBase62 } from "./base62.ts";
import { judgeSecret } from "./placeholder.ts";

/** Shorter ones are refused: 43 characters of base62 or base64 hold 256 bits. */
export const leastServiceTokenLength = 43;
export const usualServiceTokenLength = 64;

const checksumLength = 6;

/**
 * A token between services, of base62 alone: it may stand in addresses, headers and shells as it is. Its last six
 * characters are the CRC-32 of all before them. Throws RangeError below 43 characters.
 */
export function createServiceToken(length: number = usualServiceTokenLength): string {
  if (length < leastServiceTokenLength) throw new RangeError(`a service token has at least ${leastServiceTokenLength} characters`);
  for (;;) {
    const body = randomBase62(length - checksumLength);
    const token = body + checksumOf(body);
    // One in billions looks like a placeholder by chance, and would be refused where it is used.
    if (judgeSecret(token) === null) return token;
  }
}

/** Whether a text is as `createServiceToken` makes them: a mistyped one is told without asking a database. */
export function checkServiceTokenShape(text: string): boolean {
  if (text.length < leastServiceTokenLength || text.length > 500 || !/^[0-9A-Za-z]+$/.test(text)) return false;
  return checksumOf(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

function checksumOf(body: string): string {
  return encodeBase62(crc32(body), checksumLength);
}

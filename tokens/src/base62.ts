import { randomBytes } from "node:crypto";

/** The digits of base62 in the order of their value: `0` is 0, `A` is 10, `a` is 36. */
export const base62Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The largest multiple of 62 in a byte: bytes from here up are thrown away, else the first digits would come more often. */
const fairBelow = 248;

/** The value of a character code as a base62 digit; 255 for every code that is none. */
export const digitValues: Readonly<Uint8Array> = digitTable();

/** `length` characters of base62, each equally likely, from the system's randomness. 43 of them hold 256 bits. */
export function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      if (byte < fairBelow && text.length < length) text += base62Alphabet.charAt(byte % 62);
    }
  }
  return text;
}

/** A whole number from 0 up as exactly `length` base62 digits, padded with `0` on the left. Throws RangeError when it needs more. */
export function encodeBase62(value: number, length: number): string {
  let rest = value;
  let text = "";
  for (let place = 0; place < length; place++) {
    text = base62Alphabet.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  if (rest !== 0) throw new RangeError(`${value} needs more than ${length} base62 digits`);
  return text;
}

function digitTable(): Uint8Array {
  const table = new Uint8Array(128).fill(255);
  for (let value = 0; value < base62Alphabet.length; value++) table[base62Alphabet.charCodeAt(value)] = value;
  return table;
}

import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apiTokenChecksum, checkTokenShape, createApiToken, hashToken, visiblePrefix } from "./index.ts";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const body = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 43, maxLength: 43 });

/** CRC-32 bit by bit, as the standard words it: independent of the one that the tokens are made with. */
function plainCrc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text, "ascii")) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function digitsOf(value: number): string {
  const digits: string[] = [];
  for (let rest = value; digits.length < 6; rest = Math.floor(rest / 62)) digits.unshift(alphabet.charAt(rest % 62));
  return digits.join("");
}

describe("a new token", () => {
  test("is sent_, 43 characters of base62 and their checksum", () => {
    for (let count = 0; count < 1_000; count++) {
      const token = createApiToken();
      expect(token).toMatch(/^sent_[0-9A-Za-z]{49}$/);
      expect(token.slice(48)).toBe(digitsOf(plainCrc32(token.slice(5, 48))));
      expect(checkTokenShape(token)).toBe(true);
    }
  });

  test("never comes twice", () => {
    expect(new Set(Array.from({ length: 10_000 }, createApiToken)).size).toBe(10_000);
  });

  test("draws every character of the alphabet evenly", () => {
    const counts = new Map<string, number>();
    const tokens = 5_000;
    for (let count = 0; count < tokens; count++) {
      for (const character of createApiToken().slice(5, 48)) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    const expected = (tokens * 43) / 62;
    const chiSquare = [...alphabet].reduce((sum, character) => sum + ((counts.get(character) ?? 0) - expected) ** 2 / expected, 0);
    // 61 degrees of freedom: an even draw exceeds 140 about once in 20 million runs; `byte % 62` without throwing away gives above 1,000.
    expect(chiSquare).toBeLessThan(140);
  });
});

describe("the checksum", () => {
  test("is the published example", () => {
    expect(apiTokenChecksum("0".repeat(43))).toBe("2CZclj");
  });

  test("is the CRC-32 of the standard, padded with zeros on the left", () => {
    fc.assert(
      fc.property(body, (text) => apiTokenChecksum(text) === digitsOf(plainCrc32(text))),
      { numRuns: 2_000 },
    );
  });

  test("refuses every token with one character changed", () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 5, max: 53 }), fc.constantFrom(...alphabet), (text, place, character) => {
        const token = `sent_${text}${apiTokenChecksum(text)}`;
        const changed = token.slice(0, place) + character + token.slice(place + 1);
        return checkTokenShape(changed) === (changed === token);
      }),
      { numRuns: 5_000 },
    );
  });

  test("refuses every token with two neighbours exchanged", () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 5, max: 46 }), (text, place) => {
        const token = `sent_${text}${apiTokenChecksum(text)}`;
        const changed = token.slice(0, place) + token.charAt(place + 1) + token.charAt(place) + token.slice(place + 2);
        return checkTokenShape(changed) === (changed === token);
      }),
    );
  });

  test("has one spelling: no value beyond 32 bits stands for one below", () => {
    const text = "0".repeat(43);
    const wrapped = digitsOf(plainCrc32(text) + 2 ** 32);
    expect(wrapped).not.toBe(apiTokenChecksum(text));
    expect(checkTokenShape(`sent_${text}${wrapped}`)).toBe(false);
  });
});

describe("the shape", () => {
  test.each([
    ["nothing", ""],
    ["the prefix alone", "sent_"],
    ["another prefix", `SENT_${"0".repeat(43)}2CZclj`],
    ["a space before it", ` sent_${"0".repeat(43)}2CZclj`],
    ["a line end after it", `sent_${"0".repeat(43)}2CZclj\n`],
    ["one character less", `sent_${"0".repeat(42)}2CZclj`],
    ["one character more", `sent_${"0".repeat(44)}2CZclj`],
    ["a dash in the body", `sent_${"0".repeat(42)}-2CZclj`],
    ["a character beyond ASCII", `sent_${"0".repeat(42)}é2CZclj`],
    ["a wide digit", `sent_${"0".repeat(42)}０2CZclj`],
  ])("is refused for %s", (_what, text) => {
    expect(checkTokenShape(text)).toBe(false);
  });

  test("is refused for whatever is no token, without an error", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => !checkTokenShape(text)));
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 49, maxLength: 49 }), (text) => !checkTokenShape(`sent_${text}`) || /^[0-9A-Za-z]+$/.test(text)),
    );
  });
});

test("the hash is SHA-256 of the string as given", () => {
  const token = createApiToken();
  expect(hashToken(token)).toBe(createHash("sha256").update(token, "utf8").digest("hex"));
});

test("the visible prefix shows six characters of the body and no more", () => {
  const token = createApiToken();
  expect(visiblePrefix(token)).toBe(token.slice(0, 11));
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, identityPart, webAddress } from "./text.ts";

describe("a cleaned text", () => {
  test("is well-formed, has no NUL, is within the limit, and is the beginning of the text", () => {
    const text = fc.string({
      unit: fc.oneof(fc.string({ unit: "binary", maxLength: 2 }), fc.constantFrom("\0", "\ud800", "\udfff", "😀", "a")),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (original, limit) => {
        const clean = cleanText(original, limit);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean.includes("\0")).toBe(false);
        expect(clean.length).toBeLessThanOrEqual(limit);
        expect(original.toWellFormed().replaceAll("\0", "\uFFFD").startsWith(clean)).toBe(true);
        expect(original.length <= limit ? clean.length : Math.max(clean.length, limit - 1)).toBeGreaterThanOrEqual(Math.min(original.length, limit) - 1);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is cut likewise from a very long one", () => {
    expect(cleanText(`a${"😀".repeat(100_000)}`, 4)).toBe("a😀");
    expect(cleanText(`\ud800\0${"x".repeat(100_000)}`, 3)).toBe("\uFFFD\uFFFDx");
  });
});

test("a part of an identity is kept while short and hashed when long, so that long ones stay apart", () => {
  expect(identityPart("abcde", 5)).toBe("abcde");
  expect(identityPart(null, 5)).toBeNull();
  expect(identityPart("abcdef", 5)).toMatch(/^[0-9a-f]{32}$/);
  expect(identityPart("abcdef", 5)).not.toBe(identityPart("abcdeg", 5));
});

test("an address of the web is one of http or https without blanks, quotes or brackets", () => {
  expect(webAddress("https://a.example/x?y=1#z")).toBe("https://a.example/x?y=1#z");
  for (const wrong of [null, "", "http://", "ftp://a", "javascript:alert(1)", "https://a b", "https://a\u0001", 'https://a"', "https://<a>"])
    expect(webAddress(wrong)).toBeNull();
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, cleanTexts } from "./texts.ts";

describe("a text", () => {
  test("that PostgreSQL can hold stays as it is, emoji and all", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0")),
        (text) => cleanText(text) === text,
      ),
    );
  });

  test("loses NULs and halves of characters, and keeps its length", () => {
    expect(cleanText("a\0b\ud83dc\ude00")).toBe("a\uFFFDb\uFFFDc\uFFFD");
  });

  test("is cut to the limit, never inside of a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(30), (text, limit) => {
        const clean = cleanText(text, limit);
        return clean.length <= limit && clean.isWellFormed() && !clean.includes("\0");
      }),
    );
  });
});

describe("a JSON value", () => {
  test("keeps its shape, with clean texts in values and names", () => {
    expect(cleanTexts({ "a\0": ["\0", 1, true, null, { b: "x\ud800" }] })).toEqual({ "a\uFFFD": ["\uFFFD", 1, true, null, { b: "x\uFFFD" }] });
  });

  test("with a member named __proto__ keeps it as a member", () => {
    const clean = cleanTexts(JSON.parse('{"__proto__":{"admin":"\\u0000"}}'));
    expect(Object.keys(clean as object)).toEqual(["__proto__"]);
    expect((clean as { admin?: unknown }).admin).toBeUndefined();
  });

  test("of any kind without bad characters is the same afterwards", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: true }).filter((value) => !JSON.stringify(value).includes("\\u")),
        (value) => JSON.stringify(cleanTexts(value)) === JSON.stringify(value),
      ),
    );
  });
});

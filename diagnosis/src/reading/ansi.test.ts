import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stripAnsi } from "./ansi.ts";

describe("escape sequences", () => {
  test.each([
    ["colours", "\u001b[1;31merror\u001b[0m: \u001b[38;5;208mx\u001b[m", "error: x"],
    ["colours with colons", "\u001b[38:2::255:0:0mred\u001b[39m", "red"],
    ["moves of the cursor", "\u001b[2K\u001b[1Gdone\u001b[?25h", "done"],
    ["links", "\u001b]8;;https://example.com\u001b\\here\u001b]8;;\u001b\\", "here"],
    ["titles", "\u001b]0;npm test\u0007ok", "ok"],
    ["character sets", "\u001b(Bplain\u001b(0", "plain"],
    ["saved cursors", "\u001b7a\u001b8b", "ab"],
    ["sequences that the text cuts off", "end\u001b[3", "end"],
    ["links that the text cuts off", "end\u001b]8;;https://exam", "end"],
    ["an escape alone", "a\u001b", "a"],
  ])("of %s are taken out", (_name, text, plain) => {
    expect(stripAnsi(text)).toBe(plain);
  });

  test("leave every text without an escape as it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => stripAnsi(text.replaceAll("\u001b", "")) === text.replaceAll("\u001b", "")));
  });

  test("leave no escape behind, wherever they stand", () => {
    const piece = fc.constantFrom("\u001b", "[", "]", "31", ";", "m", "\u0007", "\\", "(", "B", "é", " ", "x", "\u001b[0m");
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => !stripAnsi(pieces.join("")).includes("\u001b")));
  });
});

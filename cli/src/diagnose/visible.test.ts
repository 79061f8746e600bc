import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible, visibleJson } from "./visible.ts";

describe("a line of a log that is shown", () => {
  test.each([
    ["an escape", "a\u001b[31mb", "a\\u{1b}[31mb"],
    ["an 8-bit escape", "a\u009b31mb", "a\\u{9b}31mb"],
    ["a turn of the writing's direction", "a\u202eb\u2066c", "a\\u{202e}b\\u{2066}c"],
    ["what cannot be seen", "a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"],
    ["returns and ends of lines", "a\rb\nc\u2028d", "a\\u{d}b\\u{a}c\\u{2028}d"],
    ["half a character", "a\ud83d", "a\\u{d83d}"],
    ["a command to the runner", "##[error]a", "# #[error]a"],
    ["a tab", "a\tb", "a    b"],
  ])("has %s written out", (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test("keeps blanks and letters of every writing", () => {
    expect(visible("  é 失敗 😀 שלום")).toBe("  é 失敗 😀 שלום");
  });
});

test("JSON that is shown holds no such character, and says the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const json = JSON.stringify({ value, text: `${text}\u001b\u202e##[error]😀\u{e0041}` }, null, 2);
      const shown = visibleJson(json);
      expect(shown).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##\[/u);
      expect(JSON.parse(shown)).toEqual(JSON.parse(json));
    }),
  );
});

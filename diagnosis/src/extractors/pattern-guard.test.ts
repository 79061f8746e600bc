import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayMatch } from "./pattern-guard.ts";

describe("the guard of a pattern", () => {
  it("lets each text through that the pattern matches", () => {
    const patterns = [
      /^error: (?<key>cannot format \S.{0,600})$/,
      /would reformat|Would reformat: \S/i,
      /^(?!note)\S.{0,40}\.py:\d+: unused/,
      /^(?=.*x)(?:Oh no! .{0,12}|\d+ files? would be reformatted)$/,
      /(?<!not )found \d+ errors?\./,
      /^\s*(?:✖|❌) (?:problems?|errors?)/u,
      /[A-Z]{3}\d{3} (?:bad|worse)/,
    ];
    const words = fc.constantFrom(
      "error: ",
      "cannot format ",
      "would reformat",
      "Would Reformat: a",
      "a.py",
      ":1: ",
      "unused",
      "Oh no! ",
      "3 files would be reformatted",
      "found 2 errors.",
      "not ",
      "✖ ",
      "problems",
      "ABC123 ",
      "bad",
      "worse",
      "x",
      " ",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (parts) => {
        const text = parts.join("");
        for (const pattern of patterns) if (pattern.test(text)) expect(mayMatch(pattern, text), `${pattern} and ${text}`).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps out a text that holds no word of the pattern's", () => {
    expect(mayMatch(/^error: (?<key>cannot format \S.{0,600})$/, "all is well")).toBe(false);
    expect(mayMatch(/this one|or that/, "Or That")).toBe(true);
  });
});

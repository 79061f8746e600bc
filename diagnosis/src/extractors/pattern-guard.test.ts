import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patternTable } from "./pattern-guard.ts";

describe("a table of patterns", () => {
  it("lets each pattern through that matches a text", () => {
    const patterns = [
      /^error: (?<key>cannot format \S.{0,600})$/,
      /would reformat|Would reformat: \S/i,
      /^(?!note)\S.{0,40}\.py:\d+: unused/,
      /^(?=.*x)(?:Oh no! .{0,12}|\d+ files? would be reformatted)$/,
      /(?<!not )found \d+ errors?\./,
      /^\s*(?:✖|❌) (?:problems?|errors?)/u,
      /[A-Z]{3}\d{3} (?:bad|worse)/,
    ];
    const mayMatch = patternTable(patterns);
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
        const places = mayMatch(text);
        patterns.forEach((pattern, place) => {
          if (pattern.test(text)) expect(places, `${pattern} and ${text}`).toContain(place);
        });
        expect(places).toEqual(places.toSorted((one, other) => one - other));
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps out those of which the text holds no word", () => {
    const mayMatch = patternTable([/^error: (?<key>cannot format \S.{0,600})$/, /this one|or that/]);
    expect(mayMatch("all is well")).toEqual([]);
    expect(mayMatch("Or That, all is well")).toEqual([1]);
    expect(mayMatch("é".repeat(2_000))).toEqual([]);
  });
});

import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { literalsOf } from "./literals.ts";

describe("the texts that a pattern's lines must hold", () => {
  test.each([
    ["registry is down", ["registry is down"]],
    ["^npm ERR! code E(?:50[234])$", ["npm ERR! code E"]],
    ["fo+bar baz", ["obar baz"]],
    ["abc?def", ["def"]],
    ["abcd{0,2}efg", ["abc"]],
    ["a(?:bcd)+e", ["abcd"]],
    ["(?i)Cannot Connect", ["Cannot Connect"]],
    ["\\bdead\\.letter\\b", ["dead.letter"]],
    ["timeout (after|within) \\d+", ["timeout "]],
    ["(?:alpha|beta1)\\s+\\d", ["alpha", "beta1"]],
    ["^(?:one|two|three)$", ["one", "two", "three"]],
    ["x (?P<name>really long) y", ["x really long y"]],
    ["[]abc]xyz[[:alpha:]]", ["xyz"]],
    ["\\p{Lu}word", ["word"]],
    ["{json} here", ["{json} here"]],
  ])("are found in %s", (pattern, literals) => {
    expect(literalsOf(pattern)).toEqual(literals);
  });

  test.each([["ab"], [" of \\d"], ["\\d+"], ["abc|\\d+"], ["(?:abc)*"], ["(?:abc|)"], ["(?i)äöü"], ["\\Qabc\\E"], [".*"], ["\uFFFD\uFFFD\uFFFD"], ["a.b.c.d"]])(
    "are not guessed of %s",
    (pattern) => {
      expect(literalsOf(pattern)).toBeNull();
    },
  );

  test("stand in each text that RE2 matches", () => {
    const leaf = fc.constantFrom("a", "B", "abc", "xyz", "\\d", ".", "[ab]", "\\.", "\\bend", "é", "{");
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `${one}${other}`),
        fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `(?:${one}|${other})`),
        fc.tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{0,1}", "{1}", "+?")).map(([inside, times]) => `(${inside})${times}`),
        tie("pattern").map((inside) => `(?i)${inside}`),
      ),
    }));
    const text = fc
      .array(fc.constantFrom("a", "b", "A", "abc", "ABC", "xyz", "1", ".", "end", "é", "É", "{", " "), { maxLength: 12 })
      .map((parts) => parts.join(""));
    let found = 0;
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 20, maxLength: 20 }), (one, texts) => {
        const literals = literalsOf(one);
        if (literals === null) return;
        const compiled = RE2JS.compile(one);
        for (const each of texts.filter((candidate) => compiled.test(candidate))) {
          found++;
          const folded = each.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
          expect(literals.some((literal) => folded.includes(literal.replace(/[A-Z]/g, (letter) => letter.toLowerCase())))).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(found).toBeGreaterThan(50);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stripAnsi } from "./ansi.ts";
import { buildKeywordScanner, newFound } from "./keyword-scanner.ts";

/** Each line with the keywords in it, the bytes given in pieces. */
function scanAll(keywords: readonly string[], pieces: readonly Uint8Array[], returnsEndLines = false): string[][] {
  const scanner = buildKeywordScanner(keywords, { returnsEndLines });
  const lines: string[][] = [];
  let found = newFound();
  const endLine = (): void => {
    lines.push(found.ids.map((id) => keywords[id] ?? "").toSorted());
    found = newFound();
  };
  for (const bytes of pieces) {
    for (let from = 0; from < bytes.length;) {
      from = scanner.scan(bytes, from, bytes.length, found);
      if (found.lineEnded) endLine();
    }
  }
  endLine();
  return lines;
}

/** The same by looking for each keyword everywhere. */
function searchAll(keywords: readonly string[], text: string, ends: RegExp): string[][] {
  const lower = (one: string): string => one.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return text.split(ends).map((line) =>
    keywords
      .filter((keyword) =>
        stripAnsi(line)
          .split("\r")
          .some((part) => lower(part).includes(lower(keyword))),
      )
      .toSorted(),
  );
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((one, other) => one - other), bytes.length];
  return sorted.slice(1).map((to, index) => bytes.subarray(sorted[index], to));
}

const letter = fc.constantFrom("a", "b", "A", "B", "ab", "#", "é", "É", "s", "失");
const keyword = fc.array(letter, { minLength: 1, maxLength: 5 }).map((letters) => letters.join(""));
const text = fc
  .array(fc.oneof({ weight: 6, arbitrary: letter }, fc.constantFrom("\n", "\r", "\u001b", " ", "\u2028")), { maxLength: 120 })
  .map((parts) => parts.join(""));

describe("the scanner of keywords", () => {
  test("finds what a search for each keyword finds, in any pieces", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(keyword, { maxLength: 8 }),
        text,
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.boolean(),
        (keywords, log, places, returnsEndLines) => {
          const pieces = cut(Buffer.from(log), places);
          expect(scanAll(keywords, pieces, returnsEndLines)).toEqual(searchAll(keywords, log, returnsEndLines ? /[\r\n]/ : /\n/));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("finds each of keywords that hold one another, once", () => {
    expect(scanAll(["error", "err", "terror", "ror:"], [Buffer.from("Terror: ERROR\n")])).toEqual([["err", "error", "ror:", "terror"], []]);
  });

  test("takes small and capital letters of ASCII as alike, and others as they are", () => {
    expect(scanAll(["Échec", "STRASSE"], [Buffer.from("ÉCHEC\néchec\nstrasse straße\n")])).toEqual([["Échec"], [], ["STRASSE"], []]);
  });

  test("finds a keyword that a colour stands in, and says that there was one", () => {
    const scanner = buildKeywordScanner(["error"]);
    const found = newFound();
    scanner.scan(Buffer.from("er\u001b[0mror"), 0, 10, found);
    expect(found).toMatchObject({ ids: [0], escaped: true, lineEnded: false });
  });

  test("without keywords still tells where lines end", () => {
    expect(scanAll([], [Buffer.from("a\nb\r\nc")])).toHaveLength(3);
  });
});

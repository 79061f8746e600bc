import { describe, expect, it } from "vitest";
import type { Extractor } from "../extractor.ts";
import type { Line, View } from "../reading/line-reader.ts";
import { readLineText } from "../reading/line-text.ts";
import { extractors } from "./registry.ts";

/** What takes long to tell from a line that fits: many of one kind, and no end that fits. */
const fills = [
  " ",
  "\t",
  "0",
  "a",
  "A",
  ".",
  ":",
  "/",
  "\\",
  "-",
  "_",
  "=",
  "(",
  "[",
  "'",
  '"',
  "`",
  "~",
  ": ",
  " - ",
  "a.",
  "a/",
  "a:1:",
  "Error: ",
  "1) ",
  "| ",
  "€",
  "at a(b) ",
  "[ERROR] ",
];
const most = 2_000;

function viewOf(text: string): View {
  const line: Line = { number: 1, ...readLineText(text) };
  return { line, at: (offset) => (Math.abs(offset) <= 100 ? { ...line, number: 1 + offset } : undefined), holdsKeyword: () => true, hold: () => () => [] };
}

/** Reads lines that hold a keyword and much that nearly fits. An expression that tries everything again and again does not come to the end of them. */
function readHostileLines(extractor: Extractor): number {
  let lines = 0;
  for (const keyword of extractor.keywords) {
    for (const fill of fills) {
      const body = fill.repeat(Math.ceil(most / fill.length));
      for (const text of [`${keyword}${body}`.slice(0, most), `${body.slice(0, most - keyword.length)}${keyword}`]) {
        extractor.open()(viewOf(text));
        lines++;
      }
    }
  }
  return lines;
}

describe("the registry of extractors", () => {
  it("holds each name once", () => {
    const names = extractors.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/);
  });

  it("holds keywords of three bytes and more, each once an extractor, that no end of line cuts", () => {
    for (const { name, keywords } of extractors) {
      expect(keywords.length, name).toBeGreaterThan(0);
      for (const keyword of keywords) {
        expect(Buffer.byteLength(keyword), `${name}: ${keyword}`).toBeGreaterThanOrEqual(3);
        expect(keyword, name).not.toMatch(/[\r\n\u001b]/);
      }
      expect(new Set(keywords).size, name).toBe(keywords.length);
    }
  });
});

describe("a line of 2,000 characters that is made to take long", () => {
  for (const extractor of extractors) {
    it(`is read by ${extractor.name} to its end`, () => expect(readHostileLines(extractor)).toBe(extractor.keywords.length * fills.length * 2));
  }
});

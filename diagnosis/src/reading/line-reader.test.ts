import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildKeywordScanner } from "./keyword-scanner.ts";
import { type LineConvention, linesAhead, linesBehind, readLines, type View } from "./line-reader.ts";
import { readLineText } from "./line-text.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

type Seen = { line: number; text: string; keywords: string[] };

function read(
  pieces: Iterable<Uint8Array>,
  convention: LineConvention,
  keywords: readonly string[],
  onView?: (view: View) => void,
): { count: number; seen: Seen[] } {
  const seen: Seen[] = [];
  const scanner = buildKeywordScanner(keywords, { returnsEndLines: convention === "cr-crlf-lf" });
  const reader = readLines(scanner, convention, (view, ids) => {
    onView?.(view);
    seen.push({ line: view.line.number, text: view.line.text, keywords: ids.map((id) => keywords[id] ?? "").toSorted() });
  });
  for (const piece of pieces) reader.write(piece);
  return { count: reader.end(), seen };
}

/** The lines of a text by the convention's own words. */
function linesOf(text: string, convention: LineConvention): string[] {
  const lines = text.split(convention === "lf" ? /\n/ : /\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

const numbered = (text: string, convention: LineConvention) => read([Buffer.from(text)], convention, ["x"]);

describe("lines", () => {
  test.each<[string, LineConvention, string, number[], number]>([
    ["at a line feed alone", "lf", "x\nx\r\nx\rx\n\nx", [1, 2, 3, 5], 5],
    ["at a return, a line feed, or both", "cr-crlf-lf", "x\nx\r\nx\rx\n\nx", [1, 2, 3, 4, 6], 6],
    ["at no U+2028, form feed, U+0085, U+2029 or vertical tab", "lf", "x\u2028x\fx\u0085x\u2029x\vx\nx", [1, 2], 2],
    ["at none of these with returns either", "cr-crlf-lf", "x\u2028x\fx\u0085x\u2029x\vx\rx", [1, 2], 2],
    ["at the log's end without an end of line", "lf", "a\nx", [2], 2],
    ["but a last end of line begins no further one", "lf", "a\nx\n", [2], 2],
    ["so does a last return", "cr-crlf-lf", "a\rx\r", [2], 2],
    ["after two returns and a line feed", "cr-crlf-lf", "a\r\r\nx", [3], 3],
    ["of an empty log", "lf", "", [], 0],
    ["of a log of empty lines", "lf", "\n\n\n", [], 3],
  ])("end %s (%s)", (_name, convention, text, numbers, count) => {
    const seen = numbered(text, convention);
    expect(seen.seen.map(({ line }) => line)).toEqual(numbers);
    expect(seen.count).toBe(count);
  });

  test("are the same in any pieces, with any bytes, as if the text were split at once", () => {
    const part = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom("key", "KEY", "k", "ey", "word", "a", " ", "é", "\u001b[31m", "\u001b[0m", "\u001b", "\uFEFF", "\u2028", "\f", "\u0085"),
      },
      { weight: 2, arbitrary: fc.constantFrom("\n", "\r\n", "\r", "\n\n", "\r\r") },
    );
    const bytes = fc.array(
      fc.oneof({ weight: 8, arbitrary: part.map((text) => Buffer.from(text)) }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(
        bytes,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom<LineConvention>("lf", "cr-crlf-lf"),
        (parts, sizes, convention) => {
          const log = Buffer.concat(parts);
          const pieces: Uint8Array[] = [];
          for (let at = 0, index = 0; at < log.length; index++) pieces.push(log.subarray(at, (at += sizes[index % sizes.length] ?? 1)));
          const inPieces = read(pieces, convention, ["key", "word"]);
          expect(inPieces).toEqual(read([log], convention, ["key", "word"]));

          const lines = linesOf(log.toString("latin1"), convention).map(
            (line) => readLineText(new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.from(line, "latin1"))).text,
          );
          expect(inPieces.count).toBe(lines.length);
          for (const { line, text } of inPieces.seen) expect(text).toBe(lines[line - 1]);
          // Where the text holds a keyword, the line is handed over.
          const found = new Set(inPieces.seen.map(({ line }) => line));
          for (const [index, text] of lines.entries()) if (/key|word/i.test(text)) expect(found.has(index + 1)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("hold a keyword that colours stand in", () => {
    expect(read([Buffer.from("\u001b[31mer\u001b[1mror\u001b[0m\n")], "lf", ["error"]).seen).toEqual([{ line: 1, text: "error", keywords: ["error"] }]);
  });

  test("are not handed over where they are frames of a stack trace, and can be looked at", () => {
    const log = "2026-11-02T10:20:30.1234567Z word\n2026-11-02T10:20:30.1234567Z \tat a.word(B.java:1)\n    at word\nat word\n";
    const below: (string | undefined)[] = [];
    const { seen } = read([Buffer.from(log)], "lf", ["word"], ({ at }) => below.push(at(1)?.text));
    expect(seen.map(({ line }) => line)).toEqual([1, 4]);
    expect(below[0]).toBe("\tat a.word(B.java:1)");
  });

  test("of bytes that are no UTF-8 have a sign in their place, and end where they end", () => {
    const log = Buffer.concat([Buffer.from("x "), Buffer.from([0xff, 0xc3, 0x0a]), Buffer.from("x é\n")]);
    expect(read([log], "lf", ["x"]).seen.map(({ text }) => text)).toEqual(["x \uFFFD\uFFFD", "x é"]);
  });

  test("are handed over with those around them: 400 above, 100 below", () => {
    const log = Array.from({ length: 2_000 }, (_, index) => (index === 999 ? "here" : `line ${index + 1}`)).join("\n");
    const views: (string | undefined)[] = [];
    read([Buffer.from(log)], "lf", ["here"], ({ at }) => {
      for (const offset of [-linesBehind, -1, 0, 1, linesAhead]) views.push(at(offset)?.text);
    });
    expect(views).toEqual(["line 600", "line 999", "here", "line 1001", "line 1100"]);
  });

  test("have none before the first and after the last", () => {
    const views: unknown[] = [];
    read([Buffer.from("here\nlast")], "lf", ["here"], ({ at }) => views.push(at(-1), at(1)?.text, at(2)));
    expect(views).toEqual([undefined, "last", undefined]);
  });
});

describe("memory", () => {
  const mebibyte = 1024 * 1024;
  /** Bytes of buffers that are held while the pieces are read, at the end. */
  async function heldBytes(pieces: () => Iterable<Uint8Array>, keywords: readonly string[]): Promise<{ held: number; seen: Seen[] }> {
    const seen: Seen[] = [];
    const before = await settledBytes();
    const reader = readLines(buildKeywordScanner(keywords), "lf", ({ line }) => seen.push({ line: line.number, text: line.text, keywords: [] }));
    for (const piece of pieces()) reader.write(piece);
    const held = (await settledBytes()) - before;
    reader.end();
    return { held, seen };
  }

  /** Buffers are freed by a thread of its own, some time after they were collected. */
  async function settledBytes(): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20; round++) {
      collectGarbage();
      await setImmediate();
      least = Math.min(least, process.memoryUsage().arrayBuffers);
    }
    return least;
  }

  test("does not grow with a line of 10 MB, whose end is still searched", async () => {
    function* pieces(): Generator<Uint8Array> {
      for (let index = 0; index < 160; index++) yield Buffer.alloc(64 * 1024, "x");
      yield Buffer.from(" needle\nafter needle\n");
    }
    const { held, seen } = await heldBytes(pieces, ["needle"]);
    expect(held).toBeLessThan(2 * mebibyte);
    expect(seen.map(({ line, text }) => [line, text.length])).toEqual([
      [1, 2_000],
      [2, 12],
    ]);
  });

  test("does not grow with the log, though each piece holds a line that was handed over", async () => {
    const filler = "nothing to see\n".repeat(8_000);
    function* pieces(): Generator<Uint8Array> {
      for (let index = 0; index < 400; index++) yield Buffer.from(`needle ${index}\n${filler}`);
    }
    const { held, seen } = await heldBytes(pieces, ["needle"]);
    expect(seen).toHaveLength(400);
    expect(held).toBeLessThan(4 * mebibyte);
  });
});

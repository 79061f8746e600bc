import { stripAnsi } from "./ansi.ts";
import { type KeywordScanner, newFound } from "./keyword-scanner.ts";
import { type LineText, readLineText } from "./line-text.ts";

/** How a log's lines are counted: `lf` at `\n` alone, as GitHub does; `cr-crlf-lf` at `\r\n`, `\n` or a lone `\r`, as Java's readers do. */
export type LineConvention = "lf" | "cr-crlf-lf";

export type Line = LineText & {
  /** From 1. */
  readonly number: number;
};

/** Lines around the one that is being looked at. Those farther off than `linesBehind` and `linesAhead` are gone, or not yet there. */
export type View = {
  readonly line: Line;
  /** The line `offset` lines below (above, if negative); undefined before the first and after the last. */
  at(offset: number): Line | undefined;
};

/** How far a look back reaches, and how long a line waits for those that follow. */
export const linesBehind = 400;
export const linesAhead = 100;
/** What is kept of a line: the rest of longer ones is searched for keywords, and not shown. */
const keptOfLine = 16 * 1024;
const slots = 512;

type Slot = { number: number; bytes: Uint8Array; keywords: readonly number[]; line: Line | undefined };

export type LineReader = {
  write(bytes: Uint8Array): void;
  /** Reads the lines that still wait. Returns the number of lines. */
  end(): number;
};

/**
 * Splits bytes into lines and hands over those that hold a keyword, in order, once the lines after them are there.
 * Needs memory for `slots` lines and the piece that is being read, whatever the log's length.
 */
export function readLines(scanner: KeywordScanner, convention: LineConvention, onLine: (view: View, keywords: readonly number[]) => void): LineReader {
  const ring: (Slot | undefined)[] = Array.from({ length: slots });
  const waiting: (Slot | undefined)[] = [];
  let waitingFrom = 0;
  let count = 0;
  let found = newFound();
  /** The beginning of a line whose end has not come, and how much of it there was. */
  let begun: Uint8Array[] = [];
  let begunLength = 0;
  let skipNewline = false;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  function write(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      if (skipNewline) {
        skipNewline = false;
        if (bytes[from] === 10) {
          from++;
          continue;
        }
      }
      const to = scanner.scan(bytes, from, bytes.length, found);
      keep(bytes, from, to);
      if (!found.lineEnded) return;
      if (bytes[to - 1] === 13) skipNewline = convention === "cr-crlf-lf";
      closeLine();
      from = to;
    }
  }

  function keep(bytes: Uint8Array, from: number, to: number): void {
    const end = found.lineEnded ? to - 1 : to;
    if (begunLength < keptOfLine && end > from) begun.push(bytes.subarray(from, Math.min(end, from + keptOfLine - begunLength)));
    begunLength += end - from;
  }

  function closeLine(): void {
    count++;
    // A copy of what is kept of a long line, so that it does not hold on to the whole piece that it came with.
    const bytes = begun.length === 1 && begunLength <= keptOfLine ? (begun[0] as Uint8Array) : joined(begun);
    const slot: Slot = { number: count, bytes, keywords: keywordsOf(bytes), line: undefined };
    ring[count % slots] = slot;
    begun = [];
    begunLength = 0;
    if (slot.keywords.length > 0) waiting.push(slot);
    while (waitingFrom < waiting.length && (waiting[waitingFrom] as Slot).number + linesAhead <= count) handOver();
  }

  function keywordsOf(bytes: Uint8Array): readonly number[] {
    const { ids, escaped } = found;
    if (escaped) {
      const inside = newFound();
      const stripped = Buffer.from(stripAnsi(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")), "latin1");
      scanner.scan(stripped, 0, stripped.length, inside);
      for (const id of inside.ids) if (!ids.includes(id)) ids.push(id);
    }
    if (escaped || ids.length > 0) found = newFound();
    return ids.length === 0 ? none : ids;
  }

  function handOver(): void {
    const slot = waiting[waitingFrom] as Slot;
    // Its bytes are part of the piece that it came with, which goes when nothing holds on to it.
    waiting[waitingFrom++] = undefined;
    if (waitingFrom > 1_000) {
      waiting.splice(0, waitingFrom);
      waitingFrom = 0;
    }
    onLine({ line: lineOf(slot), at: (offset) => at(slot.number + offset) }, slot.keywords);
  }

  function at(number: number): Line | undefined {
    const slot = ring[((number % slots) + slots) % slots];
    return slot?.number === number ? lineOf(slot) : undefined;
  }

  function lineOf(slot: Slot): Line {
    slot.line ??= { number: slot.number, ...readLineText(decoder.decode(slot.bytes)) };
    return slot.line;
  }

  return {
    write,
    end() {
      if (begunLength > 0) closeLine();
      while (waitingFrom < waiting.length) handOver();
      return count;
    },
  };
}

const none: readonly number[] = [];

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 0 ? new Uint8Array(0) : Buffer.concat(pieces);
}

import { type KeywordScanner, newFound } from "./keyword-scanner.ts";
import { type LineText, maximumTextLength, readLineText } from "./line-text.ts";

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
  /** Whether that line holds a keyword of any extractor: to pass over others costs less than to look at their text. */
  holdsKeyword(offset: number): boolean;
  /** Keeps the lines from one offset to another, both included, for later: those of them that are there. */
  hold(from: number, to: number): () => readonly Line[];
};

/** The view from another line; undefined where that is not to be seen. */
export function viewFrom(view: View, offset: number): View | undefined {
  const line = view.at(offset);
  if (line === undefined) return undefined;
  return {
    line,
    at: (further) => view.at(offset + further),
    holdsKeyword: (further) => view.holdsKeyword(offset + further),
    hold: (from, to) => view.hold(offset + from, offset + to),
  };
}

/** How far a look back reaches, and how long a line waits for those that follow. */
export const linesBehind = 400;
export const linesAhead = 100;
/** What is kept of a line: the rest of longer ones is searched for keywords, and not shown. */
const keptOfLine = 16 * 1024;
const slots = 512;

/** One of the last lines: its bytes lie in `bytes` from `start` to `end`. */
type Slot = { number: number; bytes: Uint8Array; start: number; end: number; keywords: readonly number[]; line: Line | undefined };

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
  const ring: Slot[] = Array.from({ length: slots }, () => ({ number: -1, bytes: noBytes, start: 0, end: 0, keywords: none, line: undefined }));
  /** Numbers of lines that wait for those that follow: at most `linesAhead` of them, so that the ring still holds them. */
  const waiting: number[] = [];
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
      const to = scanner.scan(bytes, begunLength === 0 ? from + stampLength(bytes, from) : from, bytes.length, found);
      if (!found.lineEnded) return begin(bytes, from, to);
      if (bytes[to - 1] === 13) skipNewline = convention === "cr-crlf-lf";
      if (begunLength === 0 && to - from <= keptOfLine) closeLine(bytes, from, to - 1);
      else {
        begin(bytes, from, to - 1);
        closeHeld();
      }
      from = to;
    }
  }

  function begin(bytes: Uint8Array, from: number, to: number): void {
    if (begunLength < keptOfLine && to > from) begun.push(bytes.subarray(from, Math.min(to, from + keptOfLine - begunLength)));
    begunLength += to - from;
  }

  /** A copy of what is kept, so that a long line does not hold on to the whole piece that it came with. */
  function closeHeld(): void {
    const bytes = Buffer.concat(begun);
    begun = [];
    begunLength = 0;
    closeLine(bytes, 0, bytes.length);
  }

  function closeLine(bytes: Uint8Array, start: number, end: number): void {
    count++;
    const slot = ring[count % slots] as Slot;
    slot.number = count;
    slot.bytes = bytes;
    slot.start = start;
    slot.end = end;
    slot.line = undefined;
    slot.keywords = none;
    found.escape = 0;
    if (found.ids.length > 0 && isFrame(bytes, start, end)) found = newFound();
    else if (found.ids.length > 0) {
      slot.keywords = found.ids;
      found = newFound();
      waiting.push(count);
    }
    if (waiting.length > 0 && (waiting[0] as number) + linesAhead <= count) handOver();
  }

  function handOver(): void {
    const slot = ring[(waiting.shift() as number) % slots] as Slot;
    const { number } = slot;
    onLine(
      {
        line: lineOf(slot),
        at: (offset) => at(number + offset),
        holdsKeyword: (offset) => holdsKeyword(number + offset),
        hold: (from, to) => hold(number + from, number + to),
      },
      slot.keywords,
    );
  }

  function holdsKeyword(number: number): boolean {
    const slot = ring[((number % slots) + slots) % slots];
    return slot?.number === number && slot.keywords.length > 0;
  }

  /** Copies, decoded when somebody asks: most are never asked for. */
  function hold(from: number, to: number): () => readonly Line[] {
    const held: { number: number; start: number; end: number }[] = [];
    let size = 0;
    for (let number = Math.max(1, from); number <= to; number++) {
      const slot = ring[number % slots] as Slot;
      if (slot.number !== number) continue;
      const length = Math.min(slot.end - slot.start, maximumTextLength);
      held.push({ number, start: size, end: size + length });
      size += length;
    }
    const copy = Buffer.allocUnsafeSlow(size);
    for (const { number, start, end } of held) {
      const slot = ring[number % slots] as Slot;
      copy.set(slot.bytes.subarray(slot.start, slot.start + end - start), start);
    }
    return () => held.map(({ number, start, end }) => ({ number, ...readLineText(decoder.decode(copy.subarray(start, end))) }));
  }

  function at(number: number): Line | undefined {
    const slot = ring[((number % slots) + slots) % slots];
    return slot?.number === number ? lineOf(slot) : undefined;
  }

  function lineOf(slot: Slot): Line {
    slot.line ??= { number: slot.number, ...readLineText(decoder.decode(slot.bytes.subarray(slot.start, slot.end))) };
    return slot.line;
  }

  return {
    write,
    end() {
      if (begunLength > 0) closeHeld();
      while (waiting.length > 0) handOver();
      return count;
    },
  };
}

const none: readonly number[] = [];
const noBytes = new Uint8Array(0);

/** Bytes of GitHub's time stamp (`2026-11-02T10:20:30.1234567Z `) where a line begins with one, else 0: no keyword is in it. */
function stampLength(bytes: Uint8Array, from: number): number {
  if (bytes[from + 10] !== 0x54 || bytes[from + 27] !== 0x5a || bytes[from + 19] !== 0x2e) return 0;
  for (let index = from; index < from + 27; index++) if ((bytes[index] as number) < 0x2d) return 0;
  return 28;
}

/** Whether a line is a frame of a stack trace (`    at a.B.c(B.java:12)`): what failed stands above it. */
function isFrame(bytes: Uint8Array, start: number, end: number): boolean {
  const stamp = stampLength(bytes, start);
  let index = start + (stamp === 0 ? 0 : stamp + 1);
  // Maven's level, where it prints what a test printed.
  if (bytes[index] === 0x5b && bytes[index + 5] === 0x5d) index += 7;
  const from = index;
  for (; index < end; index++) {
    const byte = bytes[index];
    // Maven prints the word in bold.
    if (byte === 0x1b) while (index < end && bytes[index] !== 0x6d) index++;
    else if (byte !== 0x20 && byte !== 0x09) break;
  }
  if (index === from || bytes[index] !== 0x61 || bytes[index + 1] !== 0x74) return false;
  return bytes[index + 2] === 0x20 || bytes[index + 2] === 0x1b;
}

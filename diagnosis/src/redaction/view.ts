import { isBase64 } from "./private-keys.ts";

/** A text that was taken out of a disguise, and where each of its characters stands in the bytes of the line. One byte a character. */
export type View = {
  readonly text: string;
  /** How many disguises were taken off. */
  readonly depth: number;
  /** First byte of a character of the text. */
  startOf(index: number): number;
  /** The byte behind it. */
  endOf(index: number): number;
};

export function plainView(bytes: Uint8Array): View {
  return { text: latin1(bytes), depth: 0, startOf: (index) => index, endOf: (index) => index + 1 };
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** Colours, movements of the cursor, titles and links; those that end. Bounded, so that the walk is linear. */
const escapeSequence = /\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,2048}(?:\u0007|\u001b\\)|[ -/]{0,4}[0-Z\\^-~])/g;
const percent = /%[0-9A-Fa-f]{2}/g;
const backslash = /\\(?:u00[0-9A-Fa-f]{2}|x[0-9A-Fa-f]{2}|[nrt"'/\\])/g;
const meanings: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** The same without terminal escapes; null where there are none. */
export function withoutEscapes(view: View): View | null {
  return view.text.includes("\u001b") ? replaced(view, escapeSequence, () => "") : null;
}

/** The same with `%41` read as `A`; null where there is none. */
export function percentDecoded(view: View): View | null {
  return view.text.includes("%") ? replaced(view, percent, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16))) : null;
}

/** The same with the escapes of JSON and of most languages read; null where there are none. */
export function unescaped(view: View): View | null {
  if (!view.text.includes("\\")) return null;
  return replaced(view, backslash, (code) => {
    const sign = code[1] ?? "";
    return sign === "u" || sign === "x" ? String.fromCharCode(Number.parseInt(code.slice(2), 16)) : (meanings[sign] ?? sign);
  });
}

/** Each match becomes one character, or none. */
function replaced(view: View, pattern: RegExp, meaning: (match: string) => string): View | null {
  const { text } = view;
  const pieces: string[] = [];
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  let length = 0;
  let from = 0;
  const keep = (to: number): void => {
    pieces.push(text.slice(from, to));
    for (let index = from; index < to; index++, length++) {
      starts[length] = index;
      ends[length] = index;
    }
  };
  for (const match of text.matchAll(pattern)) {
    keep(match.index);
    from = match.index + match[0].length;
    const character = meaning(match[0]);
    if (character !== "") {
      pieces.push(character);
      starts[length] = match.index;
      ends[length++] = from - 1;
    }
  }
  if (from === 0) return null;
  keep(text.length);
  return {
    text: pieces.join(""),
    depth: view.depth + 1,
    startOf: (index) => view.startOf(starts[index] ?? 0),
    endOf: (index) => view.endOf(ends[index] ?? 0),
  };
}

/** A stretch of a text that is made of the characters of an encoding. */
export type Run = { readonly from: number; readonly to: number };

/** The run of base64 (standard or for addresses) around a place. */
export function base64Run(text: string, at: number): Run {
  return runAround(text, at, (code) => (isBase64(code) && code !== 61) || code === 45 || code === 95);
}

/** The run of hexadecimal digits around a place. */
export function hexRun(text: string, at: number): Run {
  return runAround(text, at, (code) => (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102));
}

function runAround(text: string, at: number, belongs: (code: number) => boolean): Run {
  let from = at;
  let to = at;
  while (from > 0 && belongs(text.charCodeAt(from - 1))) from--;
  while (to < text.length && belongs(text.charCodeAt(to))) to++;
  return { from, to };
}

/** What the base64 from `from` on says. */
export function base64Decoded(view: View, from: number, to: number): View {
  return {
    text: latin1(Buffer.from(view.text.slice(from, to), "base64")),
    depth: view.depth + 1,
    // Six bits a character, eight a byte.
    startOf: (index) => view.startOf(from + Math.floor((index * 8) / 6)),
    endOf: (index) => view.endOf(from + Math.ceil(((index + 1) * 8) / 6) - 1),
  };
}

export function hexDecoded(view: View, from: number, to: number): View {
  return {
    text: latin1(Buffer.from(view.text.slice(from, to), "hex")),
    depth: view.depth + 1,
    startOf: (index) => view.startOf(from + index * 2),
    endOf: (index) => view.endOf(from + index * 2 + 1),
  };
}

import { sieve } from "./keywords.ts";
import { findSecrets, type Found, holdsKeyword, shownView } from "./line.ts";
import { type KeyBlock, openKeyBlock, privateKeyKind } from "./private-keys.ts";
import { replacementOf } from "./replacement.ts";

/** The longest secret that is surely found where it stands in one line, in bytes, in whatever disguise. */
export const longestSecret = 16 * 1024;
/** What is held back of a line at most. Longer lines are searched in windows of this size that overlap by more than a secret. */
export const mostHeldBack = 64 * 1024;
/** What was given on already is kept for so long, since a name before a value says what it is. */
const context = 1024;
const newline = 10;

export type Redaction = { readonly kind: string; /** From 1; lines end at `\n`. */ readonly line: number };

export type Redactor = {
  /** Takes the next bytes; returns what can be given on so far, which may be nothing. May return a part of what it was given: use it before you write to that again. */
  write(bytes: Uint8Array): Uint8Array;
  /** The rest. */
  end(): Uint8Array;
  /** How many secrets were replaced. A key of several lines is one. */
  readonly count: number;
  /** How many of each kind. */
  readonly kinds: ReadonlyMap<string, number>;
};

/**
 * Replaces secrets in a stream of bytes. All other bytes pass as they are, and so does every end of a line; the result is
 * the same however the stream is cut. Holds back the line that has not ended, at most `mostHeldBack` bytes of it.
 */
export function redactor(options: { onRedaction?: (redaction: Redaction) => void } = {}): Redactor {
  const kinds = new Map<string, number>();
  let count = 0;
  let line = 1;
  let block: KeyBlock | null = null;
  let blockIsCounted = false;
  /** The line that has not ended. `given` bytes of it were given on, and are there for what follows them. */
  let held: Uint8Array | null = null;
  let heldLength = 0;
  let given = 0;

  function write(bytes: Uint8Array): Uint8Array {
    const out: Uint8Array[] = [];
    let from = 0;
    while (heldLength > 0 && from < bytes.length) from = goOn(bytes, from, out);
    const end = Math.max(from, bytes.lastIndexOf(newline) + 1);
    lookAtLines(bytes, from, end, out);
    for (let at = end; at < bytes.length;) at = goOn(bytes, at, out);
    return joined(out);
  }

  /** Whole lines: those that may hold something are looked at, all others pass in one piece. */
  function lookAtLines(bytes: Uint8Array, from: number, end: number, out: Uint8Array[]): void {
    let clean = from;
    let counted = from;
    for (let at = from; at < end;) {
      const place = block === null ? sieve.next(bytes, at, end) : at;
      if (place === end) break;
      const start = block === null ? Math.max(at, bytes.lastIndexOf(newline, place) + 1) : at;
      at = bytes.indexOf(newline, place) + 1;
      passLines(bytes, counted, start);
      counted = start;
      if (at - start > mostHeldBack) {
        if (start > clean) out.push(bytes.subarray(clean, start));
        for (let part = start; part < at;) part = goOn(bytes.subarray(0, at), part, out);
        clean = at;
        counted = at;
      } else {
        const { pieces } = redactedLine(bytes.subarray(start, at), 0);
        if (pieces !== null) {
          if (start > clean) out.push(bytes.subarray(clean, start));
          out.push(...pieces);
          clean = at;
        }
      }
    }
    passLines(bytes, counted, end);
    if (clean < end) out.push(bytes.subarray(clean, end));
  }

  /** Adds to the line that is held back, up to its end; looks at it when it has ended or is too long. Returns how far it came. */
  function goOn(bytes: Uint8Array, from: number, out: Uint8Array[]): number {
    const rest = bytes.subarray(from, from + mostHeldBack - heldLength);
    const length = rest.indexOf(newline) + 1 || rest.length;
    held ??= new Uint8Array(mostHeldBack);
    held.set(rest.subarray(0, length), heldLength);
    heldLength += length;
    if (held[heldLength - 1] === newline) {
      out.push(...lookAtEnd());
      line++;
    } else if (heldLength === mostHeldBack) out.push(...lookAtWindow(held));
    return from + length;
  }

  function lookAtEnd(): Uint8Array[] {
    const bytes = held?.slice(0, heldLength) ?? new Uint8Array(0);
    const pieces = redactedLine(bytes, given).pieces ?? [bytes.subarray(given)];
    heldLength = 0;
    given = 0;
    return pieces;
  }

  /** Of a window that is full all is given on but what a secret may still begin in. */
  function lookAtWindow(window: Uint8Array): Uint8Array[] {
    const bytes = window.slice();
    const cut = mostHeldBack - longestSecret;
    const { pieces, to } = redactedLine(bytes, given, cut);
    const before = given;
    window.copyWithin(0, to - context);
    heldLength -= to - context;
    given = context;
    return pieces ?? [bytes.subarray(before, cut)];
  }

  /**
   * The line, or the window of one, from `from` on to `cut` (the end, if there is none) or to where a secret ends that lies
   * across it; null where it stays as it is.
   */
  function redactedLine(bytes: Uint8Array, from: number, cut?: number): { pieces: Uint8Array[] | null; to: number } {
    const end = cut ?? bytes.length;
    const secrets = secretsOf(bytes).filter((secret) => secret.to > from && secret.from < end);
    if (secrets.length === 0) return { pieces: null, to: end };
    const pieces: Uint8Array[] = [];
    let at = from;
    for (const secret of secrets) {
      if (secret.from > at) pieces.push(bytes.subarray(at, secret.from));
      pieces.push(Buffer.from(replacementOf(secret.kind) + lineEndsOf(bytes, Math.max(at, secret.from), secret.to)));
      // What begins in what was given on was replaced there; only its rest is left.
      if (secret.from >= from) tell(secret.kind);
      at = secret.to;
    }
    if (at < end) pieces.push(bytes.subarray(at, end));
    return { pieces, to: Math.max(at, end) };
  }

  function secretsOf(bytes: Uint8Array): readonly Found[] {
    const body = block === null ? null : bodyOf(bytes);
    if (body !== null) return body;
    // The sieve decides for whole lines too, so that the result is the same however the bytes came.
    if (sieve.next(bytes, 0, bytes.length) === bytes.length || !holdsKeyword(bytes)) return [];
    const { found, goesOn } = findSecrets(bytes);
    if (goesOn && block === null) {
      block = openKeyBlock();
      blockIsCounted = false;
    }
    return found;
  }

  /** The stretch of this line that goes on with a key that began before. */
  function bodyOf(bytes: Uint8Array): readonly Found[] | null {
    const view = shownView(bytes);
    const next = block?.next(view.text) ?? "over";
    if (next === "over") block = null;
    if (typeof next === "string") return null;
    return [{ from: view.startOf(next[0]), to: view.endOf(next[1] - 1), kind: privateKeyKind.name }];
  }

  /** Lines are numbered for who is told of them, and for nobody else. */
  function passLines(bytes: Uint8Array, from: number, to: number): void {
    if (options.onRedaction !== undefined) line += linesIn(bytes, from, to);
  }

  function tell(kind: string): void {
    if (block !== null && kind === privateKeyKind.name) {
      if (blockIsCounted) return;
      blockIsCounted = true;
    }
    count++;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    options.onRedaction?.({ kind, line });
  }

  return {
    write,
    end() {
      return heldLength > 0 ? joined(lookAtEnd()) : new Uint8Array(0);
    },
    get count() {
      return count;
    },
    kinds,
  };
}

function linesIn(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) if (bytes[at] === newline) lines++;
  return lines;
}

/** Line ends that stood in a secret: the number of lines stays, whoever counts them. */
function lineEndsOf(bytes: Uint8Array, from: number, to: number): string {
  let ends = "";
  for (let index = from; index < to; index++) {
    if (bytes[index] === 10) ends += "\n";
    else if (bytes[index] === 13) ends += "\r";
  }
  return ends;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
}

/** A text with its secrets replaced. */
export function redactText(text: string): string {
  const stage = redactor();
  const start = stage.write(Buffer.from(text, "utf8"));
  const rest = stage.end();
  // What holds no secret stays as it is, lone surrogates too.
  return stage.count === 0 ? text : Buffer.concat([start, rest]).toString("utf8");
}

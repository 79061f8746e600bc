import { ruleLimits } from "./rule.ts";

/**
 * Literals of which a line must hold one to match: each alternative has its own. Null where no such set is certain.
 * A pattern's length is bounded, and so is how deep it nests.
 */
export type Needed = readonly string[] | null;

type Part = { readonly needed: Needed; readonly exact: string | null };

/**
 * What a line must hold, at the least, for a pattern that RE2 has compiled to match it. Says null rather than guess:
 * a part that is not understood counts as one that any text may stand for.
 *
 * Letters of both cases are taken as alike, as the scanner does; that RE2's `(?i)` takes `ſ` for `s` and `K` (Kelvin) for `k` as well is left aside.
 */
export function literalsOf(pattern: string): Needed {
  const reader = { pattern, at: 0, foldsCase: /\(\?[msU]*i/.test(pattern) };
  const needed = alternation(reader, 0);
  return reader.at === pattern.length ? (needed?.needed ?? null) : null;
}

type Reader = {
  readonly pattern: string;
  at: number;
  /** Letters beyond ASCII of the other case match then, which the scanner does not know. */
  readonly foldsCase: boolean;
};

/** Up to the end or a closing bracket. Null where something was not understood. */
function alternation(reader: Reader, depth: number): Part | null {
  if (depth > 50) return null;
  const branches: Part[] = [];
  for (;;) {
    const branch = concatenation(reader, depth);
    if (branch === null) return null;
    branches.push(branch);
    if (reader.pattern[reader.at] !== "|") break;
    reader.at++;
  }
  const [only] = branches;
  if (only !== undefined && branches.length === 1) return only;
  const all = branches.flatMap(({ needed }) => needed ?? []);
  const isEach = branches.every(({ needed }) => needed !== null) && all.length <= ruleLimits.literals;
  return { needed: isEach ? [...new Set(all)] : null, exact: null };
}

function concatenation(reader: Reader, depth: number): Part | null {
  let run = "";
  let isWhole = true;
  const found: Needed[] = [];
  const endRun = (): void => {
    if (isTelling(run)) found.push([run]);
    run = "";
    isWhole = false;
  };
  while (reader.at < reader.pattern.length && reader.pattern[reader.at] !== "|" && reader.pattern[reader.at] !== ")") {
    const part = atom(reader, depth);
    if (part === null) return null;
    const least = quantifier(reader);
    if (least === null) return null;
    if (part.exact === "") continue;
    if (part.exact !== null && least.isOnce) {
      run += part.exact;
      continue;
    }
    if (part.exact !== null && least.atLeast > 0) run += part.exact;
    endRun();
    if (part.exact === null && least.atLeast > 0 && part.needed !== null) found.push(part.needed);
    // `ab+c`: what follows begins with the last `b`.
    if (part.exact !== null && least.atLeast > 0) run = part.exact;
  }
  const exact = isWhole ? run : null;
  if (isTelling(run)) found.push([run]);
  return { needed: best(found), exact };
}

function isTelling(literal: string): boolean {
  return [...literal.trim()].length >= ruleLimits.shortestLiteral;
}

/** The set whose shortest literal is the longest: the fewer lines hold one, the better. */
function best(found: readonly Needed[]): Needed {
  const size = (literals: Needed): number => Math.min(...(literals ?? [""]).map((literal) => literal.length));
  return found.reduce((one, other) => (one === null || size(other) > size(one) ? other : one), null);
}

const anyText: Part = { needed: null, exact: null };
const noText: Part = { needed: null, exact: "" };

function atom(reader: Reader, depth: number): Part | null {
  const { pattern } = reader;
  const character = String.fromCodePoint(pattern.codePointAt(reader.at) ?? 0);
  reader.at += character.length;
  if (character === "\\") return escaped(reader);
  if (character === "(") return group(reader, depth);
  if (character === "[") return characterClass(reader);
  if (character === ".") return anyText;
  if (character === "^" || character === "$") return noText;
  if ("*+?".includes(character)) return null;
  // Bytes that are no UTF-8 are shown as this sign, and are not found by it.
  if (character === "\uFFFD" || (reader.foldsCase && character > "\u007F")) return anyText;
  return { needed: null, exact: character };
}

function escaped(reader: Reader): Part | null {
  const character = reader.pattern[reader.at++];
  if (character === undefined) return null;
  if (/[bBAz]/.test(character)) return noText;
  if (/[dDsSwW]/.test(character)) return anyText;
  if (/[pP]/.test(character)) {
    const name = /^(?:\{[^}]*\}|.)/u.exec(reader.pattern.slice(reader.at));
    reader.at += name?.[0].length ?? 0;
    return name === null ? null : anyText;
  }
  if (character === "t") return { needed: null, exact: "\t" };
  return /[A-Za-z\d]/.test(character) ? null : { needed: null, exact: character };
}

function group(reader: Reader, depth: number): Part | null {
  const opening = /^\?(?:P?<\w+>|[imsU-]*(:|\)))/.exec(reader.pattern.slice(reader.at));
  if (opening === null && reader.pattern[reader.at] === "?") return null;
  reader.at += opening?.[0].length ?? 0;
  // Flags for what follows: none of them lets a text match that holds fewer of the literals.
  if (opening?.[1] === ")") return noText;
  const inside = alternation(reader, depth + 1);
  if (inside === null || reader.pattern[reader.at] !== ")") return null;
  reader.at++;
  return inside;
}

function characterClass(reader: Reader): Part | null {
  const { pattern } = reader;
  if (pattern[reader.at] === "^") reader.at++;
  if (pattern[reader.at] === "]") reader.at++;
  while (reader.at < pattern.length && pattern[reader.at] !== "]") {
    const named = pattern[reader.at] === "[" ? /^\[:\^?\w+:\]/.exec(pattern.slice(reader.at)) : null;
    reader.at += named?.[0].length ?? (pattern[reader.at] === "\\" ? 2 : 1);
  }
  reader.at++;
  return reader.at <= pattern.length ? anyText : null;
}

function quantifier(reader: Reader): { readonly atLeast: number; readonly isOnce: boolean } | null {
  const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.pattern.slice(reader.at));
  if (found === null) return { atLeast: 1, isOnce: true };
  reader.at += found[0].length;
  if (/^[*+?{]/.test(reader.pattern.slice(reader.at))) return null;
  const atLeast = found[0].startsWith("+") ? 1 : Number(found[1] ?? 0);
  return { atLeast, isOnce: found[0] === "{1}" };
}

import type { Detector, SecretKind } from "./secret-kind.ts";
import { isPlaceholder } from "./values.ts";

/** Tokens that tell by their own form what they are. */
export type TokenPattern = SecretKind & {
  /** How they begin, or a part that is always in them; exact case. */
  readonly marks: readonly string[];
  /** What follows the mark, anchored there (sticky). */
  readonly rest: RegExp;
  /** What stands before the mark and belongs to the token. */
  readonly before?: { readonly character: RegExp; readonly least: number; readonly most: number };
  /** The character before it must be no letter, digit or underscore: for marks that are parts of words too. */
  readonly startsWord?: boolean;
  /** The mark is an address or a name, and stays. */
  readonly keepsMark?: boolean;
};

/** A pattern of the usual form. `body` is the source of a regular expression with bounded repeats. */
export function token(name: string, title: string, marks: readonly string[], body: string, options: Partial<TokenPattern> = {}): TokenPattern {
  return { name, title, shape: `${marks[0] ?? ""}…`, marks, rest: new RegExp(body, "y"), ...options };
}

const wordCharacter = /[A-Za-z0-9_]/;

export function tokenDetector(pattern: TokenPattern): Detector {
  const { rest, before, name } = pattern;
  return {
    keywords: pattern.marks.map((mark) => mark.toLowerCase()),
    encoded: pattern.marks,
    find(text, at, after, report) {
      if (!pattern.marks.includes(text.slice(at, after))) return 0;
      let from = at;
      if (before !== undefined) {
        while (from > 0 && at - from < before.most && before.character.test(text[from - 1] ?? "")) from--;
        if (at - from < before.least) return 0;
      } else if (pattern.startsWord === true && wordCharacter.test(text[at - 1] ?? "")) return 0;
      rest.lastIndex = after;
      const body = rest.exec(text)?.[0];
      if (body === undefined || isPlaceholder(text.slice(from, at) + body) || body.endsWith("EXAMPLE")) return 0;
      report(pattern.keepsMark === true ? after : from, after + body.length, name);
      return after + body.length;
    },
  };
}

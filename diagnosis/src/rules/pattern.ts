import { RE2JS, RE2JSException, RE2JSSyntaxException } from "re2js";
import { ruleLimits } from "./rule.ts";

/** Whether a text matches; takes time in proportion to its length, whatever the pattern. */
export type Matcher = (text: string) => boolean;

export type PatternProblem = { readonly problem: string; readonly fix: string };

/** Compiles a pattern of RE2's syntax: it has nothing that would need backtracking. */
export function compilePattern(pattern: string): { readonly matches: Matcher } | PatternProblem {
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.programSize() > ruleLimits.program)
      return { problem: "It is too large when its repeats are written out", fix: "Use smaller counts in {…}, or * and +: they cost nothing here." };
    if (compiled.test("")) return { problem: "It matches an empty text, and so every line", fix: "Let it ask for something that only this failure prints." };
    return { matches: (text) => compiled.test(text) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const description =
      error instanceof RE2JSSyntaxException ? `${error.getDescription()}${error.getPattern() === null ? "" : `: ${error.getPattern()}`}` : error.message;
    return { problem: `It is no pattern of RE2's syntax (${description.slice(0, 200)})`, fix: fixOf(pattern) };
  }
}

function fixOf(pattern: string): string {
  if (/\(\?<?[=!]/.test(pattern))
    return "Look-around cannot be matched in linear time and is left out of RE2: ask for the text itself, and keep other lines out by examples of no_match and a closer pattern.";
  if (/\\[1-9]/.test(pattern)) return "References back to a group cannot be matched in linear time and are left out of RE2: write the text out.";
  if (/[*+?}]\+/.test(pattern) || /\(\?>/.test(pattern)) return "Leave the possessive + or the atomic group out: no pattern backtracks here.";
  return "See https://github.com/google/re2/wiki/Syntax, and put a backslash before signs that stand for themselves.";
}

/** Names of which `*` stands for any part; the whole name must fit one of the globs. */
export function matcherOfGlobs(globs: readonly string[]): Matcher {
  const parts = globs.map((glob) =>
    glob
      .split("*")
      .map((part) => RE2JS.quote(part))
      .join(".*"),
  );
  const compiled = RE2JS.compile(`^(?:${parts.join("|")})$`, RE2JS.DOTALL);
  return (text) => compiled.test(text);
}

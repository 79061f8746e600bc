import { literalsOf } from "../rules/literals.ts";

const needs = new WeakMap<RegExp, readonly string[] | null>();
let last = { text: "", lower: "" };

/**
 * Whether a pattern may match a text: false only where the text holds none of the words that each match holds. Costs a part of what the
 * pattern costs; tables of patterns ask it first.
 */
export function mayMatch(pattern: RegExp, text: string): boolean {
  let needed = needs.get(pattern);
  if (needed === undefined) {
    needed = literalsOf(pattern.source)?.map((literal) => literal.toLowerCase()) ?? null;
    needs.set(pattern, needed);
  }
  if (needed === null) return true;
  if (text !== last.text) last = { text, lower: text.toLowerCase() };
  const { lower } = last;
  for (const literal of needed) if (lower.includes(literal)) return true;
  return false;
}

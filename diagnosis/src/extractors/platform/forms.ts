import type { Category, Transient } from "../../categories.ts";
import type { ReadLine, Sighting, Strength } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { patternTable } from "../pattern-guard.ts";
import { failureFollows, isFailureMark } from "./failure-mark.ts";

/** What tools print for one kind of failure, and what it means. */
export type Form = {
  readonly category: Category;
  readonly strength: Strength;
  /**
   * Instead of `strength` where the command's failure does not follow soon: it went on, or tried again. Default: one step weaker, with a
   * wider view. `nothing`: not worth a word there.
   */
  readonly elsewhere?: Strength | "nothing";
  readonly reason: string;
  readonly transient?: Transient;
  readonly patterns: readonly RegExp[];
};

/** Marks that tools put in front of their lines. */
const marks =
  /^\s{0,16}(?:\[(?:error|ERROR|fatal|FATAL|stderr)\] |stderr: |> |! |remote: {1,5}|::error(?: [^:]{0,200})?::|(?:Error|ERROR): (?=fatal: |error: |remote: ))?/;

/** Reads lines by the first form that fits. */
export function readForms(forms: readonly Form[]): ReadLine {
  const patterns = forms.flatMap((form) => form.patterns.map((pattern) => ({ pattern, form })));
  const table = patternTable(patterns.map(({ pattern }) => pattern));
  return (view) => {
    const plain = view.line.text.replace(marks, "");
    // A shell's trace of a command, which may quote what another one prints.
    if (plain.startsWith("+")) return undefined;
    const text = view.line.command === "error" ? plain.replace(/^Error: /, "") : plain;
    const place = table(text).find((one) => patterns[one]?.pattern.test(text));
    const form = place === undefined ? undefined : patterns[place]?.form;
    return form === undefined ? undefined : sightingOf(form, view);
  };
}

function sightingOf(form: Form, view: View): Sighting | undefined {
  const { category, reason, transient, elsewhere } = form;
  const final = !isTriedAgain(view) && failureFollows(view, elsewhere === undefined ? 100 : 25);
  const strength = final ? form.strength : weaker(form);
  if (strength === "nothing") return undefined;
  return { category, strength, reason, ...(transient === undefined ? {} : { transient }) };
}

/** Whether the same words come again: then that attempt was not the last. */
function isTriedAgain({ line, at }: View): boolean {
  for (let offset = 1; offset <= 40; offset++) {
    const next = at(offset);
    if (next === undefined || isFailureMark(next)) return false;
    if (next.text === line.text && next.text.length > 12) return true;
  }
  return false;
}

function weaker({ strength, elsewhere }: Form): Strength | "nothing" {
  return elsewhere ?? (strength === "cause" ? "likely" : strength === "likely" ? "summary" : strength);
}

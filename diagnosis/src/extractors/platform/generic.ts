import type { Extractor, Sighting } from "../../extractor.ts";
import type { Category } from "../../categories.ts";
import type { View } from "../../reading/line-reader.ts";
import { isFailureMark } from "./failure-mark.ts";
import { categoryOfWords, isError, lastWords, wordsReach } from "./last-words.ts";

/** Any tool, where no extractor of its own knows better: lines in the form of an error, and what a failed command said last. */
export const genericErrors: Extractor = {
  name: "generic",
  title: "Any tool",
  keywords: [
    "error",
    "fatal",
    "failed",
    "failure",
    "exception",
    "err!",
    "panic:",
    "✖",
    "✘",
    "❌",
    "+ exit ",
    "script returned exit code",
    "exited with",
    "process exited",
    "task run with exit code",
  ],
  open() {
    /** Lines up to here were looked through, and none of them ends a command. */
    let clearUntil = 0;
    return (view) => {
      const { line } = view;
      if (isFailureMark(line)) return wordsBefore(view);
      const exit = /^\++ exit ([1-9]\d{0,2})$/.exec(line.text)?.[1];
      if (exit !== undefined) return wordsBeforeExit(view, exit);
      if (line.command !== undefined || !isError(line)) return undefined;
      // What stands shortly above the end is weighed there, with its neighbours.
      for (let offset = Math.max(1, clearUntil + 1 - line.number); offset <= wordsReach; offset++) {
        // The words of a failure's mark are keywords.
        const next = view.holdsKeyword(offset) ? view.at(offset) : undefined;
        if (next !== undefined && isFailureMark(next)) return undefined;
        clearUntil = line.number + offset;
      }
      return { category: categoryOfWords(line.text), strength: "hint", reason: "The line has the form of an error" };
    };
  },
};

/** Exit codes that say more than what a command that was ended could. */
const tellingCodes: readonly { readonly codes: readonly string[]; readonly category: Category; readonly reason: string }[] = [
  { codes: ["137"], category: "resource.oom", reason: "The command was killed, as it is done when memory runs out" },
  { codes: ["124"], category: "timeout.job", reason: "The command ran into its time limit" },
  { codes: ["134", "135", "136", "139", "-1073741819", "-1073740791"], category: "crash.signal", reason: "The command was ended by a signal" },
];

/** The end of a command that failed. */
function wordsBefore(view: View): Sighting | undefined {
  const code = /\b(?:exit(?:ed)?|returned|status)\b.{0,30}?(-?\d{1,10})\b/.exec(view.line.text)?.[1] ?? "";
  const told = tellingCodes.find(({ codes }) => codes.includes(code));
  if (told !== undefined) return { category: told.category, strength: "summary", reason: told.reason };
  const words = lastWords(view);
  if (words === undefined && isRepeated(view)) return undefined;
  if (words === undefined) return { category: "unknown", strength: "symptom", reason: "The command failed, and said nothing" };
  const { offset, weight } = words;
  const category = categoryOfWords(view.at(offset)?.text ?? "");
  if (weight === "error") return { category, strength: "hint", reason: "The last error before the command failed", offset };
  if (weight === "complaint") return { category, strength: "hint", reason: "The last complaint before the command failed", offset };
  return { category, strength: "symptom", reason: "The last words before the command failed", offset };
}

/** Whether the failure was told already: Jenkins ends with two lines about it. */
function isRepeated({ at }: View): boolean {
  for (let offset = -1; offset >= -wordsReach; offset--) {
    const line = at(offset);
    if (line === undefined) return false;
    if (isFailureMark(line)) return true;
  }
  return false;
}

/** A script that shows its commands gives up by itself, right after it said why. */
function wordsBeforeExit(view: View, code: string): Sighting | undefined {
  const words = lastWords(view);
  if (words === undefined || words.offset < -12) return undefined;
  const category = categoryOfWords(view.at(words.offset)?.text ?? "");
  return { category, strength: "hint", reason: `The last words before the script ended itself with ${code}`, offset: words.offset };
}

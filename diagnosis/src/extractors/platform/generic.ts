import { type Extractor, stateless } from "../../extractor.ts";

/** Forms that many tools share. */
const forms: readonly RegExp[] = [
  /^(?:\S{1,60}: )?(?:fatal|error|FATAL|ERROR|Error|Fatal)(?: error)?: \S/,
  /^\[(?:ERROR|error|FATAL)\] \S/,
  /^(?:E|ERR!|✖|✘|×|❌) \S/,
  /^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception): \S/,
  /\b(?:failed|FAILED)\b/,
];
const harmless = /\b0 (?:errors?|failed|failures?)\b|no errors?\b|without errors?|errors?: 0\b|failed: 0\b|warning/i;

/** Lines that say `error` in one of the usual forms, where no tool's own extractor knows better. */
export const genericErrors: Extractor = {
  name: "generic",
  title: "Any tool",
  keywords: ["error", "fatal", "failed", "exception", "err!", "✖", "✘", "❌"],
  open: stateless(({ line }) => {
    if (line.command === "error" || harmless.test(line.text) || !forms.some((form) => form.test(line.text.trimStart()))) return undefined;
    return { category: "unknown", strength: "hint", reason: "The line has the form of an error" };
  }),
};

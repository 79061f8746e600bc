import type { Extractor, ReadLine, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { above, below, type Form, numberedKeywords, readForms } from "./forms.ts";
import { missingModule } from "./module-names.ts";
import { textsOf } from "./package-prefix.ts";

const failing = /^\s{0,6}([1-9]\d{0,5}) failing\b/;
const numbered = /^(\s{1,60})(\d{1,5})\) (\S.*)$/;
/** Numbered lines of other tools: Playwright's and RSpec's failures. */
const foreign = /^\[[\w .-]{1,60}\] › |:\d{1,6}:\d{1,6} › |─{6}/;
const specLine = /^\s{2,}[✓✔√] /;

const forms: readonly Form[] = [
  {
    pattern: /^\s{0,4}(?:✖ ERROR: |Exception during run: )(?<key>.+)$/,
    category: (found) =>
      missingModule(found[0]) ??
      (/SyntaxError/.test(found[0]) ? "code.syntax" : /ERR_REQUIRE_ESM|Cannot use import/.test(found[0]) ? "code.import_error" : "code.test"),
    strength: "cause",
    reason: "Mocha could not load the tests",
  },
  {
    pattern: /^(?:Error: No test files found|No test files found$|Warning: (?:Could not|Cannot) find any (?:test )?files matching pattern)/,
    category: "config.toolchain",
    strength: "likely",
    reason: "Mocha found no tests",
  },
  { pattern: /^<testcase (?<key>.{1,400}?)><failure/, category: "code.test", strength: "cause", reason: "A test case failed" },
  {
    pattern: /^\s{2,}[✖✗×] {1,2}[1-9]\d{0,5} of \d{1,5} tests? failed/,
    category: "code.test",
    strength: "summary",
    reason: "A test case failed",
  },
];

/** Mocha, and what prints through it: Cypress, tap's spec reporter. */
export const mocha: Extractor = {
  name: "mocha",
  title: "Mocha",
  keywords: [...numberedKeywords, " failing", "✖ error: ", "exception during run", "no test files found", "any files matching", "any test files", "<testcase "],
  open() {
    const readForm = readForms(forms);
    const readNumbered = openNumbered();
    return (view) => readNumbered(view) ?? readForm(view);
  },
};

/** In the run each failed test has a number; after `N failing` stand the same numbers with names and messages. */
function openNumbered(): ReadLine {
  let last = 0;
  let recapOf = 0;
  return (view) => {
    for (const text of textsOf(view.line.text)) {
      const count = Number(failing.exec(text)?.[1] ?? 0);
      if (count > 0) {
        recapOf = Math.min(count, numberedKeywords.length);
        last = 0;
        return { category: "code.test", strength: "summary", reason: "Mocha counts failed tests", key: text.trim() };
      }
      const found = numbered.exec(text);
      if (found === null) continue;
      const [, indent = "", digits = "", title = ""] = found;
      const number = Number(digits);
      if (recapOf > 0 && number <= recapOf && indent.length <= 4) {
        if (number === recapOf) recapOf = 0;
        return recapAt(title, view);
      }
      if (foreign.test(title) || indent.length < 2 || (number !== 1 && (number <= last || number > last + 50))) continue;
      // A number that follows the last one's needs no other sign of a run.
      if (!(last > 0 && number === last + 1) && !isInRun(view)) continue;
      last = number;
      return { category: "code.test", strength: "cause", reason: "Mocha marks a failed test", key: title };
    }
    return undefined;
  };
}

/** Tests of the same run stand around, or its end follows. */
function isInRun(view: View): boolean {
  const next = below(view, 100);
  if (/^\s*Failure\/Error:/.test(next[0] ?? "")) return false;
  const near = [...above(view, 15), ...next.slice(0, 15)].flatMap((text) => textsOf(text));
  return near.some((text) => specLine.test(text)) || next.flatMap((text) => textsOf(text)).some((text) => /^\s{1,6}\d{1,6} (?:passing|failing)\b/.test(text));
}

/** The names of the suites stand on lines of their own, the test's last, with a colon; then the message. */
function recapAt(title: string, view: View): Sighting {
  const names = [title.trim()];
  const texts = below(view, 14).map((text) => (textsOf(text).at(-1) ?? "").trim());
  let used = 0;
  while (!names.at(-1)?.endsWith(":") && used < 10 && (texts[used] ?? "") !== "") names.push(texts[used++] ?? "");
  const message = texts.slice(used).find((text) => text !== "") ?? "";
  const test = names.join(" ").replace(/:$/, "");
  return {
    category: "code.test",
    strength: "cause",
    reason: "Mocha shows a failed test",
    test,
    key: `${test} ${message}`,
    ...(/Timeout of \d+ms exceeded/.test(message) ? { transient: "possible" } : {}),
  };
}

import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { above, below } from "./forms.ts";
import { textsOf } from "./package-prefix.ts";

/** With its number in group 1 (where it has one) and its message in group 2. */
const errors: readonly RegExp[] = [
  // src/a.ts(1,2): error TS2322: …, and with `semantic` by rollup's plugin
  /\(\d{1,7},\d{1,7}\): (?:semantic |syntactic )?error ((?:TS|NG)-?\d{3,8}): (.+)$/,
  // src/a.ts:1:2 - error TS2322: …, Angular's NG8001, Astro's ts(2322)
  /:\d{1,7}:\d{1,7} - error ((?:TS|NG)-?\d{3,8}|ts\(\d{3,6}\)): (.+)$/,
  // no place: options, inputs, libraries
  /^\s{0,8}(?:ERROR in |Error: )?error (TS\d{3,6}): (.+)$/,
  // ts-node before 4
  /^\s{0,8}\S{1,300}\.tsx? \(\d{1,7},\d{1,7}\): ()(.+) \(\d{4,5}\)$/,
  // API Extractor
  /:\d{1,7}:\d{1,7} - (\(ae-[\w-]{1,60}\)) (.+)$/,
];
/** Below a line that names the file: fork-ts-checker, ts-loader, vue-cli. */
const alone = /^\s{0,8}(TS\d{4,6}): (.+)$/;

/** TypeScript's compiler, and what runs it: ts-node, ts-loader, vue-tsc, Angular, tsup, API Extractor. */
export const tsc: Extractor = {
  name: "tsc",
  title: "TypeScript",
  keywords: [
    "error ts",
    "error ng",
    "ts1",
    "ts2",
    "ts7",
    "tserror",
    "(ae-",
    "found ",
    ".ts (",
    ".tsx (",
    "typescript: ",
    "version of typescript",
    "requires typescript",
  ],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const seen = errorIn(text, view) ?? wordsIn(text);
      if (seen !== undefined) return seen;
    }
    return undefined;
  }),
};

function errorIn(text: string, view: View): Sighting | undefined {
  const found =
    errors.map((pattern) => pattern.exec(text)).find((match) => match !== null) ?? (alone.test(text) && belowHeading(view) ? alone.exec(text) : null);
  if (found === null || found === undefined) return undefined;
  const [, code = "", message = ""] = found;
  if (/^\s{0,8}Warning: /.test(text)) return undefined;
  return {
    category: categoryOf(code, message),
    strength: isIgnored(view) ? "likely" : "cause",
    reason: "TypeScript names an error",
    key: message,
  };
}

function wordsIn(text: string): Sighting | undefined {
  if (/TSError: ⨯ Unable to compile TypeScript/.test(text))
    return { category: "code.typecheck", strength: "likely", reason: "ts-node could not compile a file" };
  if (/requires TypeScript .{1,60} but .{1,60} was found/.test(text))
    return { category: "config.toolchain", strength: "cause", reason: "This TypeScript is not the one that is asked for" };
  if (/^(?:Found [1-9]\d{0,6} errors?(?:\.| in (?!.{0,100}\(checked).{1,300})$|\s{0,4}TypeScript: (?:Compilation failed|[1-9]\d{0,6} \w+ errors?))/.test(text))
    return { category: "code.typecheck", strength: "summary", reason: "TypeScript counts its errors" };
  return undefined;
}

function categoryOf(code: string, message: string): Category {
  if (code.startsWith("(ae-")) return "policy.gate";
  if (/^TS(?:5\d{3}|6046|6053|6059|18002|18003)$/.test(code)) return "config.toolchain";
  const isSyntax = /expected|Unexpected|Unterminated|Invalid character|has no corresponding closing tag/.test(message);
  return /^TS1\d{3}$/.test(code) && isSyntax ? "code.syntax" : "code.typecheck";
}

function belowHeading(view: View): boolean {
  return above(view, 3).some((text) => /\b(?:ERROR|error) +in |ERROR\(TypeScript\)|^Error: /.test(text) && !/warning/i.test(text));
}

/** Scripts such as `tsc || echo Ignoring errors` say so right below. */
function isIgnored(view: View): boolean {
  return below(view, 6).some((text) => /\bIgnoring\b.{0,40}\berrors?\b/i.test(text));
}

import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, readForms } from "./forms.ts";
import { textsOf } from "./package-prefix.ts";

/** `  12:3  error  message  rule-id`; message and rule in group 1. Next.js writes `12:3  Error: message  rule-id`. */
const stylish = /^\s{0,12}\d{1,7}:\d{1,7}\s{1,12}(?:error\s{1,8}|Error: )(\S.*)$/;

const reason = "ESLint names an error";
const forms: readonly Form[] = [
  // compact
  { pattern: /: line \d{1,7}, col \d{1,7}, Error - (?<key>.+)$/, category: "code.lint", strength: "cause", reason },
  // unix
  { pattern: /:\d{1,7}:\d{1,7}: (?<key>.{1,500}) \[Error(?:\/[^\]]{1,100})?\]$/, category: "code.lint", strength: "cause", reason },
  // codeframe
  { pattern: /^error: (?<key>.{1,500}) at \S.{0,300}:\d{1,7}:\d{1,7}:$/, category: "code.lint", strength: "cause", reason },
  // visualstudio
  {
    pattern: /\(\d{1,7},\d{1,7}\): error (?<key>(?!TS\d|CS\d|MSB|NU\d|NETSDK|[A-Z]{1,6}\d)[\w/@-]{0,80} ?: .+)$/,
    category: "code.lint",
    strength: "cause",
    reason,
  },
  {
    pattern: /^ESLint found too many warnings \(maximum: \d{1,6}\)/,
    category: "code.lint",
    strength: "cause",
    reason: "There are more warnings than allowed",
  },
  {
    pattern: /ESLint couldn't find (?<key>.+)$/,
    category: (found) => configurationCategory(found[0]),
    strength: "likely",
    reason: "ESLint's configuration names what is not there",
  },
  {
    pattern: /Failed to load (?:plugin|parser|config) (?<key>.+)$/,
    category: "dependency.missing_module",
    strength: "likely",
    reason: "ESLint's configuration names what is not there",
  },
  { pattern: /^\s{0,4}[✖×] [1-9]\d{0,6} problems? \((?!0 errors)/, category: "code.lint", strength: "summary", reason: "ESLint counts its errors" },
  { pattern: /^\s{0,4}Lint errors found in the listed files/, category: "code.lint", strength: "summary", reason: "The linter found errors" },
  { pattern: /^[1-9]\d{0,6} errors?(?: and \d{1,6} warnings?)? found\.$/, category: "code.lint", strength: "summary", reason: "ESLint counts its errors" },
];
const readForm = readForms(forms);

/** ESLint's formatters and its own failures; also tools that print as it does. */
export const eslint: Extractor = {
  name: "eslint",
  title: "ESLint",
  keywords: [
    " error ",
    " error: ",
    "error: ",
    ", error - ",
    "[error",
    "oops! something went wrong",
    "eslint",
    "occurred while linting",
    "failed to load ",
    " problem",
    "lint errors found",
    "found.",
  ],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const finding = stylish.exec(text)?.[1];
      if (finding !== undefined) return { category: "code.lint", strength: "cause", reason, key: finding.replace(/\s+/g, " ") };
      if (text.startsWith("Occurred while linting "))
        return { category: "tool.crash", strength: "likely", reason: "ESLint itself failed", offset: -1, key: view.at(-1)?.text ?? text };
      if (/^\s{0,4}Oops! Something went wrong! :\(/.test(text)) return ownFailure(view);
    }
    return readForm(view);
  }),
};

/** Below `Oops!` and the version stands why. */
function ownFailure({ at }: View): Sighting {
  let offset = 1;
  while (offset < 12 && !/\bESLint: \d/.test(at(offset)?.text ?? "")) offset++;
  const from = offset === 12 ? 1 : offset + 1;
  offset = from;
  while (offset < from + 6 && (at(offset)?.text ?? "").trim() === "") offset++;
  const message = at(offset)?.text.trim() ?? "";
  const next = at(offset + 1)?.text.trim() ?? "";
  return {
    category: configurationCategory(`${message}\n${next}`),
    strength: "cause",
    reason: "ESLint itself failed",
    offset,
    key: message.endsWith(":") ? `${message} ${next}` : message,
  };
}

function configurationCategory(message: string): Category {
  if (/couldn't find the (?:config|plugin)|Failed to load|Cannot find (?:module|package)|could not find plugin/.test(message))
    return "dependency.missing_module";
  if (/^(?:Type|Range|Reference)Error\b|Occurred while linting|Maximum call stack/.test(message)) return "tool.crash";
  return "config.toolchain";
}

import { type Extractor, stateless } from "../../extractor.ts";
import { below, extractorOf, type Form, readForms } from "./forms.ts";

const reason = "The linter names an error";

/** A finding of a linter, with its message in the group `key`. */
function finding(pattern: RegExp, why = reason): Form {
  return { pattern, category: "code.lint", strength: "cause", reason: why };
}

function count(pattern: RegExp): Form {
  return { pattern, category: "code.lint", strength: "summary", reason: "The linter counts its errors" };
}

/** standard, semistandard, ts-standard; xo, and others that print through eslint-formatter-pretty (tsd too). */
export const standard: Extractor = extractorOf(
  "standard",
  "JavaScript Standard Style, XO",
  [".js:", ".jsx:", ".ts:", ".tsx:", ".mjs:", ".cjs:", ".vue:", "✖ ", "× "],
  [
    finding(/^\s{1,4}(?:\/|[A-Za-z]:\\)\S{1,300}:\d{1,7}:\d{1,7}: (?<key>.{1,500}\((?!warning\))[\w/@-]{1,80}\))$/, "Standard Style names an error"),
    finding(/^\s{1,4}(?:\/|[A-Za-z]:\\)\S{1,300}:\d{1,7}:\d{1,7}: (?<key>Parsing error: .+)$/, "Standard Style names an error"),
    {
      pattern: /^\s{0,6}[✖×]\s{1,4}\d{1,7}:\d{1,7}\s{1,4}(?<key>\S.*)$/,
      category: (_, view) => (/\.test-d\.ts:\d/.test(view.at(-1)?.text ?? "") ? "code.typecheck" : "code.lint"),
      strength: "cause",
      reason,
    },
  ],
);

export const stylelint: Extractor = extractorOf(
  "stylelint",
  "Stylelint",
  ["✖ ", "× ", "stylelint", "configbasedir", "no rules found within"],
  [
    finding(/^\s{0,6}\d{1,7}:\d{1,7}\s{1,6}[✖×]\s{1,6}(?<key>\S.*)$/, "Stylelint names an error"),
    {
      pattern: /^(?:Error|ConfigurationError): (?<key>(?:No rules found within configuration|Could not find ".{1,200}"\. Do you need (?:a|the) ).*)$/i,
      category: (found) => (/Could not find/.test(found[0]) ? "dependency.missing_module" : "config.toolchain"),
      strength: "cause",
      reason: "Stylelint's configuration names what is not there",
    },
  ],
);

/** TSLint, JSHint, JSCS. */
export const olderLinters: Extractor = extractorOf(
  "older-linters",
  "TSLint, JSHint, JSCS",
  ["error: ", ": line ", "code style error", "severity: "],
  [
    finding(/^\s{0,4}ERROR: (?<key>\([\w/@-]{1,80}\) \S{1,300}\[\d{1,7}, \d{1,7}\]: .+)$/, "TSLint names an error"),
    finding(/^\s{0,4}ERROR: \d{1,7}:\d{1,7} {1,10}(?<key>\S.*)$/, "TSLint names an error"),
    finding(/^\s{0,4}ERROR: \S{1,300}\.[jt]sx?:\d{1,7}:\d{1,7} - (?<key>.+)$/, "TSLint names an error"),
    finding(/^\S{1,300}\.(?:[cm]?js|json|html): line \d{1,7}, col \d{1,7}, (?!Warning - |Error - )(?<key>.+)$/, "JSHint names an error"),
    finding(/^(?<key>[a-z]\w{2,60}: .{1,200}) at \S{1,300} :$/, "JSCS names an error"),
    count(/^[1-9]\d{0,6} code style errors? found\.$/),
  ],
);

const readPrettierErrors = readForms([
  { pattern: /^\[error\] (?<key>\S{1,300}: SyntaxError: .+)$/, category: "code.syntax", strength: "cause", reason: "Prettier could not read a file" },
  {
    pattern: /^\[error\] (?<key>(?:No files matching|No parser could be inferred|Cannot find (?:module|package)|Invalid configuration|Couldn't resolve).*)$/,
    category: "config.toolchain",
    strength: "likely",
    reason: "Prettier could not begin",
  },
]);

export const prettier: Extractor = {
  name: "prettier",
  title: "Prettier",
  keywords: ["code style issues", "[error] "],
  open: stateless((view) => {
    if (!/Code style issues (?:found|were found)/.test(view.line.text)) return readPrettierErrors(view);
    // Above stand the files, the first right below `Checking formatting...`.
    let offset = 0;
    while (offset > -395 && /\[(?:warn|error)\] \S/.test(view.at(offset - 1)?.text ?? "")) offset--;
    const key = view.at(offset)?.text ?? view.line.text;
    return { category: "code.lint", strength: "cause", reason: "Prettier would write a file in another way", offset, key };
  }),
};

/** Biome, and Rome before it. */
export const biome: Extractor = extractorOf(
  "biome",
  "Biome",
  ["━━━━━"],
  [
    {
      pattern:
        /^\s{0,4}(?<key>\S{1,300} (?:lint\/\S{1,100}|assist\/\S{1,100}|format|parse|organizeImports|suppressions\/\S{1,60}|check|ci|configuration|deserialize))\s.{0,60}━{5}/,
      category: (_, view) => biomeCategory(below(view, 4), view.line.text),
      strength: "cause",
      reason: "Biome names an error",
    },
  ],
);

function biomeCategory(texts: readonly string[], heading: string): "code.lint" | "code.syntax" | "config.toolchain" | undefined {
  const mark = texts.map((text) => /^\s{0,4}(×|✖|!|⚠|i|ℹ) /.exec(text)?.[1]).find((found) => found !== undefined);
  if (mark !== "×" && mark !== "✖") return undefined;
  if (/ parse /.test(heading)) return "code.syntax";
  return / (?:configuration|deserialize) /.test(heading) ? "config.toolchain" : "code.lint";
}

/** oxlint, and SWC and others that draw their errors in the same frame. */
export const oxlint: Extractor = extractorOf(
  "oxlint",
  "oxlint, SWC",
  ["× ", "  x "],
  [
    {
      pattern: /^\s{0,6}(?:×|x) (?<key>\S.*)$/,
      category: ([, message = ""], view) => {
        if (!/^\s{0,8}(?:╭|,)[─-]{1,3}\[/.test(view.at(1)?.text ?? "") && !/^\s{0,8}(?:╭|,)[─-]{1,3}\[/.test(view.at(2)?.text ?? "")) return undefined;
        return /^[\w@/-]{1,60}\([\w@/-]{1,80}\): /.test(message) ? "code.lint" : "code.syntax";
      },
      strength: "cause",
      reason: "The tool names an error in a file",
    },
  ],
);

export const markdownlint: Extractor = extractorOf(
  "markdownlint",
  "markdownlint",
  [" md0"],
  [finding(/^\S{1,300}\.(?:md|markdown|mdx):\s?\d{1,7}(?::\d{1,7})?:?\s(?:error )?(?<key>MD\d{3}.*)$/i, "markdownlint names an error")],
);

export const commitlint: Extractor = extractorOf(
  "commitlint",
  "commitlint",
  ["✖ "],
  [
    {
      pattern: /^✖\s{1,4}(?<key>\S.{0,200} \[[a-z]{2,12}-[a-z-]{2,30}\])$/,
      category: "policy.gate",
      strength: "cause",
      reason: "A commit's message breaks a rule",
    },
  ],
);

import { type Extractor, stateless } from "../../extractor.ts";
import { failureFollows } from "./failure-mark.ts";

/** `weak`: a heading; the findings stand below it, in another tool's form. */
type Finding = { readonly pattern: RegExp; readonly tool: string; readonly category?: "code.lint" | "policy.gate"; readonly weak?: true };

/** Findings of linters that belong to no language: each names a place and what is wrong there. */
const findings: readonly Finding[] = [
  { tool: "codespell", pattern: /^\S{1,300}:\d+: ([\w'-]{2,60} ==> [\w', -]{2,200})$/ },
  { tool: "cspell", pattern: /^\S{1,300}:\d+:\d+ - (Unknown word \(.{1,100}\))/ },
  { tool: "typos", pattern: /^error: (`.{1,80}` should be `.{1,80}`)/ },
  { tool: "misspell", pattern: /^\S{1,300}:\d+:\d+: ("\w{1,60}" is a misspelling of "\w{1,60}")/ },
  { tool: "yamllint", pattern: /^ {1,4}\d+:\d+ {1,8}error {1,4}(.{3,200}\([\w-]{3,40}\))$/ },
  { tool: "yamllint", pattern: /^\S{1,300}:\d+:\d+: \[error\] (.{3,200})/ },
  { tool: "actionlint", pattern: /^\S{1,200}\.ya?ml:\d+:\d+: (.{3,300} \[[a-z-]{3,40}\])$/ },
  { tool: "hadolint", pattern: /^\S{0,200}:\d+ ((?:DL|SC)\d{4} (?:error|warning|info|style)?.{0,300})/ },
  { tool: "hadolint", pattern: /^\S{1,200}:\d+ ((?:DL|SC)\d{4} .{3,300})/ },
  { tool: "ShellCheck", pattern: /^\S{1,300}:\d+:\d+: ((?:error|warning|note|style): .{3,300} \[SC\d{4}\])$/ },
  { tool: "ShellCheck", pattern: /^\s{0,80}\^-{0,80}\^? (SC\d{4} \((?:error|warning|info|style)\): .{3,300})/ },
  { tool: "markdownlint", pattern: /^\S{1,300}:\d+(?::\d+)? (?:error )?(MD\d{3}(?:\/[\w-]{1,60}){0,4} .{3,300})/ },
  { tool: "the link checker", pattern: /^\[(?:✖|404|403|410|500|ERROR|TIMEOUT|ERR)\] ((?:https?|file):\/\/.{1,300})/, category: "policy.gate" },
  { tool: "the link checker", pattern: /^\s{0,6}\[✖\] (\S{1,300} → Status: \d+)/, category: "policy.gate" },
  {
    tool: "htmlproofer",
    pattern: /^(?:\s{0,4}\* |- )?At \S{1,300}:\d+:?$|^(?:internally|External) link (?:to )?\S{1,300} (?:failed|which does not exist)/,
    category: "policy.gate",
  },
  {
    tool: "editorconfig-checker",
    pattern:
      /^\s{1,8}(?:\d+(?:-\d+)?: )?((?:Wrong (?:amount of left-padding|indentation|indent style|line ending)|Trailing whitespace|Wrong indentation type|Final newline expected|No final newline expected|Max line length|Not all lines have the correct end of line)\b.{0,200})/,
  },
  { tool: "lintrunner", pattern: /^>>> (Lint for \S{1,300}):?$/ },
  { tool: "lintrunner", pattern: /^ {2}((?:Error|Advice|Warning) \([A-Z_\d]{2,40}\) .{0,200})/ },
  { tool: "pre-commit", pattern: /^(\S.{1,200}?\.{3,}Failed)$/, weak: true },
  { tool: "super-linter", pattern: /^(?:.{0,60}\[ERROR\] +)?(Found errors (?:when linting|in) .{1,100}|ERROR! Found errors in .{1,200})/ },
  { tool: "MegaLinter", pattern: /^(?:❌|✗) (?:Linted \[.{1,40}\] files with \[.{1,40}\](?:: Found \d+ error|.{0,40}error))/ },
  {
    tool: "REUSE",
    pattern: /^(?:\* Files without (?:copyright|license) information: [1-9]|Unfortunately, your project is not compliant with version)/,
    category: "policy.gate",
  },
  {
    tool: "the licence header check",
    pattern:
      /^(?:ERROR )?.{0,200}\b(?:(?:the following files|file) .{0,40}(?:don't have|does not have|missing|lacks?) (?:a )?(?:valid )?(?:license|licence|copyright) header)/i,
    category: "policy.gate",
  },
  {
    tool: "the check for blanks",
    pattern: /^\S{1,300}:\d+: (trailing whitespace|space before tab in indent|new blank line at EOF|leftover conflict marker)\.$/,
  },
  { tool: "the check for blanks", pattern: /^(The above lines have (?:trailing spaces|tabs)\b.{0,60})/ },
  { tool: "vale", pattern: /^ {1,4}\d+:\d+ {1,6}error {1,6}(.{3,200} {2,}[\w.]{3,60})$/ },
  { tool: "checkov", pattern: /^Check: (CKV\w{0,10}_\d+: ".{3,200}")/, category: "policy.gate" },
  { tool: "tflint", pattern: /^(?:Error|Warning): (.{3,200} \((?:terraform|aws|google|azurerm)_[\w]{3,60}\))$/ },
];

/** Linters and spell checkers for text, YAML, workflows, Dockerfiles, shell scripts and links. */
export const textLinters: Extractor = {
  name: "text-linters",
  title: "Linters of no language",
  keywords: [
    " ==> ",
    "unknown word (",
    "should be `",
    "misspelling of",
    "error ",
    "[error]",
    ".yml:",
    ".yaml:",
    " dl3",
    " dl4",
    " dl1",
    "sc1",
    "sc2",
    "sc3",
    "md0",
    "[✖]",
    "[404]",
    "[403]",
    "[410]",
    "[500]",
    "[timeout]",
    "[err]",
    "link to ",
    "external link",
    "wrong amount",
    "wrong ind",
    "trailing whitespace",
    "newline expected",
    "max line length",
    "correct end of line",
    ">>> lint for",
    "(error)",
    "advice (",
    "..failed",
    "found errors",
    "files with [",
    "without copyright",
    "without license",
    "not compliant",
    "license header",
    "licence header",
    "copyright header",
    "tab in indent",
    "blank line at eof",
    "conflict marker",
    "trailing spaces",
    "check: ckv",
  ],
  open: stateless((view) => {
    const { text } = view.line;
    const finding = findings.find(({ pattern }) => pattern.test(text));
    if (finding === undefined) return undefined;
    const { tool, category = "code.lint", pattern, weak = false } = finding;
    const message = pattern.exec(text)?.[1];
    // These tools also run where they may only advise.
    return {
      category,
      strength: !weak && failureFollows(view, 100) ? "cause" : "likely",
      reason: `A finding of ${tool}`,
      ...(message === undefined ? {} : { key: message }),
    };
  }),
};

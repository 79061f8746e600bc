import type { Extractor } from "../../extractor.ts";
import { above, extractorOf } from "./forms.ts";
import { categoryOfModule } from "./module-names.ts";

/** Deno's check, lint, fmt and test. */
export const deno: Extractor = extractorOf(
  "deno",
  "Deno",
  [
    "[error]: ",
    "error[",
    " failed (",
    " => ",
    "not formatted file",
    "module not found",
    "the lockfile is out of date",
    "integrity check failed",
    "failed |",
    "error: uncaught",
    "found ",
  ],
  [
    { pattern: /^(?:error: )?(?<key>TS\d{3,6} \[ERROR\]: .+)$/, category: "code.typecheck", strength: "cause", reason: "Deno's type check names an error" },
    { pattern: /^error\[(?<key>[a-z][\w/-]{1,80}\]: .+)$/, category: "code.lint", strength: "cause", reason: "Deno's linter names an error" },
    {
      pattern: /^\((?<key>[a-z]+-[a-z-]{1,60}\) .+)$/,
      category: (_, view) =>
        /^\s{4}at \S+:\d+:\d+$/.test(view.at(2)?.text ?? "") || /^\s{4}at \S+:\d+:\d+$/.test(view.at(4)?.text ?? "") ? "code.lint" : undefined,
      strength: "cause",
      reason: "Deno's linter names an error",
    },
    {
      pattern: /^error: (?<key>Found [1-9]\d{0,6} not formatted files?\b.*)$/,
      category: "code.lint",
      strength: "cause",
      reason: "Deno would format a file in another way",
    },
    {
      pattern: /^error: (?:Uncaught \S{0,30} ?)?(?<key>(?:Module not found|Cannot resolve module|Relative import path) "(?<name>[^"]{1,300})".*)$/,
      category: (found) => categoryOfModule(found.groups?.["name"] ?? ""),
      strength: "cause",
      reason: "Deno found no such module",
    },
    {
      pattern: /^error: (?<key>(?:The lockfile is out of date|Integrity check failed).*)$/,
      category: "dependency.resolution",
      strength: "cause",
      reason: "The lock file does not fit",
    },
    {
      pattern: /^(?:test )?(?<test>(?<key>\S.{0,300}?)) \.\.\. (?:.{0,20}\.\.\. )?FAILED \(\d[\d.]{0,8}m?s\)$/,
      category: "code.test",
      strength: "cause",
      reason: "Deno shows a failed test",
    },
    {
      pattern: /^(?<test>(?<key>\S.{0,300}?) => (?:\.{1,2}\/|file:|https?:)\S{1,300}:\d{1,6}:\d{1,6})$/,
      category: (_, view) => (above(view, 3).some((text) => /^\s(?:ERRORS|FAILURES)\s*$/.test(text)) ? "code.test" : undefined),
      strength: "cause",
      reason: "Deno shows a failed test",
    },
    { pattern: /^(?:FAILED|test result: FAILED\.) ?\|? ?\d{1,7} passed/, category: "code.test", strength: "summary", reason: "Deno counts failed tests" },
    {
      pattern: /^error: Uncaught (?:\(in promise\) )?(?<key>.+)$/,
      category: "tool.crash",
      strength: "likely",
      reason: "A program ended with an error that nothing caught",
    },
  ],
);

import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { below, firstBelow } from "./forms.ts";
import { missingModule } from "./module-names.ts";
import { textsOf } from "./package-prefix.ts";

const heading = /^\s{0,4}● {1,2}(\S.*)$/;
/** Headings of what fails no test, and progress bars. */
const harmless =
  /^(?:Console|Validation Warning|Deprecation Warning|Cannot log after tests are done|Multiple configurations|Client\b|Server\b|\d+ snapshot|process\.exit called with "0")|[█▒░]|\d%/;
const testFile = /^\s{0,4}(FAIL|PASS)\s+(?:[\w@/ -]{1,60} )?(\S{1,300}\.[cm]?[jt]sx?|\S{1,300}\.(?:vue|snap|feature))(?: \(.*\))?\s*$/;

/** Jest's details and recap of each failed test, and why a file of tests could not run. */
export const jest: Extractor = {
  name: "jest",
  title: "Jest",
  keywords: ["●", "fail ", "pass ", "✕ ", "test suites:", "no tests found, exiting"],
  open() {
    let inFailedFile = false;
    return (view) => {
      for (const text of textsOf(view.line.text)) {
        const file = testFile.exec(text);
        if (file !== null) {
          inFailedFile = file[1] === "FAIL";
          if (!inFailedFile) return undefined;
          return { category: "code.test", strength: "summary", reason: "Jest names a file with failed tests", key: file[2] ?? text };
        }
        const seen = headingIn(text, view, inFailedFile) ?? otherIn(text);
        if (seen !== undefined) return seen;
      }
      return undefined;
    };
  },
};

function headingIn(text: string, view: View, inFailedFile: boolean): Sighting | undefined {
  const name = heading.exec(text)?.[1]?.trim();
  if (name === undefined || harmless.test(name)) return undefined;
  const texts = below(view, 40);
  if (name === "Validation Error:")
    return { category: configurationCategory(firstBelow(view)), strength: "cause", reason: "Jest's configuration is not valid", key: firstBelow(view) };
  const message = firstBelow(view);
  if (name === "Test suite failed to run") {
    const why = texts.slice(0, untilNextHeading(texts));
    return { category: suiteCategory(why), strength: "cause", reason: "Jest could not run a file of tests", key: tellingLine(why) ?? message };
  }
  const isTest = inFailedFile || name.includes(" › ");
  return {
    category: "code.test",
    strength: isTest ? "cause" : "likely",
    reason: "Jest shows a failed test",
    test: name,
    key: `${name} ${message}`,
    ...(/Exceeded timeout of|Async callback was not invoked within/.test(message) ? { transient: "possible" } : {}),
  };
}

function otherIn(text: string): Sighting | undefined {
  const failed = /^\s{2,}✕ (.{1,500}?)(?: \(\d[\d.]* ?m?s\))?$/.exec(text)?.[1];
  if (failed !== undefined) return { category: "code.test", strength: "likely", reason: "A test is marked as failed", key: failed };
  if (/^\s{0,4}Test Suites: [1-9]\d* failed/.test(text)) return { category: "code.test", strength: "summary", reason: "Jest counts failed tests" };
  if (text.startsWith("No tests found, exiting with code 1")) return { category: "config.toolchain", strength: "cause", reason: "Jest found no tests" };
  return undefined;
}

function untilNextHeading(texts: readonly string[]): number {
  const next = texts.findIndex((text) => /^\s{0,4}● /.test(text) || testFile.test(text) || /^\s{0,4}Test Suites: /.test(text));
  return next === -1 ? texts.length : next;
}

/** The line that says most, where the first only says that a file could not be read. */
function tellingLine(texts: readonly string[]): string | undefined {
  return texts.find((text) => /error TS\d|SyntaxError: |Cannot find (?:module|package)|signal=/.test(text))?.trim();
}

function suiteCategory(texts: readonly string[]): Category {
  const all = texts.join("\n");
  if (/error TS\d|TypeScript diagnostics/.test(all)) return "code.typecheck";
  const first = texts.find((text) => text.trim() !== "") ?? "";
  const missing = missingModule(first);
  if (missing !== undefined) return missing;
  if (/must contain at least one test/.test(first)) return "code.test";
  if (/SyntaxError|unexpected token/i.test(all)) return "code.syntax";
  if (/signal=SIGKILL|heap out of memory/.test(all)) return "resource.oom";
  if (/signal=SIG(?:SEGV|ABRT|BUS|ILL)/.test(all)) return "crash.signal";
  if (/Call retries were exceeded|worker process .{0,60}terminated/.test(all)) return "tool.crash";
  if (/^\s*Configuration error|ts-jest.*config|error while reading tsconfig/i.test(first)) return "config.toolchain";
  return texts.map((text) => missingModule(text)).find((found) => found !== undefined) ?? "code.test";
}

function configurationCategory(message: string): Category {
  return /cannot be found|not found|was not found|Cannot find/.test(message) ? "dependency.missing_module" : "config.toolchain";
}

import { type Extractor, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { firstBelow, readForms } from "./forms.ts";
import { textsOf } from "./package-prefix.ts";

/** `  1) [chromium] › a.spec.ts:3:1 › suite › title ────`, or without a project's name. */
const heading = /^\s{0,6}\d{1,5}\) (?:\[[^\]]{1,60}\] › )?(\S.{0,300}?:\d{1,6}:\d{1,6} › .{1,600}?)[ ─=]*$/;

const readForm = readForms([
  {
    pattern: /^\s{1,6}[✘x✗]\s{1,6}\d{1,6} (?:\[[^\]]{1,60}\] › )?(?<key>\S.{0,600}?)(?: \([\d.]{1,8}m?s\))?$/,
    category: (found) => (found[0].includes(" › ") ? "code.test" : undefined),
    strength: "likely",
    reason: "Playwright marks a test as failed",
  },
  { pattern: /^\s{1,6}[1-9]\d{0,5} failed$/, category: "code.test", strength: "summary", reason: "Playwright counts failed tests" },
  {
    pattern: /(?:browserType\.launch(?:PersistentContext)?: )?(?<key>Executable doesn't exist at )/,
    category: "config.toolchain",
    strength: "likely",
    reason: "The browser is not installed",
  },
  {
    pattern: /(?<key>Host system is missing dependencies(?: to run browsers)?)/,
    category: "env.missing_library",
    strength: "likely",
    reason: "The browser's libraries are not installed",
  },
  {
    pattern: /^Error: (?<key>Timed out waiting \d{1,9}ms from config\.webServer)/,
    category: "timeout.test",
    strength: "cause",
    reason: "The server to be tested did not answer",
  },
  { pattern: /^Error: (?<key>Process from config\.webServer .{1,100})/, category: "code.test", strength: "cause", reason: "The server to be tested ended" },
  {
    pattern: /^Error: (?<key>.{1,200} is already used, make sure that nothing is running on the port)/,
    category: "config.toolchain",
    strength: "cause",
    reason: "The port is taken",
  },
  { pattern: /^Error: No tests found\.?$/, category: "config.toolchain", strength: "likely", reason: "Playwright found no tests" },
]);

/** Playwright's test runner. */
export const playwright: Extractor = {
  name: "playwright",
  title: "Playwright",
  keywords: [" › ", " failed", "executable doesn't exist", "host system is missing", "webserver", "already used", "no tests found"],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const test = heading.exec(text)?.[1]?.trim();
      if (test === undefined) continue;
      const message = firstBelow(view);
      if (passedAgain(view)) return { category: "code.test", strength: "summary", reason: "Playwright shows a test that failed, and passed when tried again" };
      return {
        category: "code.test",
        strength: "cause",
        reason: "Playwright shows a failed test",
        test,
        key: `${test} ${message}`,
        ...(/Test timeout of \d+ms exceeded/.test(message) ? { transient: "possible" } : {}),
      };
    }
    return readForm(view);
  }),
};

/** Whether the counts below hold tests that failed only at first, and none that failed. */
function passedAgain({ at, holdsKeyword }: View): boolean {
  for (let offset = 1; offset <= 60; offset++) {
    // The counts stand beside names of tests, whose mark is a keyword.
    if (!holdsKeyword(offset)) continue;
    if (/^\s{2}[1-9]\d{0,5} failed$/.test(at(offset)?.text ?? "")) return false;
    if (/^\s{2}[1-9]\d{0,5} flaky$/.test(at(offset - 1)?.text ?? "")) return true;
  }
  return false;
}

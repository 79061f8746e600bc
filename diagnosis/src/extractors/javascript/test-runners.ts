import { type Extractor, stateless } from "../../extractor.ts";
import { above, below, extractorOf, firstBelow, type Form } from "./forms.ts";
import { missingModule } from "./module-names.ts";
import { textsOf } from "./package-prefix.ts";

function failedTest(pattern: RegExp, reason: string): Form {
  return { pattern, category: "code.test", strength: "cause", reason };
}

function count(pattern: RegExp, reason: string): Form {
  return { pattern, category: "code.test", strength: "summary", reason };
}

/** AVA: `✘ [fail]: title` since 4; before, its marks are those that many tools print. */
export const ava: Extractor = extractorOf(
  "ava",
  "AVA",
  ["[fail]: ", "uncaught exception", "unhandled rejection", "tests failed", "test failed", "✖ ", "✘ ", "exited with a non-zero"],
  [
    failedTest(/^\s{1,4}[✘✖×] \[fail\]: (?<test>(?<key>\S.*))$/, "AVA shows a failed test"),
    {
      pattern: /^\s{1,4}(?<key>(?:Uncaught exception|Unhandled rejection) in \S.*)$/,
      category: (_, view) => suiteCategory(below(view, 12)),
      strength: "cause",
      reason: "AVA met an error that no test caught",
    },
    {
      pattern:
        /^\s{1,4}[✘✖×] (?<key>(?:Timed out while running tests|No tests found in .+|Couldn.t find any files to test.*|\S.{0,300} exited (?:with a non-zero exit code|due to) .+))$/,
      category: (found) => (found[0].includes("Timed out") ? "timeout.test" : "code.test"),
      strength: "likely",
      reason: "AVA could not run a file of tests",
    },
    count(/^\s{1,4}[1-9]\d{0,5} (?:tests? failed|uncaught exceptions?|unhandled rejections?|test timed out|tests were pending)$/, "AVA counts failed tests"),
  ],
);

function suiteCategory(texts: readonly string[]): "code.syntax" | "code.test" | NonNullable<ReturnType<typeof missingModule>> {
  const all = texts.join("\n");
  return missingModule(all) ?? (/SyntaxError/.test(all) ? "code.syntax" : "code.test");
}

/** Node's own test runner, in its spec form; its other form is TAP. */
export const nodeTest: Extractor = extractorOf(
  "node-test",
  "Node.js test runner",
  ["✖ ", "ℹ fail "],
  [
    failedTest(/^\s{0,40}✖ (?<test>(?<key>\S.{0,400}?)) \(\d{1,9}(?:\.\d{1,9})?ms\)$/, "Node's test runner shows a failed test"),
    count(/^(?:✖ failing tests:|ℹ fail [1-9]\d{0,6})$/, "Node's test runner counts failed tests"),
  ],
);

/** lab names failed tests below a heading. */
export const lab: Extractor = {
  name: "lab",
  title: "lab",
  keywords: ["failed tests:"],
  open: stateless((view) => {
    if (!/^Failed tests:$/.test(textsOf(view.line.text).at(-1) ?? "")) return undefined;
    const test = /^\s{2}\d{1,5}\) (\S.*):$/.exec(textsOf(view.at(2)?.text ?? "").at(-1) ?? "")?.[1];
    return test === undefined ? undefined : { category: "code.test", strength: "cause", reason: "lab shows a failed test", offset: 2, test, key: test };
  }),
};

/** uvu, lab, nodeunit, vows, Bun. */
export const smallRunners: Extractor = extractorOf(
  "small-runners",
  "uvu, lab, nodeunit, Bun",
  ["fail ", "tests failed", "failures: ", "✖ ", "(fail)", "✗ ", "leaks were detected"],
  [
    failedTest(/^\s{1,4}FAIL {1,3}(?<test>(?<key>\S.{0,200}? {1,3}".{1,300}"))\s*$/, "uvu shows a failed test"),
    failedTest(/^\(fail\) (?<test>(?<key>\S.{0,400}?)) \[\d[\d.]{0,12}m?s\]$/, "Bun shows a failed test"),
    failedTest(/^✗ (?<test>(?<key>\S.{0,400}?)) \[\d[\d.]{0,12}m?s\]$/, "Bun shows a failed test"),
    {
      pattern: /^✖ (?<test>(?<key>\S.*))$/,
      category: (_, view) => (below(view, 4).some((text) => /^(?:Assertion Message|AssertionError)/.test(text)) ? "code.test" : undefined),
      strength: "cause",
      reason: "nodeunit shows a failed test",
    },
    count(/^(?:FAILURES: [1-9]\d{0,6}\/|[1-9]\d{0,6} of \d{1,7} tests failed)/, "Failed tests are counted"),
    {
      pattern: /^The following leaks were detected: ?(?<key>.+)$/,
      category: "policy.gate",
      strength: "likely",
      reason: "lab found global variables that leaked",
    },
  ],
);

/** Cypress itself; its tests are Mocha's. */
export const cypress: Extractor = extractorOf(
  "cypress",
  "Cypress",
  ["cypress", "spec files were found", "✖  "],
  [
    {
      pattern: /^(?<key>Cypress could not verify that this server is running:?.*)$/,
      category: "code.test",
      strength: "cause",
      reason: "The server to be tested did not answer",
    },
    {
      pattern:
        /^(?<key>(?:Cypress failed to (?:start|make a connection)|The Test Runner unexpectedly exited|The Cypress App could not be downloaded|The cypress npm package is installed, but the Cypress binary is missing).*)$/,
      category: "tool.crash",
      strength: "cause",
      reason: "Cypress could not start",
    },
    {
      pattern: /^(?<key>Can't run because (?:no spec files were found|you've entered an invalid).*)$/,
      category: "config.toolchain",
      strength: "cause",
      reason: "Cypress found nothing to run",
    },
    {
      pattern: /^(?<key>(?:Browser: .{1,60} was not found on your system|Can't run because you've entered an invalid browser).*)$/,
      category: "config.toolchain",
      strength: "cause",
      reason: "The browser is not installed",
    },
    { pattern: /^\s{0,4}│ ✖  (?<key>\S{1,200}\.[\w.]{2,12}) /, category: "code.test", strength: "summary", reason: "Cypress names a file with failed tests" },
    count(/^\s{0,6}✖  [1-9]\d{0,5} of \d{1,5} failed \(/, "Cypress counts failed files"),
  ],
);

/** TestCafe, WebdriverIO, Nightwatch, Protractor, Web Test Runner. */
export const browserRunners: Extractor = extractorOf(
  "browser-runners",
  "TestCafe, WebdriverIO, Nightwatch, Protractor, Web Test Runner",
  [
    "✖ ",
    "spec files:",
    "test failure:",
    "nightwatch",
    "e/launcher",
    "e/runnercli",
    "session not created",
    "❌ ",
    "𐄂 ",
    "error while running tests",
    " failed (",
    " failed in ",
    "failed: ",
  ],
  [
    {
      pattern: /^\s{1,3}✖ (?<test>(?<key>\S.*))$/,
      category: (_, view) => (below(view, 4).some((text) => /^\s{2,5}1\) /.test(text)) ? "code.test" : undefined),
      strength: "cause",
      reason: "TestCafe shows a failed test",
    },
    count(/^\s{0,3}[1-9]\d{0,5}\/\d{1,6} failed \(/, "TestCafe counts failed tests"),
    count(/^\s{0,3}Spec Files:\s{1,6}(?:\d{1,6} passed, )?(?:\d{1,6} retries, )?[1-9]\d{0,5} failed/, "WebdriverIO counts failed files"),
    count(/^\[\d{1,3}-\d{1,4}\] FAILED in /, "WebdriverIO names a file with failed tests"),
    failedTest(
      /^\s{1,6}(?:✖|×) (?<key>(?:Nightwatch\w{0,40}|TimeoutError|NoSuchElementError|Timed out while waiting|Testing if|Expected element)\b.*)$/,
      "Nightwatch shows a failed assertion",
    ),
    failedTest(/^\s{1,6}✖ (?<key>\d{1,4}\) (?<test>\S.*))$/, "Nightwatch shows a failed test"),
    count(/^\s{0,4}(?:TEST FAILURE: |FAILED: [1-9]\d{0,5} assertions? failed)/, "Nightwatch counts failed tests"),
    { pattern: /(?<key>session not created: .{1,400})/, category: "config.toolchain", strength: "likely", reason: "The driver and the browser do not fit" },
    {
      pattern: /\bE\/(?:launcher|runnerCli) - (?!Process exited|BUG|Runner process)(?<key>.+)$/,
      category: "code.test",
      strength: "likely",
      reason: "Protractor reports an error",
    },
    {
      pattern: /^\s{1,8}(?:❌|𐄂) (?<test>(?<key>\S.*))$/u,
      category: (_, view) => (firstBelow(view) === "" ? undefined : "code.test"),
      strength: "likely",
      reason: "A test is marked as failed",
    },
    count(/^Error while running tests\.$/, "Web Test Runner says that tests failed"),
  ],
);

/** A list of tests with marks, whichever tool prints it: AVA, jasmine-spec-reporter, karma's reporters, uvu, tap. */
export const checkMarks: Extractor = extractorOf(
  "check-marks",
  "Lists of tests",
  ["✖ ", "✗ ", "✘ ", "✕ ", "× ", "𐄂 "],
  [
    {
      pattern: /^\s{1,40}(?:[✖✗✘✕×]|𐄂)\s{1,2}(?!\[fail\])(?<key>[^\s\d].{0,400}?)(?: \(\d[\d.]{0,10} ?(?:ms|secs?|s)\))?$/u,
      category: (_, view) => ([...above(view, 12), ...below(view, 12)].some((text) => /^\s{1,40}[✓✔√]\s{1,2}\S/.test(text)) ? "code.test" : undefined),
      strength: "likely",
      reason: "A test is marked as failed beside others that passed",
    },
  ],
);

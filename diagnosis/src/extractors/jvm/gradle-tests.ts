import { type Extractor, stateless, type Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { messageBelow, testTransience } from "./failure-message.ts";

/** `ATest > b() FAILED`, `a.BTest > Nested > c(int)[1] FAILED`. */
const failed = /^(?!> |FAILURE: |:)(\S.{0,600}) FAILED\s*$/;
/** Where Gradle prints more than the test: the run and the process before it. */
const runner = /^(?:Gradle (?:Test Run \S{1,200}|Test Executor \d{1,6}|suite|test) > ){1,3}/;
/** Kotlin's targets print a class and a test as one name: `a.BTest.c[jvm]`. */
const target = /^[\w$. -]{1,300}\[[\w, .()-]{1,80}\](?:\[[\w, .()-]{1,80}\])?$/;
/** The test-logger plugin: `  Test b() FAILED (1.2s)`, and with the class where tests run in parallel. */
const logged = /^ {2,}(?:Test |[\w$]{1,100}(?:\.[\w$]{1,100}){1,20} (?:Test )?)(\S.{0,400}?) FAILED(?: \(\d[\w. ]{0,20}\))?\s*$/;
/** Its mocha themes: `  ✘ b() (1.2s)`. */
const crossed = /^ {2,}[✘✗] (\S.{0,400}?)(?: \(\d[\w. ]{0,20}\))?\s*$/;
const counted = /^\d+ tests? completed, [1-9]\d* failed/;
const executed = /^FAILURE: Executed \d+ tests? in .{1,40}\(\d+ failed/;

/** What Gradle prints of failed tests, whichever framework ran them, and the test-logger plugin beside it. */
export const gradleTests: Extractor = {
  name: "gradle-tests",
  title: "Gradle tests",
  keywords: [" failed", "  ✘ ", "  ✗ "],
  open: stateless((view) => {
    const { text } = view.line;
    const name = failed.exec(text)?.[1] ?? "";
    if (isTest(name)) return testFailed(name.replace(runner, ""), view, "Gradle names a failed test");
    const plain = logged.exec(text)?.[1];
    if (plain !== undefined) return testFailed(inClass(plain, view), view, "Gradle's test logger names a failed test");
    const mark = crossed.exec(text)?.[1];
    if (mark !== undefined) return { ...testFailed(inClass(mark, view), view, "A test logger marks a failed test"), strength: "likely" };
    if (counted.test(text) || executed.test(text))
      return { category: "code.test", strength: "hint", reason: "Gradle counts failed tests", key: "tests failed" };
    return undefined;
  }),
};

function isTest(name: string): boolean {
  return (name.includes(" > ") && !name.includes("::")) || (target.test(name) && /[A-Za-z]/.test(name) && /\.\w/.test(name));
}

function testFailed(name: string, view: View, reason: string): Sighting {
  const test = name.replaceAll(" > ", ".");
  const message = messageBelow(view, 6);
  return { category: "code.test", strength: "cause", reason, test, key: `${test} ${message}`, ...testTransience(message) };
}

/** The test logger prints the class's name by itself, above its tests. */
function inClass(name: string, { at }: View): string {
  for (let offset = -1; offset >= -200; offset--) {
    const text = at(offset)?.text;
    if (text === undefined) break;
    const found = /^((?:[\w$]{1,100}\.){1,20}[A-Z][\w$]{0,100})$/.exec(text)?.[1];
    if (found !== undefined) return `${found.slice(found.lastIndexOf(".") + 1)}.${name}`;
  }
  return name;
}

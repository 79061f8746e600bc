import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";
import { exceptionIn, isNetworkTrouble, meaningOf } from "./exceptions.ts";

const heading = /^(FAIL|ERROR|UNEXPECTED SUCCESS): (\S.{0,900})$/;
const rule = /^[=-]{50,300}$/;
/** A test as unittest names it: `test_x (package.module.Class)`. */
const named = /^\S{1,300} \([\w.<>]{3,300}\)/;

const forms: readonly Form[] = [
  [/^(?:Failure|Error) in test (?<test>\S.{1,600})$/, "code.test", "cause", "zope.testrunner shows a failed test"],
  [/^(?:Failure|Error) in (?<test>[\w.]{1,400}\.\w{1,200})$/, "code.test", "cause", "The runner shows a failed test"],
  [
    /^(?:\{\d{1,4}\} |\S{1,40} )?(?<test>[\w.]{3,400}(?:\[.{0,200}\])?(?:\(.{0,200}\))?) \[[\d.]{1,12}s\] \.\.\. FAILED$/,
    "code.test",
    "cause",
    "stestr names a failed test",
  ],
  [/^(?<key>Test-module import failures:?)$/, "code.import_error", "likely", "zope.testrunner could not import tests"],
  [/^(?<key>Tests with (?:errors|failures):)$/, "code.test", "summary", "zope.testrunner lists failed tests"],
  [
    /^(?:\(\w{1,20}\) )?FAILED \((?<key>.{0,120}\b(?:failures?|errors?|unexpected ?[sS]uccess(?:es)?)=\d.{0,120})\)$/,
    "code.test",
    "summary",
    "unittest counts failed tests",
  ],
  [/^(?<key>- Failed: [1-9]\d*)$/, "code.test", "summary", "stestr counts failed tests"],
  [/^(?<test>\w{1,200} \([\w.]{3,300}\))(?: \(.{1,300}\))? \.\.\. (?:FAIL|ERROR)$/, "code.test", "summary", "unittest says of a test that it failed"],
  [/^(?<key>test (?:test_\w{1,100}) (?:failed|crashed)\b.{0,200})$/, "code.test", "likely", "Python's own test runner names a failed file"],
  [/^(?:[\w.]{1,300}: )?error: (?<key>(?:unknown|no such) test.{0,200})$/, "config.workflow", "likely", "The runner does not know a test that it was given"],
];

/** unittest and what is built on it: nose, Django's runner, Twisted's trial, testtools and stestr, zope.testrunner, green. */
export const unittest: Extractor = {
  name: "unittest",
  title: "unittest",
  keywords: [
    "fail: ",
    "error: ",
    "unexpected success: ",
    "[fail]",
    "[error]",
    "[success!?!]",
    "failure in ",
    "error in ",
    "... fail",
    "... error",
    "failures",
    "failed",
    "with errors:",
    "crashed",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    const found = heading.exec(text);
    if (found !== null) return headed(found[1] ?? "", found[2] ?? "", view);
    if (/^\[(?:FAIL|ERROR|SUCCESS!\?!)\]$/.test(text) && rule.test(view.at(-1)?.text.trim() ?? "")) return ofTrial(view);
    return sightingIn(forms, text);
  },
};

/** Only between its rules a line like `ERROR: …` is unittest's. */
function headed(kind: string, test: string, view: View): Sighting | undefined {
  const above = view.at(-1)?.text.trim() ?? "";
  const below = findNear(view.at, 1, 4, /^\s*-{50,300}\s*$/);
  const framed = /^={50,300}$/.test(above) || (below !== undefined && kind !== "UNEXPECTED SUCCESS");
  if (!framed && !(named.test(test) && findNear(view.at, 1, 4, /^Traceback \(most recent call last\)/) !== undefined)) return undefined;
  const message = messageBelow(view);
  return {
    category: categoryOf(test, message),
    strength: "cause",
    reason: kind === "FAIL" ? "unittest shows a failed test" : "unittest shows a test that ended with an error",
    test: test.replace(/ \(unittest\.loader\.\w+\.?.{0,300}\)$/, ""),
    key: `${test} ${message}`,
    ...(isNetworkTrouble(message) ? { transient: "possible" as const } : {}),
  };
}

/** A file of tests that cannot be imported stands among the failed tests. */
function categoryOf(test: string, message: string): Category {
  if (!/_FailedTest|ModuleImportFailure|LoadTestsFailure|^Failure: |ImportFailure/.test(test))
    return /CUDA out of memory/.test(message) ? "resource.oom" : "code.test";
  const told = /^Failure: ([A-Z]\w{0,60}) \((.*)\)/.exec(test);
  const exception = told === null ? exceptionIn(message) : { name: told[1] ?? "", message: told[2] ?? "" };
  if (exception === null) return "code.import_error";
  const { category } = meaningOf(exception.name, exception.message) ?? { category: "code.import_error" };
  return category === "code.test" ? "code.import_error" : category;
}

/** The last exception before the next rule. */
function messageBelow({ at }: View): string {
  let [message, rules] = ["", 0];
  for (let offset = 1; offset <= 100; offset++) {
    const text = at(offset)?.text;
    if (text === undefined) break;
    if (rule.test(text.trim())) {
      if (++rules > 1 || text.trim().startsWith("=")) break;
    } else if (exceptionIn(text) !== null && !text.startsWith("ImportError: Failed to import test module")) message = text;
  }
  return message;
}

/** trial names the test below the traceback. */
function ofTrial(view: View): Sighting {
  const end = findNear(view.at, 1, 100, /^[=-]{50,300}$/);
  const test = end === undefined ? undefined : /^[\w.]{3,400}$/.exec(view.at(end.offset - 1)?.text.trim() ?? "")?.[0];
  const key = `${test ?? ""} ${messageBelow(view)}`.trim();
  return {
    category: "code.test",
    strength: "cause",
    reason: "trial shows a failed test",
    ...(key === "" ? {} : { key }),
    ...(test === undefined ? {} : { test }),
  };
}

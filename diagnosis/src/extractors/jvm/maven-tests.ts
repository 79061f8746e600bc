import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { messageBelow, testTransience } from "./failure-message.ts";
import { crashOf } from "./forked-process.ts";
import { mavenLine } from "./maven-level.ts";

/** `Tests run: 7, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 1.049 s <<< FAILURE! - in a.BTest`; since 3.1 ` -- in `. */
const classHeading = /(?:^|[^\w"'])Tests run: \d.{1,120} <<< (?:FAILURE|ERROR)!(?: --? in (\S{1,400}))?/;
/** `a.BTest.c  Time elapsed: 0.1 s  <<< ERROR!`, `c(a.BTest)  Time elapsed: 0 sec  <<< FAILURE!`; since 3.1 `a.BTest.c -- Time elapsed:`. */
const testHeading = /^(.{0,600}?) {1,2}(?:-- )?Time elapsed: [\d.,]{1,20} ?s(?:ec)? {1,2}<<< (?:FAILURE|ERROR)!/;
const recapHeading = /^(Failed tests|Tests in error|Failures|Errors): *(.{0,1000})$/;
const total = /^Tests run: \d+, {1,2}Failures: (\d+), {1,2}Errors: (\d+)/;
const forkEnded = /The forked VM terminated without (?:saying properly|properly saying) goodbye/;
const timedOut = /There was a timeout (?:or other error )?in the fork|surefire.{0,200}There was a timeout/;
const recapEntries = 40;

/** What Surefire and Failsafe print of failed tests, versions 2.4 to 3.5: the details of each class, and the recap under `Results:`. */
export const mavenTests: Extractor = {
  name: "maven-tests",
  title: "Maven Surefire",
  keywords: [
    "<<< failure!",
    "<<< error!",
    "failed tests:",
    "tests in error:",
    "[error] failures:",
    "[error] errors:",
    "error:  failures:",
    "error:  errors:",
    "[error] tests run:",
    "forked vm terminated",
    "timeout or other error in the fork",
    "was a timeout in the fork",
  ],
  open() {
    let detailed = false;
    let className = "";
    return (view) => {
      const { message, isError } = mavenLine(view.line.text);
      const heading = classHeading.exec(message);
      if (heading !== null) {
        className = heading[1] ?? "";
        return classFailed(className, view);
      }
      const test = testHeading.exec(message)?.[1];
      if (test !== undefined) {
        detailed = true;
        return testFailed(test, className, view);
      }
      const recap = recapHeading.exec(message);
      if (recap !== null && (isError || /^(?:Failed tests|Tests in error)$/.test(recap[1] ?? ""))) return recapped(recap[2] ?? "", view, !detailed);
      if (forkEnded.test(message)) return crashOf(view);
      if (timedOut.test(message)) return { category: "timeout.test", strength: "cause", reason: "Surefire ended tests that took too long" };
      const counted = total.exec(message);
      if (counted === null || (counted[1] === "0" && counted[2] === "0")) return undefined;
      return { category: "code.test", strength: "summary", reason: "Surefire counts failed tests" };
    };
  },
};

/** The class's line counts where no test's own line follows: that names what failed. */
function classFailed(name: string, view: View): Sighting {
  const own = [1, 2, 3].some((offset) => testHeading.test(mavenLine(view.at(offset)?.text ?? "").message));
  const message = messageBelow(view, 6);
  return {
    category: "code.test",
    strength: own ? "likely" : "cause",
    reason: "Surefire names a class with failed tests",
    key: `${name} ${message}`,
    ...testTransience(message),
  };
}

function testFailed(name: string, className: string, view: View): Sighting {
  const full = fullName(name.trim());
  const test = className === "" || full.includes(".") ? full : `${className}.${full}`;
  const message = messageBelow(view, 3);
  return {
    category: "code.test",
    strength: "cause",
    reason: "Surefire names a failed test",
    ...(test === "" ? {} : { test }),
    key: `${test} ${message}`,
    ...testTransience(message),
  };
}

/** `testA(a.BTest)` as `a.BTest.testA`. */
function fullName(name: string): string {
  const old = /^([\w$ -]{1,300})\(([\w$]{1,100}(?:\.[\w$]{1,100}){0,30})\)$/.exec(name);
  return old === null || !/[A-Z]/.test(old[2] ?? "") ? name : `${old[2]}.${old[1]}`;
}

/** The recap's entries, one a test; Surefire 2.12 and older begin on the heading's own line. */
function recapped(first: string, view: View, name: boolean): Sighting[] {
  const sightings: Sighting[] = first === "" ? [] : [entry(first, 0, name)];
  for (let offset = 1; offset <= 99 && sightings.length < recapEntries; offset++) {
    const text = view.at(offset)?.text;
    if (text === undefined) break;
    const { message } = mavenLine(text);
    if (message.trim() === "" || /^(?:\[(?:INFO|WARNING)\]|Tests run:)/.test(message) || recapHeading.test(message)) break;
    if (/^ {2}\S/.test(message) || /^[\w$.]{3,300}(?:\(.{0,300})?$/.test(message)) sightings.push(entry(message.trim(), offset, name));
  }
  return sightings;
}

function entry(text: string, offset: number, name: boolean): Sighting {
  const run = text.replace(/^Run \d+: /, "");
  const test = fullName(/^[\w$]{1,200}\([\w$.]{1,300}\)/.exec(run)?.[0] ?? /^[^\s:»]{1,300}/.exec(run)?.[0].split("->")[0] ?? "");
  return {
    category: "code.test",
    strength: "likely",
    reason: "Surefire's recap names a failed test",
    offset,
    ...(name && test !== "" ? { test } : {}),
    key: run.replace(/:\d+/g, ""),
    ...testTransience(run),
  };
}

import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

const place = String.raw`^(?:\d{1,5}: )?(?:[A-Za-z]:)?[^:()]{1,300}`;
const forms: readonly Form[] = [
  // Boost.Test
  [new RegExp(String.raw`${place}\(\d+\): (?:fatal )?error: in "(?<test>[^"]{1,300})": (?<key>.{1,500})`), "code.test", "cause", "A check of a test failed"],
  [/^(?:unknown location\(0\)|.{0,10}): fatal error: in "(?<test>[^"]{1,300})": (?<key>.{1,300})/, "code.test", "cause", "A test was ended by an error"],
  [/^\*{3} (?<key>[1-9]\d* failures? (?:is|are) detected).{0,200}/, "code.test", "summary", "Boost.Test counts failed checks"],
  // CppUnit
  [/^\d+\) (?:test|tests): (?<test>\S.{0,200}?) \([FE]\) /, "code.test", "likely", "CppUnit names a failed test"],
  [/^!!!FAILURES!!!$/, "code.test", "summary", "CppUnit counts failed tests"],
  [new RegExp(String.raw`${place}:\d+:(?<key>Assertion)$`), "code.test", "cause", "An assertion of a test failed"],
  // CppUTest, UnitTest++
  [new RegExp(String.raw`${place}:\d+:(?:\d+:)? error: Failure in (?<test>TEST\([^)]{1,200}\)|[\w:]{1,200})`), "code.test", "cause", "A test failed"],
  [/^Errors \((?:\d+ failures?, ).{0,200}\)$/, "code.test", "summary", "CppUTest counts failed tests"],
  [/^FAILURE: \d+ out of \d+ tests failed/, "code.test", "summary", "UnitTest++ counts failed tests"],
  // Check, Unity, Criterion
  [new RegExp(String.raw`${place}:\d+:[FE]:(?<test>[^:]{1,100}:[^:]{1,100}):\d+: (?<key>.{1,300})`), "code.test", "cause", "Check names a failed test"],
  [/^\d+%: Checks: \d+, (?<key>Failures: (?!0, Errors: 0)\d+, Errors: \d+)/, "code.test", "summary", "Check counts failed tests"],
  [new RegExp(String.raw`${place}:\d+:(?<test>\w{1,200}):FAIL(?:: ?(?<key>.{0,300}))?$`), "code.test", "cause", "Unity names a failed test"],
  [/^\[FAIL\] (?<test>[\w-]{1,100}::[\w-]{1,100})(?:: .{0,100})?$/, "code.test", "cause", "Criterion names a failed test"],
  [/^\[====\] Synthesis: .{0,100}(?:Failing: [1-9]|Crashing: [1-9])/, "code.test", "summary", "Criterion counts failed tests"],
  // QtTest
  [/^(?:\d{1,5}: )?(?:FAIL!|XPASS) {1,3}: (?<test>[\w:]{1,200}\([^)]{0,200}\)) ?(?<key>.{0,300})/, "code.test", "cause", "QtTest names a failed test"],
  [/^(?:\d{1,5}: )?QFATAL : (?<test>[\w:]{1,200}\([^)]{0,200}\)) ?(?<key>.{0,300})/, "crash.signal", "cause", "QtTest was ended by a fatal message"],
  [/^(?:\d{1,5}: )?Totals: \d+ passed, (?<key>[1-9]\d* failed)/, "code.test", "summary", "QtTest counts failed tests"],
  // doctest
  [
    /^(?:\d{1,5}: )?(?:[A-Za-z]:)?[^:()]{1,300}(?::\d+|\(\d+\)): (?:FATAL )?ERROR: (?<key>.{0,200}(?:is NOT correct!|CRASHED|THREW exception|didn't throw|threw a DIFFERENT|FAIL|exception).{0,200})/,
    "code.test",
    "cause",
    "A check of a test failed",
  ],
  [
    /^(?:\d{1,5}: )?(?:[A-Za-z]:)?[^:()]{1,300}(?::\d+|\(\d+\)): (?:FATAL )?ERROR: ?(?<key>(?:CHECK|REQUIRE|test case).{0,400})/,
    "code.test",
    "cause",
    "A check of a test failed",
  ],
  [
    /^(?:\d{1,5}: )?(?:\[doctest\] )?test cases: {1,6}\d+ \| {1,6}\d+ passed \| {1,6}(?<key>[1-9]\d* failed)/,
    "code.test",
    "summary",
    "doctest counts failed tests",
  ],
  [/^(?:\d{1,5}: )?test cases: \d+ \| (?:\d+ passed \| )?(?<key>[1-9]\d* failed)/, "code.test", "summary", "Catch2 counts failed tests"],
];
const catchFailure = new RegExp(String.raw`${place}(?::\d+|\(\d+\)): FAILED:(?<rest>.{0,300})$`);

/** The frameworks for tests in C and C++ beside googletest: Catch2, doctest, Boost.Test, CppUnit, CppUTest, Check, Unity, Criterion, QtTest. */
export const nativeTestFrameworks: Extractor = {
  name: "native-test-frameworks",
  title: "Test frameworks of C and C++",
  keywords: [
    ": failed:",
    'error: in "',
    "detected in",
    "(f) line",
    "(e) line",
    "!!!failures",
    ":assertion",
    "failure in ",
    "errors (",
    "failure: ",
    ":f:",
    ":e:",
    "failures: ",
    ":fail",
    "[fail] ",
    "synthesis: ",
    "fail!",
    "xpass",
    "qfatal",
    " passed, ",
    ": error: ",
    ": fatal error: ",
    "test cases: ",
  ],
  open() {
    return ({ line, at }) => {
      const { text } = line;
      const failure = catchFailure.exec(text)?.groups;
      if (failure === undefined) return sightingIn(forms, text);
      const expression = findNear(at, 1, 2, /^\s{1,12}(?:\d+: )?(\S.{0,300})/)?.found[1] ?? failure["rest"] ?? "";
      return sighting("code.test", "cause", "An assertion of a test failed", { key: expression });
    };
  },
};

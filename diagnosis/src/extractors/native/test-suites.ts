import type { Extractor } from "../../extractor.ts";
import { type Form, sightingIn } from "./forms.ts";

const forms: readonly Form[] = [
  // LLVM lit
  [/^(?:FAIL|UNRESOLVED|XPASS): (?<test>[\w. +-]{1,60} :: \S{1,300})(?: \(\d+ of \d+\))?$/, "code.test", "cause", "lit names a failed test"],
  [/^TIMEOUT: (?<test>[\w. +-]{1,60} :: \S{1,300})(?: \(\d+ of \d+\))?$/, "timeout.test", "cause", "lit names a test that took too long"],
  [/^\*{10,} TEST '(?<test>[^']{1,300})' FAILED \*{10,}$/, "code.test", "likely", "lit shows a failed test"],
  [/^(?:Failed|Failing|Unresolved|Timed Out|Unexpectedly Passed) Tests \(\d+\):$/, "code.test", "summary", "lit lists failed tests"],
  // Automake and DejaGnu
  [
    /^(?:FAIL: |XPASS: |ERROR: (?=[A-Za-z]*[\d./+_-]))(?<test>[\w./+-]{1,200}(?: \d+ - .{1,200}| \d+)?)(?: \(exit status: \d+\))?$/,
    "code.test",
    "likely",
    "A test suite names a failed test",
  ],
  [/^(?:FAIL|XPASS|ERROR|UNRESOLVED): (?<test>[\w+-]{1,60}[./][\w./+-]{1,200}[: ].{1,300})$/, "code.test", "likely", "A test suite names a failed test"],
  [/^# (?:FAIL|ERROR|XPASS): {1,6}[1-9]\d*$/, "code.test", "summary", "Automake counts failed tests"],
  [/^# of (?:unexpected failures|unresolved testcases)\s{1,20}[1-9]\d*$/, "code.test", "summary", "DejaGnu counts failed tests"],
  [/^\d+ of \d+ tests? failed$/, "code.test", "summary", "Automake counts failed tests"],
  [/^(?<test>\d{1,5}: \S.{1,200}?) {2,80}FAILED \(\S{1,100}:\d+\)$/, "code.test", "cause", "Autotest names a failed test"],
];

/** Suites of test programs: LLVM's lit, Automake's and DejaGnu's harness, Autotest. */
export const testSuites: Extractor = {
  name: "test-suites",
  title: "lit, Automake and DejaGnu",
  keywords: ["fail: ", "unresolved: ", "xpass: ", "timeout: ", "error: ", " test '", " tests (", "# of ", "tests failed", "test failed", " failed ("],
  open() {
    return ({ line, at }) => {
      // Python's unittest says `FAIL: test_x` below a rule.
      if (/^(?:FAIL|ERROR): /.test(line.text) && /^={20,}$/.test(at(-1)?.text ?? "")) return undefined;
      return sightingIn(forms, line.text);
    };
  },
};

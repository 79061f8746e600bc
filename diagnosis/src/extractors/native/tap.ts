import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

const notOk = /^(?<indent>\s{0,40})not ok(?: (?<number>\d+))?(?: -)?(?: (?<name>[^#]{0,300}))?(?<directive># ?(?:TODO|SKIP)\b.{0,100})?/i;
const forms: readonly Form[] = [
  [/^\s{0,20}# {3}Failed test (?<test>'.{1,300}')$/, "code.test", "cause", "A test failed"],
  [/^\s{0,20}# {3}Failed test(?: at .{1,300})?$/, "code.test", "cause", "A test failed"],
  [
    /^(?<key>\S{1,200}\.(?:t|pl|sh)) \.{2,100} (?:Dubious, test returned|Failed \d|No subtests run|All \d+ subtests passed)/,
    "code.test",
    "likely",
    "prove names a file with failed tests",
  ],
  [/^(?<key>\S{1,200}\.(?:t|pl|sh)) {1,100}\(Wstat: (?!0 .{0,40}Failed: 0\))/, "code.test", "summary", "prove's summary names a file with failed tests"],
  [/^Result: FAIL$/, "code.test", "symptom", "Tests failed"],
  [/^Failed \d+\/\d+ (?:subtests|test programs)/, "code.test", "summary", "Failed tests are counted"],
  // bats, in its own look
  [/^ {0,4}✗ (?<test>\S.{0,300}?)(?: \[\d+\])?$/, "code.test", "cause", "bats shows a failed test"],
  [/^# \((?<key>(?:from function|in test file) .{1,300})/, "code.test", "likely", "bats names the place of a failed test"],
  [/^\d+ tests?, (?<key>[1-9]\d* failures?)(?:, \d+ (?:skipped|not run).{0,40})?(?: in \d+ seconds)?$/, "code.test", "summary", "Failed tests are counted"],
];

/** Tests that speak TAP: Perl's Test::More and prove, bats, tap programs of Automake and others. */
export const tap: Extractor = {
  name: "tap-programs",
  title: "TAP, prove and bats",
  keywords: ["not ok", "failed test", "dubious", "wstat", "result: fail", "failed ", "✗", "in test file", "tests, ", "test, "],
  open() {
    return ({ line, at }) => {
      const { text } = line;
      const found = notOk.exec(text)?.groups;
      if (found === undefined) return frameworkOf(text, at);
      if (found["directive"] !== undefined || (found["number"] === undefined && found["name"] === undefined)) return undefined;
      const name = found["name"]?.trim() ?? "";
      // Test::More says which one failed in the line below; the number is nothing to know a test by.
      const why = findNear(at, 1, 3, /^\s{0,20}#\s{1,6}(\S.{0,200})/)?.found[1] ?? "";
      return sighting("code.test", "cause", "A test failed", name === "" ? { key: why } : { test: name, key: `${name} ${why}` });
    };
  },
};

/** Ticks stand before failed tests of other runners too: bats tells the place in the next line. */
function frameworkOf(text: string, at: (offset: number) => { readonly text: string } | undefined): ReturnType<typeof sightingIn> {
  if (/^ {0,4}✗/.test(text) && findNear(at, 1, 2, /^\s{1,8}\((?:in test file|from function)/) === undefined) return undefined;
  if (/^\d+ tests?, /.test(text) && findNear(at, -1, -30, /\(in test file|^not ok/) === undefined) return undefined;
  return sightingIn(forms, text);
}

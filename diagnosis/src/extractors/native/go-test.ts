import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

const failed = /^(?<indent>\s{0,60})--- FAIL: (?<test>\S{1,400})(?: \(\d+\.\d+s\))?/;
const panicked = /^\s{0,16}(?:panic: |fatal error: )(?<message>.{1,500})$/;

const forms: readonly Form[] = [
  [/^\s{0,16}panic: (?<key>test timed out after .{1,40})/, "timeout.test", "cause", "A test took longer than go test allows"],
  [/^\*{3} Test killed(?: with \w+)?: ran too long/, "timeout.test", "cause", "A test took longer than go test allows"],
  [/^FAIL\s{1,8}(?<key>\S{1,300}) \[(?:build|setup) failed\]/, "code.compile", "summary", "A package's tests could not be built"],
  [/^FAIL\s{1,8}(?<key>[\w.~-]{1,100}(?:\/\S{0,200})?)\s{1,8}(?:\d+\.\d+s|\(cached\)|\[.{1,40}\])/, "code.test", "summary", "A package's tests failed"],
  // gotestsum
  [/^=== FAIL: (?<test>\S{1,300}(?: \S{1,300})?)(?: \(.{1,40}\))?$/, "code.test", "cause", "gotestsum names a failed test"],
  [/^=== ERRORS?$|^=== Failed$/, "code.test", "symptom", "Tests failed"],
  [/^DONE (?:\d+ runs, )?\d+ tests?,.{0,40} (?<key>[1-9]\d* (?:failures?|errors?))/, "code.test", "summary", "gotestsum counts failed tests"],
  [/^(?:✖|✗) {1,3}(?<key>[\w.~-]{1,100}\/\S{1,200}) \(.{1,40}\)$/, "code.test", "likely", "gotestsum names a package whose tests failed"],
  // ginkgo, before and since its second version
  [
    /^\s{0,8}(?:\S )?• ?(?:\[(?:FAILED|PANICKED|TIMEDOUT)\]|Failure(?: in \S.{0,100})?|\S{0,4}!?\s?Panic(?: in .{0,100})?) \[\d+\.\d+ seconds\]/,
    "code.test",
    "cause",
    "Ginkgo shows a failed test",
  ],
  [/^\s{0,8}\[(?:FAIL|PANICKED!?|TIMEDOUT|Fail|Panic!)\] (?<test>\S.{1,300})$/, "code.test", "likely", "Ginkgo's summary names a failed test"],
  [/^Summarizing (?<key>\d+ Failures?):$/, "code.test", "summary", "Ginkgo lists failed tests"],
  [/^(?:FAIL|\S{0,4}FAIL)! -- \d+ Passed \| (?<key>[1-9]\d* Failed)/, "code.test", "summary", "Ginkgo counts failed tests"],
  [/^Ginkgo ran \d+ suites? in/, "code.test", "symptom", "Ginkgo ended"],
  // gocheck
  [/^FAIL: (?<test>\S{1,200}_test\.go:\d+: \S{1,200})$/, "code.test", "cause", "gocheck names a failed test"],
  [/^PANIC: (?<test>\S{1,200}_test\.go:\d+: \S{1,200})$/, "code.test", "cause", "gocheck names a test that panicked"],
  [/^OOPS: \d+ passed.{0,60} (?<key>[1-9]\d* (?:FAILED|PANICKED|FIXTURE-PANICKED))/, "code.test", "summary", "gocheck counts failed tests"],
  [/^WARNING: (?<key>DATA RACE)$/, "code.test", "likely", "The race detector found a race"],
  [/^Found \d+ data race\(s\)$/, "code.test", "summary", "The race detector found a race"],
  [/^\{"(?:Time|Action)":.{0,300}"Action":"fail".{0,300}"Test":"(?<test>[^"]{1,300})"/, "code.test", "cause", "go test names a failed test"],
  [/^\{"Action":"fail".{0,300}"Test":"(?<test>[^"]{1,300})"/, "code.test", "cause", "go test names a failed test"],
];

/** go test, gotestsum, Ginkgo and gocheck; panics. */
export const goTest: Extractor = {
  name: "go-test",
  title: "go test",
  keywords: [
    "--- fail",
    "panic",
    "fatal error: ",
    "test killed",
    "fail\t",
    "fail    ",
    "=== fail",
    "=== err",
    "done ",
    "✖",
    "✗",
    "[failed]",
    "[fail] ",
    "failure",
    "[timedout]",
    "fail! --",
    "ginkgo ran",
    "_test.go:",
    "oops: ",
    "data race",
    '"action":"fail"',
  ],
  open() {
    /** A test's parents are listed before it, or after it where tests print as they run. */
    let reported: string | undefined;
    return (view) => {
      const { text } = view.line;
      const found = failed.exec(text)?.groups;
      if (found !== undefined) {
        const test = found["test"] ?? "";
        const seen = failureOf(test, view, reported);
        reported = test;
        return seen;
      }
      const told = sightingIn(forms, text);
      if (told !== undefined) return told;
      const message = panicked.exec(text)?.groups?.["message"];
      return message === undefined ? undefined : panicOf(message, view);
    };
  },
};

/** The failed test's own message is the next line of a file's place below its heading. */
function failureOf(test: string, { at }: View, before: string | undefined): Sighting {
  // A parent of the subtest that was named just before says nothing more.
  if (before?.startsWith(`${test}/`) === true) return sighting("code.test", "likely", "A test failed", { test });
  const message = findNear(at, 1, 6, /^\s{2,60}\S{1,100}\.go:\d+: ?(.{0,300})$/)?.found[1] ?? "";
  return sighting("code.test", "cause", "A test failed", { test, key: `${test} ${message}` });
}

/** Programs print a panic with its goroutines when they end of it; servers that go on print `http: panic serving`. */
function panicOf(message: string, { at }: View): Sighting | undefined {
  if (findNear(at, 1, 40, /^\s{0,16}(?:goroutine \d+ |\[signal SIG|runtime stack:)/) === undefined) return undefined;
  if (/out of memory|cannot allocate/.test(message)) return sighting("resource.oom", "cause", "A Go program ran out of memory", { key: message });
  const inTest = /\[recovered\]/.test(message) || findNear(at, 1, 60, /_test\.go:\d+|testing\.tRunner/) !== undefined;
  return sighting(inTest ? "code.test" : "crash.signal", "likely", "A Go program panicked", { key: message });
}

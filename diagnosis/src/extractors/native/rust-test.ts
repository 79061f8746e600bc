import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

const failed = /^(?:.{0,200}\.\.\. ?)?test (?<test>\S.{0,300}?)(?: - should panic)? \.\.\. (?:FAILED|failed)(?: <.{1,40}>|\(.{1,60}\))?$/;
const forms: readonly Form[] = [
  [/^---- (?!end std)(?<test>\S.{0,300}?) std(?:out|err) ----$/, "code.test", "likely", "A failed test's output follows"],
  [/^test result: FAILED\. \d+ passed; (?<key>\d+ failed)/, "code.test", "summary", "Failed tests are counted"],
  [/^error: test failed, to rerun pass /, "code.test", "symptom", "Tests failed"],
  // nextest
  [
    /^\s{0,12}(?:TRY \d+ )?(?:FAIL|FLKY-FL|LEAK-FAIL) \[\s{0,8}\d+\.\d+s\] (?:\(\s{0,6}\d+\/\d+\) )?(?<test>\S.{0,300})$/,
    "code.test",
    "cause",
    "nextest names a failed test",
  ],
  [
    /^\s{0,12}(?:TRY \d+ )?(?:TIMEOUT|TERMINATING|TMT) \[.{1,20}\] (?:\(\s{0,6}\d+\/\d+\) )?(?<test>\S.{0,300})$/,
    "timeout.test",
    "cause",
    "nextest names a test that took too long",
  ],
  [
    /^\s{0,12}(?:TRY \d+ )?SIG(?!NAL)[A-Z0-9]{2,8} \[.{1,20}\] (?:\(\s{0,6}\d+\/\d+\) )?(?<test>\S.{0,300})$/,
    "crash.signal",
    "cause",
    "nextest names a test that crashed",
  ],
  [
    /^\s{0,12}Summary \[.{1,20}\] \d+(?:\/\d+)? tests? run: .{0,100}\b(?<key>[1-9]\d* (?:failed|timed out))/,
    "code.test",
    "summary",
    "nextest counts failed tests",
  ],
  // trybuild
  [
    /^test tests?[\\/](?<test>\S{1,200}\.rs) (?:\[should fail to compile\] |\[should pass\] )?\.\.\. (?:mismatch|error|wip)$/,
    "code.test",
    "cause",
    "trybuild names a failed test",
  ],
  // insta, criterion and others speak by panics
  [/^error: (?<key>(?:doctest|test) failed.{0,200})/, "code.test", "symptom", "Tests failed"],
];
/** Since 1.73 the message stands in the line below. */
const panicked = /^thread '(?<thread>[^']{0,200})'(?: \(\d+\))? (?:panicked at (?<what>.{1,600})|has overflowed its stack)/;

/** Rust's test harness, nextest and trybuild; panics. */
export const rustTest: Extractor = {
  name: "rust-test",
  title: "cargo test and nextest",
  keywords: [
    "... failed",
    "... mismatch",
    "... error",
    "---- ",
    "test result: f",
    "fail [",
    "flky-fl [",
    "timeout [",
    "terminating [",
    "tmt [",
    "sigsegv [",
    "sigabrt [",
    "sigbus [",
    "sigill [",
    "sigfpe [",
    "sigkill [",
    "sigterm [",
    "sigtrap [",
    "sigint [",
    "sigquit [",
    "sigpipe [",
    "sighup [",
    "sigsys [",
    "panicked at",
    "test failed",
    "overflowed its stack",
    "tests run: ",
    "test run: ",
  ],
  open() {
    return (view) => {
      const { text } = view.line;
      const found = failed.exec(text)?.groups;
      if (found !== undefined) return sighting("code.test", "cause", "A test failed", { test: found["test"] ?? "" });
      const told = sightingIn(forms, text);
      if (told !== undefined) return /^\s{0,12}TRY \d+ /.test(text) ? { ...told, strength: "hint" } : told;
      const panic = panicked.exec(text)?.groups;
      if (panic === undefined) return undefined;
      const message = /\.rs:\d+:\d+:$/.test(panic["what"] ?? "")
        ? (view.at(1)?.text ?? "")
        : (panic["what"] ?? "has overflowed its stack").replace(/, \S{1,300}\.rs:\d+:\d+$/, "");
      if (panic["thread"] === "rustc") return sighting("tool.crash", "cause", "rustc itself failed", { key: message });
      const inTest = panic["thread"] !== "main" || findNear(view.at, -1, -20, /^---- .{1,300} stdout ----$/) !== undefined;
      // Tests that expect a panic print one too.
      return sighting(inTest ? "code.test" : "crash.signal", inTest ? "hint" : "likely", "A Rust program panicked", { key: message });
    };
  },
};

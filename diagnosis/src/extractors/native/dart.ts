import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn } from "./forms.ts";

const forms: readonly Form[] = [
  [
    /^(?:\S{0,200}[\\/])?[\w./~-]{1,200}\.dart:\d+:\d+: Error: (?<key>Not found: '.{1,200}|.{0,20}Couldn't resolve the package .{1,200})/,
    "dependency.missing_module",
    "cause",
    "Dart does not find a package",
  ],
  [/^(?:[A-Za-z]:)?[^:]{1,300}\.dart:\d+:\d+: Error: (?<key>.{1,400})/, "code.compile", "cause", "Dart names an error in a file"],
  [
    /^\s{0,6}error (?:•|-) (?<key>.{1,500}) (?:•|-) \S{1,300}(?:\.dart|\.yaml)?:?\d*:?\d* ?(?:•|-)? ?[\w.-]{0,100}$/,
    "code.compile",
    "cause",
    "The analyzer names an error in a file",
  ],
  [/^\s{0,6}(?:warning|info|hint) (?:•|-) (?<key>.{1,500}) (?:•|-) [a-z][\w]{3,100}$/, "code.lint", "likely", "The analyzer names a place in a file"],
  [/^(?:ERROR)\|(?<key>\w{1,60}\|\w{1,80}\|.{1,400})/, "code.compile", "cause", "The analyzer names an error in a file"],
  [/^(?<key>[1-9]\d* issues?) found\.(?: \(ran in .{1,20}\))?$/, "code.lint", "summary", "The analyzer counts findings"],
  [/^\d\d:\d\d \+\d+(?: ~\d+)? -\d+: (?!Some tests failed)(?<test>.{1,300}) \[E\]$/, "code.test", "cause", "A test failed"],
  [/^\d\d:\d\d \+\d+(?: ~\d+)? -\d+: Some tests failed\./, "code.test", "summary", "Tests failed"],
  [/^❌ (?<test>(?:\S{1,200}: )?\S.{0,300}?)(?: \(failed(?: after .{1,30})?\))?$/, "code.test", "likely", "A test failed"],
  [/^\d+ tests? passed, (?<key>[1-9]\d* failed)/, "code.test", "summary", "Failed tests are counted"],
  [/^(?:Changed|Would change|Formatted) (?<key>\S{1,300}\.dart)(?:\.)?$/, "code.lint", "hint", "dart format would change a file"],
  [/^Formatted \d+ files? \((?<key>[1-9]\d* changed)\)/, "code.lint", "summary", "dart format would change files"],
  [
    /^(?<key>Because .{1,400}(?:depends on|requires SDK version|doesn't (?:match|support|exist)|version solving failed|is forbidden|which).{0,400})/,
    "dependency.resolution",
    "likely",
    "pub cannot get a package",
  ],
  [/^(?:.{0,400})(?<key>version solving failed)\.?$/, "dependency.resolution", "summary", "pub cannot get a package"],
  [/^(?<key>The current (?:Dart|Flutter) SDK version is .{1,60})/, "config.toolchain", "likely", "A package asks for another SDK"],
  [
    /^(?<key>Could not find a file named "pubspec\.yaml".{0,200}|Expected to find project root.{0,100}|Error on line \d+, column \d+ of pubspec\.\w+.{0,200})/,
    "config.workflow",
    "cause",
    "There is no fitting pubspec.yaml",
  ],
  [/^(?:Gradle task \S{1,60} failed with exit code|Error: Failed to (?:build|compile))/, "code.compile", "symptom", "Flutter's build stopped"],
  [/^══╡ EXCEPTION CAUGHT BY (?<key>.{1,100}) ╞═/, "code.test", "likely", "Flutter caught an exception"],
];

/** Dart and Flutter: compiler, analyzer, tests, format, pub. */
export const dart: Extractor = {
  name: "dart",
  title: "Dart and Flutter",
  keywords: [
    ".dart",
    "error • ",
    "warning • ",
    "info • ",
    "error|",
    "issues found",
    "issue found",
    "[e]",
    "some tests failed",
    "tests passed, ",
    "❌",
    " changed)",
    " depends on ",
    "requires sdk version",
    "version solving failed",
    "version solving",
    "sdk version is",
    "pubspec.",
    "project root",
    "gradle task",
    "exception caught by",
  ],
  open: stateless(({ line }) => {
    const seen = sightingIn(forms, line.text);
    if (seen === undefined) return undefined;
    // A cross stands before lines of many tools: Dart's reporter names the file or says `(failed)`.
    if (line.text.startsWith("❌") && !/_test\.dart|\(failed/.test(line.text)) return undefined;
    if (/^\s*(?:error|info|warning|hint) - /.test(line.text) && !/\.dart/.test(line.text)) return undefined;
    return seen;
  }),
};

import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, readForms, sighting, sightingIn } from "./forms.ts";

const zigNimDForms: readonly Form[] = [
  // Zig
  [/^(?:\S{0,300}[\\/])?[\w.-]{1,100}\.(?:zig|zon):\d+:\d+: error: (?<key>.{1,400})/, "code.compile", "cause", "Zig names an error in a file"],
  [/^(?:Test \[\d+\/\d+\] |\d+\/\d+ )(?<test>\S.{0,200}?)\.{3} ?FAIL(?: \((?<key>\w{1,60})\))?/, "code.test", "cause", "Zig names a failed test"],
  [/^error: '(?<test>[^']{1,200})' failed: (?<key>.{1,300})/, "code.test", "cause", "Zig names a failed test"],
  [/^error: (?:the following (?:build|test) command (?:failed|exited|terminated)|test runner)/, "code.compile", "symptom", "Zig's build stopped"],
  // Nim
  [/^(?:[A-Za-z]:)?[^():]{1,300}\.(?:nim|nims|nimble)\(\d+, \d+\) Error: (?<key>.{1,400})/, "code.compile", "cause", "Nim names an error in a file"],
  [/^\s{1,12}\[FAILED\] (?<test>\S.{0,200})$/, "code.test", "cause", "Nim names a failed test"],
  [/^FAIL: (?<test>tests\/\S{1,200}\.nim .{0,100})/, "code.test", "cause", "testament names a failed test"],
  // D
  [/^(?:[A-Za-z]:)?[^():]{1,300}\.di?\(\d+(?:,\d+)?\): Error: (?<key>.{1,400})/, "code.compile", "cause", "D's compiler names an error in a file"],
  [/^(?<key>core\.exception\.\w{1,60}@\S{1,200}\(\d+\): .{0,300})/, "code.test", "cause", "An assertion in D failed"],
  [/^[1-9]\d*\/\d+ modules FAILED unittests/, "code.test", "summary", "Failed tests are counted"],
  [/^(?:Error )?(?:dmd|ldc2|gdc) failed with exit code/, "code.compile", "symptom", "D's compiler failed"],
  // Ada, Pascal
  [
    /^[\w./\\-]{1,200}\.ad[bsa]:\d+:\d+: (?!warning|info|note|\(style\)|low|medium)(?:error: |high: )?(?<key>.{1,400})/,
    "code.compile",
    "cause",
    "GNAT names an error in a file",
  ],
  [/^[\w./\\-]{1,200}\.ad[bsa]:\d+:\d+: \(style\) (?<key>.{1,300})/, "code.lint", "cause", "GNAT names a place in a file"],
  [
    /^(?:gnatmake: ".{1,200}" compilation error|\s{1,4}compilation of \S{1,200} failed|gprbuild: \*\*\* compilation phase failed)/,
    "code.compile",
    "symptom",
    "GNAT stopped",
  ],
  [
    /^[^():\s]{1,300}\.(?:pas|pp|lpr|dpr|inc)\(\d+(?:,\d+)?\) (?:Error|Fatal): (?!There were|Compilation aborted)(?<key>.{1,400})/,
    "code.compile",
    "cause",
    "Free Pascal names an error in a file",
  ],
  [
    /^(?:\S{1,300}\(\d+(?:,\d+)?\) )?(?:Fatal: (?:There were \d+ errors|Compilation aborted)|Error: \S{1,200} returned an error exitcode)/,
    "code.compile",
    "symptom",
    "Free Pascal stopped",
  ],
  [/^\[dcc\d+ (?:Fatal )?Error\] \S{1,300}\(\d+\): (?<key>.{1,300})/, "code.compile", "cause", "Delphi names an error in a file"],
  // Hardware: Verilator, Icarus Verilog, GHDL
  [
    /^%Error(?:-\w{1,40})?: (?!Exiting due to|Command Failed)(?:\S{1,300}:\d+:(?:\d+:)? )?(?<key>.{1,400})/,
    "code.compile",
    "cause",
    "Verilator names an error",
  ],
  [
    /^[\w./\\-]{1,300}\.(?:v|sv|vh|svh|vhdl?):\d+:(?:\d+:)? ?(?:syntax error|error: ?)(?<key>.{0,300})/,
    "code.compile",
    "cause",
    "A compiler of hardware names an error in a file",
  ],
  // Solidity
  [/^\[FAIL(?:\. Reason)?: (?<key>.{1,300}?)\] (?<test>\w{1,200}\([^)]{0,200}\))/, "code.test", "cause", "forge names a failed test"],
  [/^Error \(\d{4}\): (?<key>.{1,300})$/, "code.compile", "cause", "solc names an error in a file"],
  // Protocol buffers
  [/^[\w./-]{1,300}\.proto:\d+:\d+: ?(?!warning)(?<key>.{1,300})/, "code.compile", "cause", "protoc names an error in a file"],
  // Nix
  [/^\s{0,8}error: (?<key>hash mismatch in fixed-output derivation .{1,200})/, "dependency.resolution", "cause", "A download is not what Nix expects"],
  [
    /^\s{0,8}error: (?:builder for|Cannot build) '\S{0,60}?-(?<key>[^'/]{1,150}\.drv)'(?: failed.{0,100}|\.)?/,
    "dependency.build",
    "summary",
    "Nix cannot build a package",
  ],
  // Gleam
  [
    /^error: (?<key>Unknown (?:variable|type|module|record field|label)|Type mismatch|Syntax error|Duplicate .{1,40})$/,
    "code.compile",
    "likely",
    "A compiler names an error",
  ],
];

/** Zig, Nim, D, Ada, Pascal, hardware description, Solidity, protocol buffers, Nix. */
export const smallLanguages: Extractor = {
  name: "small-languages",
  title: "Zig, Nim, D, Ada, Pascal and others",
  keywords: [
    ".zig:",
    ".zon:",
    "... fail",
    "...fail",
    "' failed: ",
    "error: the following",
    ") error: ",
    "[failed] ",
    "fail: tests/",
    "): error: ",
    "core.exception",
    "failed unittests",
    "failed with exit code",
    ".adb:",
    ".ads:",
    "compilation error",
    "compilation phase",
    "compilation of ",
    ") fatal: ",
    "fatal: ",
    "error exitcode",
    "[dcc",
    "%error",
    ".v:",
    ".sv:",
    ".vh:",
    ".vhd:",
    ".vhdl:",
    "[fail",
    "error (",
    ".proto:",
    "hash mismatch in",
    "builder for",
    "cannot build '",
    "error: unknown ",
    "error: type mism",
    "error: syntax error",
    "error: duplicate",
  ],
  open:
    () =>
    ({ line }) =>
      sightingIn(zigNimDForms, line.text),
};

/** gfortran and older gcc tools: place, code and marker stand above the message. */
export const fortran: Extractor = {
  name: "fortran",
  title: "Fortran",
  keywords: ["error: ", "error #"],
  open() {
    return ({ line, at }) => {
      const intel = /^[^():\s]{1,300}\.(?:f|f90|F90|for|f03|f08|F)\(\d+\): error #\d+: (?<message>.{1,300})/.exec(line.text)?.groups?.["message"];
      if (intel !== undefined) return sighting("code.compile", "cause", "ifort names an error in a file", { key: intel });
      const message = /^(?:Fatal )?Error: (?<message>\S.{0,400})$/.exec(line.text)?.groups?.["message"];
      if (
        message === undefined ||
        !/^[\s|]{1,400}[12]\s{0,300}/.test(at(-1)?.text ?? "") ||
        findNear(at, -1, -8, /^\S{1,300}\.(?:f|F|for|f77|f90|F90|f95|f03|f08|fpp|FPP|fypp|inc):\d+:\d+:$/) === undefined
      )
        return undefined;
      const missing = /^(?:Cannot|Can't) open (?:module|included) file/.test(message);
      return sighting(missing ? "env.missing_library" : "code.compile", "cause", "gfortran names an error in a file", { key: message });
    };
  },
};

/** Crystal: the place stands two to six lines above the message. Its specs look as RSpec's do. */
export const crystal: Extractor = {
  name: "crystal",
  title: "Crystal",
  keywords: ["error: ", "crystal spec ", "unable to satisfy"],
  open() {
    return ({ line, at }) => {
      const { text } = line;
      const spec = /^crystal spec (?<place>\S{1,200}\.cr):\d+ # (?<test>.{1,300})$/.exec(text)?.groups;
      if (spec !== undefined) return sighting("code.test", "likely", "Crystal's summary names a failed test", { test: spec["test"] ?? "" });
      const message = /^Error: (?<message>\S.{0,400})$/.exec(text)?.groups?.["message"];
      if (message === undefined) return undefined;
      if (findNear(at, -1, -14, /^(?:In|There was a problem expanding .{0,60}) (?:\S{1,300}\.cr:\d+|macro)/) === undefined) return undefined;
      return sighting(
        /^(?:unexpected token|expecting|unterminated)/.test(message) ? "code.syntax" : "code.compile",
        "cause",
        "Crystal names an error in a file",
        { key: message },
      );
    };
  },
};

const installerForms: readonly Form[] = [
  [/^Error on line \d+ in (?<key>\S.{0,300}\.iss): /i, "code.compile", "cause", "Inno Setup names an error in its script"],
  [/^Error in (?:script|macro) (?<key>"?\S.{0,300}) on (?:line |macroline )\d+/, "code.compile", "cause", "NSIS names an error in its script"],
];

/** What builds installers for Windows: Inno Setup and NSIS. */
export const installers: Extractor = {
  name: "windows-installers",
  title: "Inno Setup and NSIS",
  keywords: ["error on line ", "error in script ", "error in macro "],
  open: () => readForms(installerForms),
};

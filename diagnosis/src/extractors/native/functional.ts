import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, sighting, sightingIn, unwrap } from "./forms.ts";

const ghc =
  /^(?<file>[^:\s]{1,300}\.(?:hs|lhs|hsc|hs-boot|chs|x|y|purs)):(?:\d+:\d+(?:-\d+)?|\(\d+,\d+\)-\(\d+,\d+\)): (?:error|parse error)(?::|\b)\s?(?<rest>.{0,600})$/;
const haskellForms: readonly Form[] = [
  [
    /^(?:Error: )?(?:\[\w+-\d+\]\s{0,4})?(?:cabal(?:\.exe)?: )?(?<key>Could not resolve dependencies:?)/,
    "dependency.resolution",
    "cause",
    "cabal cannot get what a package depends on",
  ],
  [
    /^(?:Error: )?(?:\[\w+-\d+\]\s{0,4})?(?:cabal(?:\.exe)?: )?(?<key>(?:Missing (?:dependency|dependencies|\(or bad\))|The pkg-config package).{0,200})/,
    "env.missing_library",
    "cause",
    "cabal misses a library",
  ],
  [
    /^(?:Error: )?(?:\[\w+-\d+\]\s{0,4})?cabal(?:\.exe)?: (?<key>(?:Encountered missing|The program '.{1,60}'|Cannot find the program|Unknown build tool|The requested).{0,300})/,
    "config.toolchain",
    "cause",
    "cabal misses a tool or package",
  ],
  [
    /^(?:Error: )(?:\[\w+-\d+\]\s{0,4})?(?:cabal(?:\.exe)?: )?(?:Failed to build (?<key>\S{1,100}))/,
    "code.compile",
    "summary",
    "cabal could not build a package",
  ],
  [/^(?:Error: )?(?:\[\w+-\d+\]\s{0,4})?(?:cabal(?:\.exe)?: )?(?:Tests failed for|Some tests failed)/, "code.test", "symptom", "Tests failed"],
  [/^(?:Error: )?(?:\[S-\d+\]\s{0,4})?(?<key>While constructing the build plan, .{1,100})/, "dependency.resolution", "cause", "stack cannot plan the build"],
  [
    /^(?:Error: )?(?:\[S-\d+\]\s{0,4})?(?<key>(?:Stack failed to construct a build plan|No setup information found|No compiler found|Compiler version mismatched).{0,200})/,
    "config.toolchain",
    "cause",
    "stack cannot plan the build",
  ],
  [/^-- {1,3}While building package (?<key>\S{1,100})/, "code.compile", "summary", "stack could not build a package"],
  [/^Test suite failure for package (?<key>\S{1,100})/, "code.test", "summary", "Tests of a package failed"],
  [/^Test suite (?<key>\S{1,100}): FAIL/, "code.test", "summary", "A test suite failed"],
  // hspec, tasty, HUnit, doctest
  [/^\s{1,30}(?<test>\S.{0,200}?) FAILED \[\d+\]$/, "code.test", "cause", "hspec names a failed test"],
  [/^\s{1,40}(?<test>\S.{0,200}?):\s{1,80}FAIL(?: \(\d[\d.]*s\))?$/, "code.test", "cause", "tasty names a failed test"],
  [/^[1-9]\d* out of \d+ tests failed/, "code.test", "summary", "tasty counts failed tests"],
  [/^### (?:Failure|Error) in:? (?<test>\S.{0,200})/, "code.test", "cause", "HUnit names a failed test"],
  [/^\*{3} Failed! (?<key>.{1,200})/, "code.test", "likely", "QuickCheck found a case that fails"],
  [/^\s{0,8}rerun using: --match|^To rerun use: --match/, "code.test", "hint", "hspec names a failed test"],
  [/^\S{1,200}\.hs:\d+:\d+(?:-\d+)?: (?:Warning|Suggestion|Error): (?<key>.{1,100})$/, "code.lint", "cause", "HLint names a place in a file"],
  [/^[1-9]\d* hints?$/, "code.lint", "summary", "HLint counts findings"],
];

/** GHC, cabal, stack; hspec, tasty, HUnit; HLint. */
export const haskell: Extractor = {
  name: "haskell",
  title: "Haskell",
  keywords: [
    ": error",
    "parse error",
    "resolve dependencies",
    "cabal: ",
    "failed to build",
    "missing ",
    "tests failed",
    "while constructing the build",
    "construct a build plan",
    "no setup information",
    "while building package",
    "test suite ",
    " failed [",
    ": fail",
    "  fail",
    "### failure in",
    "### error in",
    "*** failed!",
    "rerun using",
    ": warning: ",
    ": suggestion: ",
    "hints",
  ],
  open() {
    return ({ line, at }) => {
      const { text } = unwrap(line.text);
      const found = ghc.exec(text)?.groups;
      if (found === undefined) return sightingIn(haskellForms, /FAILED \[|FAIL/.test(line.text) ? line.text : text);
      const rest = found["rest"] ?? "";
      const message = /^(?:\[[\w-]+(?:, ?[\w=-]+)*\])?\s*$/.test(rest)
        ? `${rest} ${
            findNear(at, 1, 1, /\S.{0,300}/)
              ?.found[0].replace(/^[\w-]{1,60} {1,3}> /, "")
              .trim() ?? ""
          }`
        : rest;
      const category = /^parse error|parse error on input|lexical error/.test(message.replace(/^\[.{1,60}?\]\s*/, "").trim())
        ? "code.syntax"
        : /Could not (?:find|load) module/.test(message)
          ? "dependency.missing_module"
          : "code.compile";
      return sighting(category, "cause", "GHC names an error in a file", { key: message });
    };
  },
};

const ocamlPlace = /^(?:\s{0,4}|.{0,20}# )File "(?<file>[^"]{1,300})", lines? \d+(?:-\d+)?(?:, characters \d+-\d+)?:$/;
const ocamlForms: readonly Form[] = [
  [
    /^\[ERROR\] (?<key>(?:Package conflict|No solution|Sorry, no solution|No package named|Could not (?:find|determine)|Unknown package|No compiler selected|Solver).{0,300})/,
    "dependency.resolution",
    "cause",
    "opam cannot get a package",
  ],
  [
    /^\[ERROR\] (?<key>The (?:compilation|installation|sources) of \S{1,80} .{0,200}(?:failed|could not).{0,200})/,
    "dependency.build",
    "cause",
    "opam cannot build a package",
  ],
  [/^#=== ERROR while compiling (?<key>\S{1,80}) =+#/, "dependency.build", "likely", "opam cannot build a package"],
  // alcotest, OUnit
  [/^\s{0,4}(?:│ )?\[FAIL\]\s{1,20}(?<test>\S.{0,200}?)\.?\s{0,4}(?:│)?$/, "code.test", "cause", "Alcotest names a failed test"],
  [/^\s{0,4}[1-9]\d* failures?! in [\d.]+s\. \d+ tests? run\./, "code.test", "summary", "Alcotest counts failed tests"],
  [/^(?:Error|Failure): (?<test>\S{1,150}:\d+:\S{1,150})\.?$/, "code.test", "cause", "OUnit names a failed test"],
  [/^FAILED: Cases: \d+ Tried: \d+/, "code.test", "summary", "OUnit counts failed tests"],
];

/** OCaml's compiler through dune, Coq, opam; Alcotest and OUnit. The message stands below the place and a piece of the code. */
export const ocaml: Extractor = {
  name: "ocaml",
  title: "OCaml, dune and opam",
  keywords: ["error: ", "error (", "[error] ", "error while compiling", "[fail]", "failure", "failed: cases"],
  open() {
    return ({ line, at }) => {
      const found = /^\s{0,4}Error(?: \((?<warning>(?:warning|alert) [^)]{1,80})\))?: (?<message>\S.{0,400})$/.exec(line.text)?.groups;
      const place = found === undefined ? undefined : findNear(at, -1, -12, ocamlPlace)?.found.groups?.["file"];
      if (found === undefined || place === undefined) return sightingIn(ocamlForms, line.text);
      const message = found["message"] ?? "";
      const category = /^Syntax error|^Illegal character|unmatched/i.test(message)
        ? "code.syntax"
        : /^(?:Library "|No rule found for)|Unbound module/.test(message) && /dune|Library/.test(`${place} ${message}`)
          ? "dependency.missing_module"
          : "code.compile";
      return sighting(category, "cause", "OCaml names an error in a file", { key: message });
    };
  },
};

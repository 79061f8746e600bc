import { describe, expect, it } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { sightingsOf } from "../testing.ts";
import { dart } from "./dart.ts";
import { latex, lua, perl, pester, shellScripts } from "./scripting.ts";
import { crystal, fortran, installers, smallLanguages } from "./small-languages.ts";
import { julia, r } from "./statistics.ts";

const told = (extractor: Extractor, text: string) =>
  sightingsOf(extractor, text).map(({ line, category, strength, test }) => `${line} ${category} ${strength}${test === undefined ? "" : ` ${test}`}`);

describe("Dart and Flutter", () => {
  it("are known by the compiler, the analyzer, tests and pub", () => {
    expect(
      told(
        dart,
        "lib/x.dart:1:2: Error: Undefined name 'x'.\n  error • Undefined name 'y' • lib/x.dart:1:2 • undefined_identifier\n  error - lib/x.dart:1:2 - Undefined name 'y'. - undefined_identifier\n   info • Unused import • lib/x.dart:1:2 • unused_import\n3 issues found. (ran in 2.1s)\n00:03 +2 -1: sum adds [E]\n00:03 +2 -1: Some tests failed.\nBecause app depends on foo ^2.0.0 which doesn't match any versions, version solving failed.\nFormatted 3 files (1 changed) in 0.1 seconds.",
      ),
    ).toEqual([
      "1 code.compile cause",
      "2 code.compile cause",
      "3 code.compile cause",
      "4 code.lint likely",
      "5 code.lint summary",
      "6 code.test cause sum adds",
      "7 code.test summary",
      "8 dependency.resolution likely",
      "9 code.lint summary",
    ]);
    expect(
      told(dart, "No issues found!\n00:03 +3: All tests passed!\n❌ something of another tool\nFormatted 3 files (0 changed)\nResolving dependencies...\n"),
    ).toEqual([]);
  });
});

describe("R", () => {
  it("is known by checks, tests and packages", () => {
    expect(
      told(
        r,
        "* checking tests ... ERROR\n── Failure (test-x.R:12:3): adds ──────────\n── 1. Error: old form (@test-x.R#12)  ─────\n[ FAIL 1 | WARN 0 | SKIP 0 | PASS 10 ]\nError in library(foo) : there is no package called ‘foo’\nERROR: dependency ‘curl’ is not available for package ‘httr’\nStatus: 1 ERROR\nExecution halted",
      ),
    ).toEqual([
      "1 code.test cause",
      "2 code.test cause adds",
      "3 code.test cause old form",
      "4 code.test summary",
      "5 dependency.missing_module cause",
      "6 dependency.resolution cause",
      "7 code.test symptom",
      "8 code.test symptom",
    ]);
    expect(told(r, "* checking tests ... OK\n[ FAIL 0 | WARN 0 | SKIP 0 | PASS 10 ]\nStatus: OK\nStatus: 1 NOTE\n")).toEqual([]);
  });
});

describe("Julia", () => {
  it("is known by tests and packages", () => {
    expect(
      told(
        julia,
        "adds: Test Failed at /p/test/runtests.jl:12\nError During Test at /p/x.jl:3\nERROR: LoadError: Some tests did not pass: 3 passed, 1 failed, 0 errored, 0 broken.\nERROR: Package X errored during testing\nERROR: Unsatisfiable requirements detected for package Y\nERROR: LoadError: UndefVarError: z not defined",
      ),
    ).toEqual([
      "1 code.test cause adds",
      "2 code.test cause",
      "3 code.test summary",
      "4 code.test symptom",
      "5 dependency.resolution cause",
      "6 code.test likely",
    ]);
    expect(told(julia, "Test Summary: | Pass  Total\nadds          |    3      3\n     Testing X tests passed\nERROR: failed to solve: x\n")).toEqual([]);
  });
});

describe("smaller languages", () => {
  it("are known by their compilers' forms", () => {
    expect(
      told(
        smallLanguages,
        "src/x.zig:1:2: error: use of undeclared identifier 'y'\n/p/x.nim(12, 3) Error: undeclared identifier: 'x'\nsource/x.d(12,3): Error: undefined identifier `x`\nx.adb:12:03: \"y\" is undefined\nx.pas(12,3) Error: Identifier not found \"y\"\nx.pas(20) Fatal: There were 1 errors compiling module, stopping\n%Error: x.v:12:3: syntax error\n[FAIL: revert] testFoo() (gas: 123)\nx.proto:3:1: Expected \";\".\nerror: hash mismatch in fixed-output derivation '/nix/store/a-b.drv':",
      ),
    ).toEqual([
      "1 code.compile cause",
      "2 code.compile cause",
      "3 code.compile cause",
      "4 code.compile cause",
      "5 code.compile cause",
      "6 code.compile symptom",
      "7 code.compile cause",
      "8 code.test cause testFoo()",
      "9 code.compile cause",
      "10 dependency.resolution cause",
    ]);
    expect(told(smallLanguages, "x.adb:12:03: warning: unused\n/p/x.nim(12, 3) Warning: x\n2/3 a.test.b...OK\nerror: something\n")).toEqual([]);
  });

  it("tell the message below the place: Fortran and Crystal", () => {
    expect(
      told(fortran, "foo.f90:3:4:\n\n    3 |   x = y\n      |       1\nError: Symbol 'y' at (1) has no IMPLICIT type\nError: something else below it\n"),
    ).toEqual(["5 code.compile cause"]);
    expect(told(fortran, "Error: something\n")).toEqual([]);
    expect(told(crystal, "In src/x.cr:12:3\n\n 12 | foo\n      ^\nError: undefined local variable or method 'foo' for top-level\n")).toEqual([
      "5 code.compile cause",
    ]);
    expect(told(crystal, "Error: something\n")).toEqual([]);
  });
});

describe("what builds installers for Windows", () => {
  it("names errors in its script", () => {
    expect(
      told(
        installers,
        "Error on line 96 in D:\\a\\x\\setup.iss: Column 39:\nUnknown identifier 'Foo'\nCompile aborted.\nError in script \"setup.nsi\" on line 24 -- aborting creation process\nError on line 3 in the data\n",
      ),
    ).toEqual(["1 code.compile cause", "4 code.compile cause"]);
  });
});

describe("scripting languages", () => {
  it("are known by their own complaints", () => {
    expect(
      told(
        perl,
        "Can't locate Foo/Bar.pm in @INC (you may need to install the Foo::Bar module)\nBEGIN failed--compilation aborted at x line 3.\nsyntax error at x.pl line 12, near \"}\"\n! Couldn't find module or a distribution Foo\n",
      ),
    ).toEqual(["1 dependency.missing_module cause", "2 code.syntax summary", "3 code.syntax cause", "4 dependency.resolution cause"]);
    expect(
      told(
        lua,
        "Failure → spec/x_spec.lua @ 12\n3 successes / 1 failure / 0 errors / 0 pending : 0.1 seconds\n    x.lua:12:3: accessing undefined variable 'y'\nTotal: 1 warning / 0 errors in 4 files\n3 successes / 0 failures / 0 errors / 0 pending\nTotal: 0 warnings / 0 errors in 4 files",
      ),
    ).toEqual(["1 code.test cause", "2 code.test summary", "3 code.lint likely", "4 code.lint summary"]);
    expect(
      told(
        pester,
        "  [-] adds numbers 12ms (10ms|2ms)\n    [+] fine 3ms (2ms|1ms)\nTests Passed: 10, Failed: 1, Skipped: 0\nTests Passed: 10, Failed: 0, Skipped: 0\n",
      ),
    ).toEqual(["1 code.test cause adds numbers", "3 code.test summary"]);
  });

  it("are linted: ShellCheck and shfmt", () => {
    expect(
      told(
        shellScripts,
        "In a.sh line 12:\necho $x\n     ^-- SC2086 (info): Double quote to prevent globbing.\nIn the next line 3:\nnothing\ndiff a.sh.orig a.sh\n",
      ),
    ).toEqual(["1 code.lint cause", "6 code.lint likely"]);
  });
});

describe("LaTeX", () => {
  it("names errors, and packages that are not there", () => {
    expect(
      told(
        latex,
        "! LaTeX Error: File `foo.sty' not found.\n! Undefined control sequence.\n./x.tex:12: Undefined control sequence.\n!  ==> Fatal error occurred, no output PDF file produced!\nOverfull \\hbox (1pt too wide)\n",
      ),
    ).toEqual(["1 env.missing_library cause", "2 code.compile cause", "3 code.compile cause", "4 code.compile summary"]);
  });
});

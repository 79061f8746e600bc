import { describe, expect, it } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { sightingsOf } from "../testing.ts";
import { beam } from "./beam.ts";
import { haskell, ocaml } from "./functional.ts";

const told = (extractor: Extractor, text: string) =>
  sightingsOf(extractor, text).map(({ line, category, strength, test }) => `${line} ${category} ${strength}${test === undefined ? "" : ` ${test}`}`);

describe("Haskell", () => {
  it("names errors of GHC in its versions, through stack too", () => {
    const seen = sightingsOf(
      haskell,
      "src/X.hs:12:3: error:\n    • Couldn't match type ‘A’ with ‘B’\nsrc/Y.hs:1:1: error: [GHC-87110]\n    Could not find module ‘Data.Z’\nx       > src/Z.hs:3:1: error: parse error on input ‘where’\nsrc/W.hs:1:1: error: [-Wunused-imports, -Werror=unused-imports]\n    The import of ‘A’ is redundant",
    );
    expect(seen.map(({ line, category, key }) => `${line} ${category} ${key}`)).toEqual([
      "1 code.compile  • Couldn't match type ‘A’ with ‘B’",
      "3 dependency.missing_module [GHC-87110] Could not find module ‘Data.Z’",
      "5 code.syntax parse error on input ‘where’",
      "6 code.compile [-Wunused-imports, -Werror=unused-imports] The import of ‘A’ is redundant",
    ]);
  });

  it("names plans that fail and tests", () => {
    expect(
      told(
        haskell,
        "Error: [Cabal-7107]\nError: cabal: Could not resolve dependencies:\nError: [S-4804]\nError: While constructing the build plan, the following exceptions were encountered:\n  adds numbers FAILED [1]\n    parser:                     FAIL (0.1s)\n1 out of 10 tests failed (0.2s)\n--  While building package x-1.0 using:\nTest suite x-test: FAIL",
      ),
    ).toEqual([
      "2 dependency.resolution cause",
      "4 dependency.resolution cause",
      "5 code.test cause adds numbers",
      "6 code.test cause parser",
      "7 code.test summary",
      "8 code.compile summary",
      "9 code.test summary",
    ]);
    expect(
      told(
        haskell,
        "[1 of 2] Compiling X ( src/X.hs, X.o )\nsrc/X.hs:1:1: warning: [-Wunused-imports]\nAll 10 tests passed\nFailed to build wheel\n3 examples, 0 failures\n",
      ),
    ).toEqual([]);
  });
});

describe("OCaml", () => {
  it("names the message below the place", () => {
    expect(
      told(
        ocaml,
        'File "src/x.ml", line 12, characters 3-10:\n12 |   foo 1\n       ^^^\nError: Unbound value foo\nFile "src/y.ml", line 2, characters 0-1:\nError: Syntax error\nFile "a.ml", line 1, characters 4-5:\n1 | let x = 1\nError (warning 32 [unused-value-declaration]): unused value x.',
      ),
    ).toEqual(["4 code.compile cause", "6 code.syntax cause", "9 code.compile cause"]);
    expect(
      told(ocaml, '[ERROR] The compilation of foo.1 failed at "dune build".\n[ERROR] No package named bar found.\n[FAIL]        parser          0   adds.\n'),
    ).toEqual(["1 dependency.build cause", "2 dependency.resolution cause", "3 code.test cause parser          0   adds"]);
    expect(told(ocaml, 'Error: something\n  File "x.py", line 12, in f\nError: x\n[ERROR] Failed to execute goal\n')).toEqual([]);
  });
});

describe("Elixir and Erlang", () => {
  it("name errors of the compilers", () => {
    expect(
      told(
        beam,
        "== Compilation error in file lib/x.ex ==\n** (CompileError) lib/x.ex:12: undefined function foo/0\n** (SyntaxError) invalid syntax found on lib/y.ex:1:2:\n    error: undefined variable \"x\"\n    │\n 12 │  x\n    │  ^\n    │\n    └─ lib/x.ex:12:3: X.f/1\nsrc/a.erl:12:3: syntax error before: ')'\n** (Mix) mix format failed due to --check-formatted.\n** (Mix) Hex dependency resolution failed",
      ),
    ).toEqual([
      "1 code.compile cause",
      "2 code.compile cause",
      "3 code.syntax cause",
      "4 code.compile cause",
      "10 code.compile cause",
      "11 code.lint cause",
      "12 dependency.resolution cause",
    ]);
  });

  it("name failed tests", () => {
    expect(
      told(
        beam,
        "  1) test adds numbers (My.SumTest)\n     test/sum_test.exs:12\n     Assertion with == failed\n3 tests, 1 failure\n%%% x_SUITE ==> case_a: FAILED\nx_tests: adds_test...*failed*\n  1) x_tests:adds_test/0\nlib/x.ex:12:no_return",
      ),
    ).toEqual([
      "1 code.test cause adds numbers (My.SumTest)",
      "4 code.test summary",
      "5 code.test cause x_SUITE ==> case_a",
      "6 code.test cause x_tests: adds_test",
      "7 code.test cause x_tests:adds_test/0",
      "8 code.typecheck cause",
    ]);
    expect(
      told(
        beam,
        '3 tests, 0 failures\nGenerated x app\nwarning: variable "x" is unused\n===> Verifying dependencies...\nerror: something else\nTotal errors: 0, Skipped: 0\n',
      ),
    ).toEqual([]);
  });
});

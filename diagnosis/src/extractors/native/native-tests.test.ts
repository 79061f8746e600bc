import { describe, expect, it } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { nativeTestFrameworks } from "./c-test-frameworks.ts";
import { crash } from "./crash.ts";
import { ctest } from "./ctest.ts";
import { googletest } from "./googletest.ts";
import { nativeLinters } from "./native-linters.ts";
import { tap } from "./tap.ts";
import { testSuites } from "./test-suites.ts";

const told = (extractor: Extractor, text: string) =>
  sightingsOf(extractor, text).map(({ line, category, strength, test }) => `${line} ${category} ${strength}${test === undefined ? "" : ` ${test}`}`);

describe("CTest", () => {
  it("names tests as they fail and in its list", () => {
    expect(
      told(
        ctest,
        "1/4 Test #1: fine .............................   Passed    0.01 sec\n2/4 Test #2: parser ...........................***Failed    0.01 sec\n3/4 Test #3: slow .............................***Timeout  10.00 sec\n4/4 Test #4: wild .............................***Exception: SegFault  0.10 sec\n50% tests passed, 2 tests failed out of 4\nThe following tests FAILED:\n\t  2 - parser (Failed)\n\t  4 - wild (SEGFAULT)\nErrors while running CTest",
      ),
    ).toEqual([
      "2 code.test cause parser",
      "3 timeout.test cause slow",
      "4 crash.signal cause wild",
      "5 code.test summary",
      "7 code.test likely parser",
      "8 crash.signal likely wild",
      "9 code.test symptom",
    ]);
    expect(
      told(
        ctest,
        "3/3 Test #3: off ............***Not Run (Disabled)   0.00 sec\n100% tests passed, 0 tests failed out of 3\n2/3 Test #2: x ....***Skipped 0.0 sec\n",
      ),
    ).toEqual([]);
  });

  it("loses against nobody when the tests say nothing", () => {
    expect(
      diagnoseStep("2/2 Test #2: parser .....***Failed    0.01 sec\n\nThe following tests FAILED:\n\t  2 - parser (Failed)\nErrors while running CTest", {
        exitCode: 8,
      }),
    ).toMatchObject({
      category: "code.test",
      cause: { line: 5 },
      failedTests: ["parser"],
    });
  });
});

describe("googletest", () => {
  it("shows the first assertion of a test, its end and the list of all", () => {
    const text =
      "[ RUN      ] Sum.Adds\n/p/sum_test.cc:12: Failure\nExpected equality of these values:\n  sum(1, 2)\n[  FAILED  ] Sum.Adds (0 ms)\n[ RUN      ] Sum.Fine\n[       OK ] Sum.Fine (0 ms)\n[  FAILED  ] 1 test, listed below:\n[  FAILED  ] Sum.Adds\n\n 1 FAILED TEST";
    expect(told(googletest, text)).toEqual([
      "2 code.test cause Sum.Adds",
      "5 code.test cause Sum.Adds",
      "8 code.test summary",
      "9 code.test likely Sum.Adds",
      "11 code.test summary",
    ]);
  });

  it("is read on Windows, with parameters and as cmocka prints it", () => {
    expect(
      told(
        googletest,
        "[ RUN      ] A/B.C/0\nt.cpp(12): error: Expected: (a) < (b), actual: 2 vs 1\n[  FAILED  ] A/B.C/0, where GetParam() = 3 (1 ms)\n[ RUN      ] test_x\n[  ERROR   ] --- 0x1 != 0x2\n[  FAILED  ] test_x",
      ),
    ).toEqual(["2 code.test cause A/B.C/0", "3 code.test cause A/B.C/0", "6 code.test cause test_x"]);
  });

  it("passes in silence, and compilers' errors are none of its own", () => {
    expect(told(googletest, "[ RUN      ] A.B\n[       OK ] A.B (0 ms)\n[  PASSED  ] 1 test.\nt.cpp(3): error C2065: 'x': undeclared identifier\n")).toEqual(
      [],
    );
  });
});

describe("other frameworks of C and C++", () => {
  it("are known by their forms", () => {
    expect(
      told(
        nativeTestFrameworks,
        [
          "/p/t.cpp:13: FAILED:",
          "  REQUIRE( a == b )",
          "test cases: 3 | 2 passed | 1 failed",
          "/p/t.cpp:12: ERROR: CHECK( a == b ) is NOT correct!",
          't.cpp(12): error: in "suite/adds": check a == b has failed [1 != 2]',
          '*** 1 failure is detected in the test module "m"',
          "1) test: Foo::bar (F) line: 12 foo.cpp",
          "t.cpp:12: error: Failure in TEST(group, name)",
          "check_x.c:12:F:core:test_adds:0: Assertion 'a == b' failed: a == 1, b == 2",
          "test/t.c:12:test_adds:FAIL: Expected 1 Was 2",
          "FAIL!  : TestFoo::bar() Compared values are not the same",
          "Totals: 5 passed, 1 failed, 0 skipped",
        ].join("\n"),
      ),
    ).toEqual([
      "1 code.test cause",
      "3 code.test summary",
      "4 code.test cause",
      "5 code.test cause suite/adds",
      "6 code.test summary",
      "7 code.test likely Foo::bar",
      "8 code.test cause TEST(group, name)",
      "9 code.test cause core:test_adds",
      "10 code.test cause test_adds",
      "11 code.test cause TestFoo::bar()",
      "12 code.test summary",
    ]);
    expect(
      told(
        nativeTestFrameworks,
        "All tests passed (3 assertions in 1 test case)\n*** No errors detected\nOK (12 tests)\nTotals: 5 passed, 0 failed, 0 skipped\n100%: Checks: 20, Failures: 0, Errors: 0\ntest cases: 3 | 3 passed\n",
      ),
    ).toEqual([]);
  });
});

describe("crashes", () => {
  it("are told by sanitizers, valgrind and runtime libraries", () => {
    expect(
      told(
        crash,
        "==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x60\n==12==ERROR: AddressSanitizer: SEGV on unknown address\nWARNING: ThreadSanitizer: data race (pid=12)\na.c:1:2: runtime error: signed integer overflow: 1 + 2\n==12== Invalid read of size 4\n==12== ERROR SUMMARY: 3 errors from 3 contexts\nterminate called after throwing an instance of 'std::runtime_error'\nfree(): invalid pointer\nprog: a.c:12: main: Assertion `x' failed.",
      ),
    ).toEqual([
      "1 code.test cause",
      "2 crash.signal cause",
      "3 code.test cause",
      "4 code.test likely",
      "5 code.test likely",
      "6 code.test summary",
      "7 crash.signal likely",
      "8 crash.signal likely",
      "9 crash.signal likely",
    ]);
    expect(told(crash, "==12== ERROR SUMMARY: 0 errors from 0 contexts\n==12== All heap blocks were freed\n-fsanitize=address\n")).toEqual([]);
  });
});

describe("TAP", () => {
  it("is read of Perl's tests, prove and bats", () => {
    expect(
      told(
        tap,
        "ok 1 - fine\nnot ok 2 - adds\n#   Failed test 'adds'\n#   at t/a.t line 12.\nnot ok 3 - later # TODO not yet\nt/a.t .. Dubious, test returned 1 (wstat 256, 0x100)\nResult: FAIL\n ✗ builds\n   (in test file test/a.bats, line 3)",
      ),
    ).toEqual(["2 code.test cause adds", "3 code.test cause 'adds'", "6 code.test likely", "7 code.test symptom", "8 code.test cause builds"]);
    expect(told(tap, "1..2\nok 1 - a\nok 2 - b # SKIP no network\nResult: PASS\n ✓ builds\n12 tests, 0 failures\n  ✗ something else\n")).toEqual([]);
  });
});

describe("suites of test programs", () => {
  it("name failed tests: lit, Automake, DejaGnu", () => {
    expect(
      told(
        testSuites,
        "FAIL: LLVM :: CodeGen/x.ll (12 of 500)\n******************** TEST 'LLVM :: CodeGen/x.ll' FAILED ********************\nFailed Tests (1):\nPASS: a.sh\nFAIL: b.sh\nFAIL: gcc.dg/x.c (test for excess errors)\n# FAIL:  1\n# PASS:  3",
      ),
    ).toEqual([
      "1 code.test cause LLVM :: CodeGen/x.ll",
      "2 code.test likely LLVM :: CodeGen/x.ll",
      "3 code.test summary",
      "5 code.test likely b.sh",
      "6 code.test likely gcc.dg/x.c (test for excess errors)",
      "7 code.test summary",
    ]);
    expect(
      told(
        testSuites,
        "======================================================================\nFAIL: test_x (t.T)\n# FAIL:  0\nXFAIL: c.sh\nERROR: null\nERROR: Failed\n",
      ),
    ).toEqual([]);
  });
});

describe("linters of C and C++", () => {
  it("are known by their forms", () => {
    expect(
      told(
        nativeLinters,
        "[a.c:12]: (error) Memory leak: p\na.c:3:4: style: Variable 'x' is assigned a value that is never used. [unreadVariable]\na.cc:12:  Missing space before {  [whitespace/braces] [5]\nTotal errors found: 1\na.cpp:1:2: warning: use nullptr [modernize-use-nullptr]",
      ),
    ).toEqual(["1 code.lint cause", "2 code.lint likely", "3 code.lint cause", "4 code.lint summary", "5 code.lint hint"]);
    expect(told(nativeLinters, "Total errors found: 0\na.c:1:2: warning: unused variable 'x' [-Wunused-variable]\nChecking a.c ...\n")).toEqual([]);
  });
});

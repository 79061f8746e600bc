import { describe, expect, it } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { goBuild } from "./go-build.ts";
import { goTest } from "./go-test.ts";
import { golangciLint } from "./golangci-lint.ts";

const told = (extractor: Extractor, text: string) =>
  sightingsOf(extractor, text).map(({ line, category, strength, test }) => `${line} ${category} ${strength}${test === undefined ? "" : ` ${test}`}`);

describe("Go's compiler", () => {
  it("names errors by file, line and column", () => {
    const seen = sightingsOf(
      goBuild,
      "# example.org/x/y\n./a.go:12:3: undefined: z\npkg/b.go:4:2: syntax error: unexpected newline\nvet: ./c_test.go:9:5: undefined: q\nnote: module requires Go 1.30",
    );
    expect(seen.map(({ line, category, strength, key }) => `${line} ${category} ${strength} ${key}`)).toEqual([
      "2 code.compile cause undefined: z",
      "3 code.syntax cause syntax error: unexpected newline",
      "4 code.compile cause undefined: q",
      "5 config.toolchain summary 1.30",
    ]);
  });

  it("tells packages and modules that are not there, and versions that do not fit", () => {
    expect(
      told(
        goBuild,
        "a.go:3:2: no required module provides package github.com/x/y; to add it:\na.go:4:2: missing go.sum entry for module providing package github.com/x/y\ngo: go.mod requires go >= 1.30.0 (running go 1.24.1; GOTOOLCHAIN=local)\ngo: github.com/x/y@v1.2.3: missing go.sum entry for go.mod file\ngo: updates to go.mod needed\nverifying github.com/x/y@v1.2.3: checksum mismatch\ngo: errors parsing go.mod:\ngo.mod:5: unknown directive: toolchain\ngo: go.mod file not found in current directory or any parent directory\npackage foo/bar is not in std (/usr/lib/go/src/foo/bar)",
      ),
    ).toEqual([
      "1 dependency.missing_module cause",
      "2 dependency.resolution cause",
      "3 config.toolchain cause",
      "4 dependency.resolution cause",
      "5 dependency.resolution cause",
      "6 dependency.resolution cause",
      "7 dependency.resolution cause",
      "8 code.syntax cause",
      "9 config.workflow likely",
      "10 dependency.missing_module cause",
    ]);
  });

  it("tells what go mod tidy could not get, below what imports it", () => {
    expect(
      told(
        goBuild,
        "example.org/x imports\n\tgithub.com/x/y: cannot find module providing package github.com/x/y: module lookup disabled\nmain.go:3:8: github.com/x/y@v1.2.3: missing go.sum entry; to add it:",
      ),
    ).toEqual(["2 dependency.resolution cause", "3 dependency.resolution cause"]);
  });

  it("is no reason for what the network did", () => {
    expect(diagnoseStep('go: github.com/x/y@v1.2.3: Get "https://proxy.golang.org/x": dial tcp: i/o timeout')).toMatchObject({
      category: "infra.network",
      rerun: true,
    });
  });

  it("writes as linters do, whose findings say so", () => {
    expect(
      told(
        goBuild,
        "a.go:1:2: Error return value of `f` is not checked (errcheck)\na.go:3:4: func x is unused (U1000)\na.go:5:1: exported function F should have comment or be unexported",
      ),
    ).toEqual(["1 code.lint cause", "2 code.lint cause", "3 code.lint cause"]);
  });

  it("is silent where all is well, and about logs of programs", () => {
    expect(
      told(
        goBuild,
        "go: downloading github.com/x/y v1.2.3\ngo: finding module for package x\ngo: added github.com/x/y v1.2.3\nmain.go:12: listening on :80\n2026/01/02 10:00:00 main.go:12: hello\n        /usr/lib/go/src/testing/testing.go:1690 +0x1\n    a_test.go:3: skipped\n",
      ),
    ).toEqual([]);
  });
});

describe("go test", () => {
  it("names the failed test, its subtests and its packages", () => {
    expect(
      told(
        goTest,
        "=== RUN   TestX\n--- FAIL: TestX (0.00s)\n    --- FAIL: TestX/a (0.00s)\n        x_test.go:12: got 1, want 2\nFAIL\nFAIL\texample.org/x\t0.012s\nFAIL\texample.org/y [build failed]\nok  \texample.org/z\t0.1s",
      ),
    ).toEqual(["2 code.test cause TestX", "3 code.test cause TestX/a", "6 code.test summary", "7 code.compile summary"]);
  });

  it("names the subtest, not the parents that end after it", () => {
    expect(told(goTest, "    --- FAIL: TestX/a (0.00s)\n--- FAIL: TestX (0.00s)")).toEqual(["1 code.test cause TestX/a", "2 code.test likely TestX"]);
  });

  it("tells panics, races and time limits", () => {
    expect(
      told(
        goTest,
        "panic: runtime error: index out of range [3] [recovered]\n\tpanic: x\n\ngoroutine 7 [running]:\ntesting.tRunner.func1.2()\npanic: test timed out after 10m0s\nWARNING: DATA RACE\n",
      ),
    ).toEqual(["1 code.test likely", "2 code.test likely", "6 timeout.test cause", "7 code.test likely"]);
    expect(told(goTest, "2026/01/01 http: panic serving 1.2.3.4:5: boom\ndon't panic: all is well\npanic: only a word\n")).toEqual([]);
  });

  it("is read through gotestsum and Ginkgo", () => {
    expect(
      told(
        goTest,
        "=== FAIL: pkg/x TestY (0.00s)\nDONE 12 tests, 1 failure in 0.3s\n• [FAILED] [0.001 seconds]\n  [FAIL] Suite [It] works\nFAIL! -- 3 Passed | 1 Failed | 0 Pending | 0 Skipped",
      ),
    ).toEqual(["1 code.test cause pkg/x TestY", "2 code.test summary", "3 code.test cause", "4 code.test likely Suite [It] works", "5 code.test summary"]);
    expect(told(goTest, "DONE 12 tests in 0.3s\n--- PASS: TestX (0.00s)\nPASS\nRan 3 of 3 Specs in 0.001 seconds\n")).toEqual([]);
  });
});

describe("golangci-lint", () => {
  it("is known by the linter's name where the runner took the place away", () => {
    expect(
      told(
        golangciLint,
        "##[error]Error return value is not checked (errcheck)\n##[error]undefined: x (typecheck)\n##[error]issues found\nsomething said (unused)\n",
      ),
    ).toEqual(["1 code.lint cause", "2 code.compile cause", "3 code.lint summary"]);
  });
});

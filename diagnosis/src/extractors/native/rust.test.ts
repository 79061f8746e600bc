import { describe, expect, it } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { cargo } from "./cargo.ts";
import { rustTest } from "./rust-test.ts";
import { rustc } from "./rustc.ts";

const told = (extractor: Extractor, text: string) =>
  sightingsOf(extractor, text).map(({ line, category, strength, test }) => `${line} ${category} ${strength}${test === undefined ? "" : ` ${test}`}`);

describe("rustc", () => {
  it("names errors, with the place below", () => {
    expect(
      told(
        rustc,
        "error[E0308]: mismatched types\n  --> src/main.rs:3:5\n   |\n3  |     1\n\nerror: expected one of `!` or `::`, found `x`\n --> src/lib.rs:1:4\n\nsrc/a.rs:1:2: error[E0425]: cannot find value `y`\nerror: cannot find macro `foo` in this scope\n --> src/lib.rs:9:1",
      ),
    ).toEqual(["1 code.compile cause", "6 code.syntax cause", "9 code.compile cause", "10 code.compile cause"]);
  });

  it("does not take the place of the next error for its own", () => {
    expect(
      told(
        rustc,
        "error: could not compile `x` (lib) due to 2 previous errors\nerror: something\nerror: this file contains an unclosed delimiter\n --> src/lib.rs:1:4\nerror: duplicate key\n --> Cargo.toml:7:2",
      ),
    ).toEqual(["3 code.syntax cause", "5 config.workflow cause"]);
  });

  it("tells lints that are denied from errors", () => {
    expect(
      told(
        rustc,
        "error: unneeded `return` statement\n --> src/lib.rs:2:5\n  |\n2 |     return x;\n  |     ^^^^^^^^\n  |\n  = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#needless_return\n  = note: `-D clippy::needless-return` implied by `-D warnings`\n",
      ),
    ).toEqual(["1 code.lint cause"]);
  });

  it("tells linkers, toolchains and crates of others", () => {
    expect(
      told(
        rustc,
        "error: linking with `cc` failed: exit status: 1\n  |\n  = note: /usr/bin/ld: cannot find -lpq: No such file\n\nerror: linker `cc` not found\n\nerror[E0463]: can't find crate for `std`\n\nerror[E0282]: type annotations needed\n  --> /root/.cargo/registry/src/index/time-0.3/src/a.rs:83:9",
      ),
    ).toEqual(["1 env.missing_library cause", "5 config.toolchain cause", "7 config.toolchain cause", "9 dependency.build cause"]);
  });

  it("is not what other tools write alike", () => {
    expect(
      told(
        rustc,
        "error[unresolved-import]: Cannot resolve imported module\n --> a.py:1:8\nwarning: unused variable\n --> src/lib.rs:1:1\nerror: could not compile `x` (lib) due to 1 previous error\nerror: something\n",
      ),
    ).toEqual([]);
  });
});

describe("cargo", () => {
  it("is the cause where it says why itself", () => {
    expect(
      told(
        cargo,
        "error: could not compile `x` (lib) due to 2 previous errors\nerror: failed to select a version for `syn`.\nerror: the lock file /x/Cargo.lock needs to be updated but --locked was passed to prevent this\nerror: package `a v1` cannot be built because it requires rustc 1.90 or newer\nerror: toolchain 'nightly-2026-01-01' is not installed\nerror: no such command: `nextest`\nerror: failed to parse manifest at `/x/Cargo.toml`\nDiff in /x/src/main.rs:12:\nDiff in /x/src/main.rs at line 30:\nerror[vulnerability]: Something bad\nerror: crate version `1.0.0` is already uploaded",
      ),
    ).toEqual([
      "1 code.compile summary",
      "2 dependency.resolution cause",
      "3 dependency.resolution cause",
      "4 config.toolchain cause",
      "5 config.toolchain cause",
      "6 config.toolchain cause",
      "7 config.workflow cause",
      "8 code.lint cause",
      "9 code.lint cause",
      "10 policy.gate cause",
      "11 release.publish_rejected cause",
    ]);
  });

  it("tells why a build script failed", () => {
    expect(
      told(
        cargo,
        "error: failed to run custom build command for `openssl-sys v0.9.1`\n\nCaused by:\n  --- stderr\n  Could not find directory of OpenSSL installation\n",
      ),
    ).toEqual(["1 env.missing_library cause"]);
    expect(told(cargo, "error: failed to run custom build command for `x v0.1.0`\n  --- stderr\n  thread 'main' panicked at build.rs:1:1:\n")).toEqual([
      "1 dependency.build cause",
    ]);
  });

  it("is silent where all is well", () => {
    expect(
      told(
        cargo,
        "   Compiling x v0.1.0\n    Finished dev profile\nadvisories ok, bans ok, licenses ok, sources ok\nCrate:     a\nVersion:   1\nWarning:   unmaintained\nID:        RUSTSEC-2026-0001\n",
      ),
    ).toEqual([]);
  });
});

describe("Rust's tests", () => {
  it("are named as they fail", () => {
    expect(
      told(
        rustTest,
        "test a::fine ... ok\ntest a::adds ... FAILED\ntest src/lib.rs - f (line 3) ... FAILED\n\nfailures:\n\n---- a::adds stdout ----\nthread 'a::adds' panicked at src/lib.rs:3:5:\nassertion failed\n---- end stdout ----\ntest result: FAILED. 1 passed; 2 failed; 0 ignored\nerror: test failed, to rerun pass `--lib`",
      ),
    ).toEqual([
      "2 code.test cause a::adds",
      "3 code.test cause src/lib.rs - f (line 3)",
      "7 code.test likely a::adds",
      "8 code.test hint",
      "11 code.test summary",
      "12 code.test symptom",
    ]);
  });

  it("are read through nextest", () => {
    expect(
      told(
        rustTest,
        "        PASS [   0.003s] x a::fine\n        FAIL [   0.003s] x a::adds\n  TRY 1 FAIL [   0.003s] x a::flaky\n     SIGABRT [   0.1s] x a::wild\n     TIMEOUT [  60.0s] x a::slow\n     Summary [   0.1s] 4 tests run: 1 passed, 3 failed, 0 skipped",
      ),
    ).toEqual([
      "2 code.test cause x a::adds",
      "3 code.test hint x a::flaky",
      "4 crash.signal cause x a::wild",
      "5 timeout.test cause x a::slow",
      "6 code.test summary",
    ]);
  });

  it("that pass are silent", () => {
    expect(
      told(
        rustTest,
        "test a::b - should panic ... ok\ntest result: ok. 3 passed; 0 failed; 0 ignored\n     Summary [   0.1s] 4 tests run: 4 passed, 0 skipped\n",
      ),
    ).toEqual([]);
  });

  it("are the cause of a step, above what cargo says", () => {
    expect(
      diagnoseStep("test a::adds ... FAILED\n\ntest result: FAILED. 0 passed; 1 failed;\n\nerror: test failed, to rerun pass `--lib`", { exitCode: 101 }),
    ).toMatchObject({
      category: "code.test",
      cause: { line: 5 },
      failedTests: ["a::adds"],
    });
  });
});

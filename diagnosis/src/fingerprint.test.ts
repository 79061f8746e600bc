import { describe, expect, it } from "vitest";
import { fingerprintOf, maskText } from "./fingerprint.ts";

const same: readonly (readonly [string, string, string])[] = [
  [
    "other line numbers",
    "/home/runner/work/a/a/src/Main.java:91: error: cannot find symbol",
    "/home/runner/work/a/a/src/Main.java:117: error: cannot find symbol",
  ],
  ["another workspace", "/home/runner/work/a/a/src/Main.java:91: error: cannot find symbol", "D:\\a\\a\\a\\src\\Main.java:91: error: cannot find symbol"],
  ["another commit", "error: could not apply 1f0c3a9d2b... Fix it", "error: could not apply 88ac01d4e7... Fix it"],
  ["another process", "[pid 4711] worker 3 died with signal 9", "[pid 812] worker 11 died with signal 9"],
  ["another shard", "shard 3/8: TestCheckout timed out after 30.1 s", "shard 7/8: TestCheckout timed out after 31 s"],
  ["another time", "2026-11-01T10:00:00Z request to registry failed, took 12ms", "2026-11-02 23:59:59.123 request to registry failed, took 9ms"],
  ["another address in memory", "assert <Widget object at 0x7f42b16f9ea0> is None", "assert <Widget object at 0x7f0000000010> is None"],
  ["another port", "connect ECONNREFUSED 127.0.0.1:42027", "connect ECONNREFUSED 127.0.0.1:9"],
  ["another id", "job 6f1c1f58-0b1e-4d8f-9a52-0a1b2c3d4e5f was refused", "job 00000000-0b1e-4d8f-9a52-ffffffffffff was refused"],
  [
    "another temporary folder",
    "ENOENT: no such file or directory, open '/tmp/build-8a7f/out.json'",
    "ENOENT: no such file or directory, open '/var/tmp/x/out.json'",
  ],
];

const different: readonly (readonly [string, string])[] = [
  ["Main.java:1: error: cannot find symbol", "Other.java:1: error: cannot find symbol"],
  ["FAILED tests/test_a.py::test_one - assert 1 == 2", "FAILED tests/test_a.py::test_two - assert 1 == 2"],
  ["error TS2307: Cannot find module 'left-pad'", "error TS2307: Cannot find module 'right-pad'"],
  ["GET https://registry.npmjs.org/left-pad failed", "GET https://pypi.org/left-pad failed"],
  ["Could not resolve host: github.com", "Could not resolve host: registry.npmjs.org"],
];

describe("a fingerprint", () => {
  for (const [what, one, other] of same) {
    it(`is the same with ${what}`, () => {
      expect(maskText(one)).toBe(maskText(other));
      expect(fingerprintOf("unknown", one)).toBe(fingerprintOf("unknown", other));
      expect(fingerprintOf("unknown", one)).toMatch(/^[\da-f]{32}$/);
    });
  }

  for (const [one, other] of different) {
    it(`tells “${one}” from “${other}”`, () => expect(fingerprintOf("unknown", one)).not.toBe(fingerprintOf("unknown", other)));
  }

  it("tells one category from another, and one file from another where the key names none", () => {
    expect(fingerprintOf("code.compile", "cannot find symbol")).not.toBe(fingerprintOf("code.lint", "cannot find symbol"));
    expect(fingerprintOf("code.compile", "cannot find symbol", "src/A.java:1: error: cannot find symbol")).not.toBe(
      fingerprintOf("code.compile", "cannot find symbol", "src/B.java:1: error: cannot find symbol"),
    );
  });

  for (const text of [
    "Process completed with exit code 1.",
    "##[error]Process completed with exit code 137.",
    "Error: exit status 2",
    "exit code 1",
    "Build failed",
    "script returned exit code 1",
    "1 error",
    "",
    "-----",
  ]) {
    it(`is none for “${text}”, which any failure prints`, () => expect(fingerprintOf("unknown", text)).toBeNull());
  }

  it("is made of texts that nearly are what any failure prints", () => {
    for (const word of ["exit code", "error", "exit status", "return code", "non-zero", "failed with", "build", "the operation was canceled", "a", "an"])
      expect(fingerprintOf("unknown", `error: ${`${word} `.repeat(100)}zzzz`)).toMatch(/^[\da-f]{32}$/);
  });

  it("is made in time linear in the text", () => {
    for (const piece of ["a/", "1.", "0x", "deadbeef ", "<", " ", "::", "\\", "//", "1:1:"]) expect(typeof maskText(piece.repeat(50_000))).toBe("string");
  });
});

import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { pythonLint } from "./lint.ts";

describe("findings of Python's linters", () => {
  it.each([
    ["./a/b.py:1:1: F401 'os' imported but unused", 1, "code.lint", "likely"],
    ["a.py:1:8: E999 SyntaxError: invalid syntax", 1, "code.syntax", "likely"],
    ["a.py:3:1: [E302] expected 2 blank lines", 1, "code.lint", "likely"],
    ["a.py:5:9: C0303: Trailing whitespace (trailing-whitespace)", 1, "code.lint", "likely"],
    ["a.py:5: [C0303(trailing-whitespace), ] Trailing whitespace", 1, "code.lint", "likely"],
    ["************* Module a\nC:  5, 9: Trailing whitespace (trailing-whitespace)", 2, "code.lint", "likely"],
    ["************* Module a\na.py:1:7: E0001: Parsing failed: x (syntax-error)", 2, "code.syntax", "likely"],
    ["F401 [*] `os` imported but unused\n --> a.py:1:8", 1, "code.lint", "likely"],
    ["invalid-syntax: Expected a parameter\n --> a.py:1:7", 1, "code.syntax", "likely"],
    ["unformatted: File would be reformatted\n  --> a.py:1:1", 1, "code.lint", "likely"],
    ["would reformat /a/b.py\n\nOh no!", 1, "code.lint", "likely"],
    ["error: cannot format /a.py: Cannot parse: 1:6: def f(:", 1, "code.syntax", "likely"],
    ["ERROR: /a.py Imports are incorrectly sorted and/or formatted.", 1, "code.lint", "likely"],
    ["a.py:1 at module level:\n        D100: Missing docstring in public module", 1, "code.lint", "likely"],
    [">> Issue: [B101:assert_used] Use of assert detected.", 1, "code.lint", "likely"],
    ["RESULT: FAILED (minimum: 80.0%, actual: 70.1%)", 1, "policy.gate", "likely"],
    ["1 file would be reformatted, 3 files would be left unchanged.", 1, "code.lint", "summary"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(pythonLint, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["reformatted /a.py"],
    ["All checks passed!"],
    ["  a.py:21: PytestUnknownMarkWarning: Unknown pytest.mark.slow"],
    ["   --> Processing dependency x"],
    ["a.py:3: DeprecationWarning: old"],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(pythonLint, `${text}\n`)).toEqual([]);
  });
});

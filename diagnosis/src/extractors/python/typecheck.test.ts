import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { pythonTypecheck } from "./typecheck.ts";

describe("findings of Python's type checkers", () => {
  it.each([
    ["a/b.py:4: error: Incompatible return value type  [return-value]", 1, "code.typecheck", "likely"],
    ['a/b.py:4:5: error: Module has no attribute "x"', 1, "code.typecheck", "likely"],
    ["a.py:1: error: invalid syntax  [syntax]", 1, "code.syntax", "likely"],
    ["a.py:1: error: INTERNAL ERROR -- Please try using mypy master", 1, "tool.crash", "likely"],
    ['  /a/b.py:1:8 - error: Import "x" could not be resolved (reportMissingImports)', 1, "code.typecheck", "likely"],
    ["File \"/a/b.py\", line 3, in f: No attribute 'x' on int [attribute-error]", 1, "code.typecheck", "likely"],
    ["error[unresolved-import]: Cannot resolve imported module `x`\n --> a.py:1:8", 1, "code.typecheck", "likely"],
    ["Found 2 errors in 1 file (checked 3 source files)", 1, "code.typecheck", "summary"],
    ["3 errors, 0 warnings, 0 informations", 1, "code.typecheck", "summary"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(pythonTypecheck, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["a.py:4: note: See https://mypy.readthedocs.io"],
    ["Success: no issues found in 3 source files"],
    ["0 errors, 2 warnings, 0 informations"],
    ["  /a/b.py:1:8 - warning: x is deprecated"],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(pythonTypecheck, `${text}\n`)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { php } from "./php.ts";

describe("failures of PHP and what checks its code", () => {
  it.each([
    ['PHP Parse error:  syntax error, unexpected token "{" in a.php on line 1', 1, "code.syntax", "likely"],
    ['PHP Fatal error:  Uncaught Error: Class "X" not found in /a.php:3', 1, "code.import_error", "likely"],
    ["Fatal error: Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)", 1, "resource.oom", "likely"],
    ["PHP Fatal error:  Uncaught Error: Failed opening required 'vendor/autoload.php'", 1, "dependency.missing_module", "likely"],
    [" ------ -----------\n  Line   src/A.php\n ------ -----------\n  12     Method x() has no return type.", 4, "code.typecheck", "cause"],
    ["ERROR: InvalidReturnType - src/A.php:12:5 - The declared return type (see https://psalm.dev/011)", 1, "code.typecheck", "cause"],
    ["src/A.php:12 PhanUndeclaredVariable Variable $x is undeclared", 1, "code.typecheck", "cause"],
    [" 12 | ERROR | [x] Expected 1 space", 1, "code.lint", "likely"],
    ["   1) src/A.php (no_unused_imports)", 1, "code.lint", "likely"],
    [" [ERROR] The minimum required MSI percentage should be 80%, but actual is 70%.", 1, "policy.gate", "cause"],
    ["In A.php line 347:\n\n  No such service", 3, "unknown", "summary"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(php, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([
    ["No syntax errors detected in a.php"],
    ["PHP Warning:  Undefined variable $x in a.php on line 3"],
    ["Found 0 of 12 files that can be fixed in 0.3 seconds"],
    [" 12 | WARNING | Line exceeds 120 characters"],
  ])("are nothing of what goes on: %s", (text) => {
    expect(sightingsOf(php, `${text}\n`)).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { sightingsOf } from "../testing.ts";
import { biome, commitlint, markdownlint, olderLinters, oxlint, prettier, standard, stylelint } from "./linters.ts";

describe("linters beside ESLint", () => {
  test.each<[Extractor, string, number, string]>([
    [
      standard,
      "standard: Use JavaScript Standard Style (https://standardjs.com)\n  /w/a.js:1:1: Unexpected var. (no-var) (warning)\n  /w/a.js:1:11: Extra semicolon. (semi)\n",
      3,
      "code.lint",
    ],
    [standard, "  src/a.js:1:2\n  ✖  1:2  Unexpected var.  no-var\n", 2, "code.lint"],
    [standard, "  index.test-d.ts:1:72\n  ✖  1:72  Argument of type number is not assignable.\n", 2, "code.typecheck"],
    [stylelint, "src/a.css\n 1:9  ✖  Unexpected invalid hex color   color-no-invalid-hex\n", 2, "code.lint"],
    [stylelint, 'Error: Could not find "stylelint-config-x". Do you need the "configBasedir" option?\n', 1, "dependency.missing_module"],
    [olderLinters, "ERROR: (quotemark) src/a.ts[1, 9]: ' should be \"\n", 1, "code.lint"],
    [olderLinters, "src/a.ts:1:1\nERROR: 1:9  quotemark       ' should be \"\n", 2, "code.lint"],
    [olderLinters, "src/a.js: line 1, col 11, Missing semicolon.\n", 1, "code.lint"],
    [biome, "src/a.js:1:1 lint/suspicious/noDebugger  FIXABLE  ━━━━━━━━━━━\n\n  × This is an unexpected use.\n", 1, "code.lint"],
    [oxlint, "\n  × eslint(no-debugger): `debugger` statement is not allowed\n   ╭─[src/a.js:1:1]\n", 2, "code.lint"],
    [oxlint, "  x Expression expected\n   ,-[src/a.js:1:1]\n", 1, "code.syntax"],
    [markdownlint, "a.md:2:1 MD025/single-title Multiple top-level headings\n", 1, "code.lint"],
    [markdownlint, "a.md: 2: MD025/single-h1 Multiple top-level headings\n", 1, "code.lint"],
    [commitlint, "⧗   input: Foo\n✖   subject may not be empty [subject-empty]\n", 2, "policy.gate"],
  ])("%o names a finding", (extractor, text, line, category) => {
    expect(sightingsOf(extractor, text)).toMatchObject([{ line, category, strength: "cause" }]);
  });

  test("Prettier's first file is named, in old and new versions", () => {
    const seen = sightingsOf(
      prettier,
      "Checking formatting...\n[warn] src/a.js\n[warn] src/b.js\n[warn] Code style issues found in 2 files. Run Prettier with --write to fix.\n",
    );
    expect(seen).toMatchObject([{ line: 2, category: "code.lint", strength: "cause", text: "[warn] src/a.js" }]);
    expect(sightingsOf(prettier, "Code style issues found in the above file(s). Forgot to run Prettier?\n")).toMatchObject([{ line: 1 }]);
  });

  test("a file that Prettier cannot read is a syntax error", () => {
    expect(sightingsOf(prettier, "[error] src/b.js: SyntaxError: Unexpected token (2:1)\n")).toMatchObject([{ category: "code.syntax", strength: "cause" }]);
  });

  test("warnings and clean runs are no findings", () => {
    expect(sightingsOf(biome, "src/a.js:1:1 lint/style/useConst  FIXABLE  ━━━━━━━━━━━\n\n  ! This let declares a variable.\n")).toEqual([]);
    expect(sightingsOf(prettier, "Checking formatting...\nAll matched files use Prettier code style!\n")).toEqual([]);
    expect(sightingsOf(oxlint, "  x is not what it was\n")).toEqual([]);
    expect(sightingsOf(commitlint, "✖   found 0 problems, 1 warnings\n⚠   body must have leading blank line [body-leading-blank]\n")).toEqual([]);
  });
});

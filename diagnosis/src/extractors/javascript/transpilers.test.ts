import { describe, expect, test } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { sightingsOf } from "../testing.ts";
import { babel, frameworks, taskRunners, typedLanguages } from "./transpilers.ts";

describe("compilers, frameworks and task runners", () => {
  test.each<[string, Extractor, string, number, string, string]>([
    ["Babel", babel, "SyntaxError: /w/src/s.js: Unexpected token (1:10)\n", 1, "code.syntax", "cause"],
    ["Babel's version", babel, 'Error: Requires Babel "^7.0.0-0", but was loaded with "6.26.3". If you\n', 1, "config.toolchain", "cause"],
    ["Metro", babel, "error Unable to resolve module `./x` from `src/a.js`:\n", 1, "code.import_error", "cause"],
    ["Flow", typedLanguages, "Error ┈┈┈┈┈┈┈┈┈┈┈┈┈ src/a.js:2:19\n", 1, "code.typecheck", "cause"],
    ["svelte-check", typedLanguages, "/w/src/A.svelte:1:23\nError: Type 'string' is not assignable to type 'number'. (ts)\n", 2, "code.typecheck", "cause"],
    ["Elm", typedLanguages, "-- TYPE MISMATCH ---------------- src/Main.elm\n", 1, "code.compile", "cause"],
    ["ReScript", typedLanguages, "  We've found a bug for you!\n  /w/a.res:1:2\n", 1, "code.compile", "cause"],
    ["Angular", frameworks, "An unhandled exception occurred: Cannot find module '@angular/x'\n", 1, "dependency.missing_module", "cause"],
    ["Gatsby", frameworks, " ERROR #98123  WEBPACK\n\nGenerating failed\n", 1, "code.compile", "cause"],
    ["Docusaurus", frameworks, "[ERROR] Error: Docusaurus found broken links!\n", 1, "code.compile", "cause"],
    ["gulp", taskRunners, "[12:00:00] 'lint' errored after 3 s\n", 1, "tool.crash", "summary"],
    ["Grunt", taskRunners, 'Warning: Task "jshint:all" failed. Use --force to continue.\n', 1, "code.lint", "likely"],
    ["Grunt's QUnit", taskRunners, "Warning: 2/31 assertions failed (44ms) Use --force to continue.\n", 1, "code.test", "likely"],
  ])("%s names what failed", (_, extractor, text, line, category, strength) => {
    expect(sightingsOf(extractor, text)).toMatchObject([{ line, category, strength }]);
  });

  test("say nothing where nothing failed", () => {
    expect(
      sightingsOf(
        typedLanguages,
        "/w/src/A.svelte:1:58\nWarn: A11y: <img> element should have an alt attribute (svelte)\nsvelte-check found 0 errors and 2 warnings\n",
      ),
    ).toEqual([]);
    expect(sightingsOf(taskRunners, "[12:00:00] Finished 'lint' after 3 s\nDone, without errors.\n")).toEqual([]);
    expect(sightingsOf(babel, "Successfully compiled 4 files with Babel (1103ms).\n")).toEqual([]);
    expect(sightingsOf(frameworks, "success Building static HTML for pages - 3.2s\n")).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { eslint } from "./eslint.ts";

describe("ESLint's findings", () => {
  test("are the errors below a file's name, not its warnings", () => {
    const seen = sightingsOf(
      eslint,
      "/w/src/a.js\n  1:16  warning  Expected '==='          eqeqeq\n  1:21  error    Unexpected 'debugger'   no-debugger\n\n✖ 2 problems (1 error, 1 warning)\n",
    );
    expect(seen.map(({ line, strength, category }) => [line, strength, category])).toEqual([
      [3, "cause", "code.lint"],
      [5, "summary", "code.lint"],
    ]);
    expect(seen[0]?.key).toBe("Unexpected 'debugger' no-debugger");
  });

  test.each([
    "/w/src/a.js: line 1, col 21, Error - Unexpected 'debugger' statement. (no-debugger)",
    "/w/src/a.js:1:21: Unexpected 'debugger' statement. [Error/no-debugger]",
    "error: Unexpected 'debugger' statement (no-debugger) at src/a.js:1:21:",
    "/w/src/a.js(1,21): error no-debugger : Unexpected 'debugger' statement.",
    "##[error]  1:21  error  Unexpected 'debugger' statement  no-debugger",
    "web:lint:   1:21  error  Unexpected 'debugger' statement  no-debugger",
    "12:3  Error: Do not use <img>.  @next/next/no-img-element",
  ])("are found in each formatter's form: %s", (line) => {
    expect(sightingsOf(eslint, `${line}\n`)).toMatchObject([{ line: 1, strength: "cause", category: "code.lint" }]);
  });

  test("are the number of warnings where that is the fault", () => {
    const diagnosis = diagnoseStep(
      "/w/a.js\n  1:5  warning  Expected '==='  eqeqeq\n\n✖ 1 problem (0 errors, 1 warning)\n\nESLint found too many warnings (maximum: 0).",
    );
    expect(diagnosis).toMatchObject({ category: "code.lint", cause: { text: "ESLint found too many warnings (maximum: 0)." } });
  });

  test("are none in a run that passes", () => {
    expect(
      sightingsOf(eslint, "/w/a.js\n  1:5  warning  Unexpected console statement  no-console\n\n✖ 1 problem (0 errors, 1 warning)\nDone in 2s.\n"),
    ).toEqual([]);
  });
});

describe("ESLint's own failures", () => {
  test.each([
    ['ESLint couldn\'t find the config "airbnb" to extend from. Please check', "dependency.missing_module"],
    ['ESLint couldn\'t find the plugin "eslint-plugin-react".', "dependency.missing_module"],
    ["Error: Failed to load parser 'x' declared in '.eslintrc': Cannot find module 'x'", "dependency.missing_module"],
    ["ESLint couldn't find an eslint.config.(js|mjs|cjs) file.", "config.toolchain"],
    ['No files matching the pattern "src" were found.', "config.toolchain"],
    ["TypeError: Cannot read properties of undefined (reading 'type')", "tool.crash"],
  ])("are told below the version: %s", (message, category) => {
    const seen = sightingsOf(eslint, `\nOops! Something went wrong! :(\n\nESLint: 8.1.0\n\n${message}\n`);
    expect(seen[0]).toMatchObject({ line: 6, strength: "cause", category, text: message });
  });
});

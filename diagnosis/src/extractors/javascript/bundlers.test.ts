import { describe, expect, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { bundlers, webpack } from "./bundlers.ts";

describe("webpack's errors", () => {
  test.each([
    ["ERROR in ./src/index.js\nModule not found: Error: Can't resolve './nope' in '/w/src'\n", "code.import_error"],
    ["ERROR in ./src/index.js 1:0-16\nModule not found: Error: Can't resolve 'lodash' in '/w/src'\n", "dependency.missing_module"],
    ["ERROR in ./src/index.js 1:10\nModule parse failed: Unexpected token (1:10)\n", "code.syntax"],
    ["ERROR in ./src/a.scss\nModule build failed (from ./node_modules/sass-loader/dist/cjs.js):\nUndefined variable: $x.\n", "code.compile"],
    ["ERROR in src/a.ts:1:7\nTS2322: Type 'string' is not assignable to type 'number'.\n", "code.typecheck"],
    [
      "error  in ./src/App.vue\n\nModule Error (from ./node_modules/eslint-loader/index.js):\n\n/w/src/App.vue\n  3:1  error  'x' is not defined  no-undef\n",
      "code.lint",
    ],
  ])("name a file and what is wrong with it: %s", (log, category) => {
    expect(sightingsOf(webpack, log)[0]).toMatchObject({ line: 1, strength: "cause", category });
  });

  test("of Create React App stand two lines below, under the file's name", () => {
    const seen = sightingsOf(
      webpack,
      "Treating warnings as errors because process.env.CI = true.\n\nFailed to compile.\n\nsrc/App.js\n  Line 8:10:  'x' is defined but never used  no-unused-vars\n",
    );
    expect(seen).toMatchObject([{ line: 6, category: "code.lint", strength: "cause" }]);
  });

  test("of Next.js may be type errors", () => {
    const diagnosis = diagnoseStep(
      "Failed to compile.\n\n./src/a.ts:1:7\nType error: Type 'string' is not assignable to type 'number'.\n\n> Build failed because of webpack errors",
    );
    expect(diagnosis).toMatchObject({ category: "code.typecheck", cause: { text: "Type error: Type 'string' is not assignable to type 'number'." } });
  });

  test("may be the configuration's", () => {
    expect(
      sightingsOf(webpack, "Invalid configuration object. Webpack has been initialised using a configuration object that does not match the API schema.\n"),
    ).toMatchObject([{ category: "config.toolchain" }]);
    expect(sightingsOf(webpack, "[webpack-cli] Failed to load '/w/webpack.config.js' config\n[webpack-cli] Error: Cannot find module 'x'\n")).toMatchObject([
      { category: "dependency.missing_module" },
    ]);
  });

  test("are none in builds that pass with warnings", () => {
    expect(
      sightingsOf(
        webpack,
        "Compiled with warnings.\n\nsrc/App.js\n  Line 8:10:  'x' is defined but never used  no-unused-vars\n\nWARNING in ./src/a.js\nwebpack 5.1.0 compiled with 1 warning in 262 ms\n",
      ),
    ).toEqual([]);
  });
});

describe("other bundlers' errors", () => {
  test.each([
    ['[!] Error: Could not resolve "./nope" from "src/a.js"', 1, "code.import_error"],
    ["[!] (plugin typescript) Error: @rollup/plugin-typescript TS2322: Type 'string'.", 1, "code.typecheck"],
    ['error during build:\nError: Rollup failed to resolve import "vue" from "src/a.js".', 2, "dependency.missing_module"],
    ['✘ [ERROR] Could not resolve "./nope"', 1, "code.import_error"],
    ["✘ [ERROR] In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN environment variable for wrangler to work.", 1, "config.auth"],
    [
      "✘ [ERROR] A request to the Cloudflare API (/accounts/x/workers) failed.\n\n  workers.api.error.script_too_large [code: 10027]\n",
      1,
      "release.publish_rejected",
    ],
    ["✘ [ERROR] TS2322: Type 'string' is not assignable. [plugin angular-compiler]", 1, "code.typecheck"],
    [' > src/a.js:1:38: error: Could not resolve "lodash"', 1, "dependency.missing_module"],
    ["🚨 Build failed.\n\n@parcel/core: Failed to resolve './nope' from './a.js'", 3, "code.import_error"],
    ["🚨  /w/a.js:1:8: Cannot resolve dependency './nope'", 1, "code.import_error"],
  ])("%s", (log, line, category) => {
    expect(sightingsOf(bundlers, `${log}\n`).filter(({ strength }) => strength === "cause")).toMatchObject([{ line, category }]);
  });

  test("are none in builds that pass with warnings", () => {
    expect(
      sightingsOf(
        bundlers,
        "(!) Plugin typescript: @rollup/plugin-typescript TS2322: Type 'a'.\n▲ [WARNING] Duplicate key\nvite v4 building for production...\n✓ built in 60ms\n",
      ),
    ).toEqual([]);
  });
});

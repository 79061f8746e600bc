import { describe, expect, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { node } from "./node.ts";

describe("what ends Node.js", () => {
  test.each([
    ["node:internal/modules/cjs/loader:936\n  throw err;\n  ^\n\nError: Cannot find module 'express'\nRequire stack:\n", 5, "dependency.missing_module"],
    ["internal/modules/cjs/loader.js:883\n  throw err;\n  ^\n\nError: Cannot find module './lib/x'\nRequire stack:\n", 5, "code.import_error"],
    [
      "node:internal/process/esm_loader:97\n    internalBinding('errors').triggerUncaughtException(\n                              ^\n\nError [ERR_MODULE_NOT_FOUND]: Cannot find package 'chalk' imported from /w/a.mjs\n",
      5,
      "dependency.missing_module",
    ],
    ["/w/src/a.js:3\nconst x = ;\n          ^\n\nSyntaxError: Unexpected token ';'\n", 5, "code.syntax"],
    ["/w/src/a.js:1\nimport x from 'y'\n^^^^^^\n\nSyntaxError: Cannot use import statement outside a module\n", 5, "code.import_error"],
    ["/w/src/a.js:9\n    throw new TypeError('x')\n    ^\n\nTypeError: x\n    at Object.<anonymous> (/w/src/a.js:9:11)\n\nNode.js v18.12.1\n", 5, "tool.crash"],
    ["<--- Last few GCs --->\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n", 2, "resource.oom"],
    ["node: bad option: --loader\n", 1, "config.toolchain"],
  ])("is its error: %s", (log, line, category) => {
    expect(sightingsOf(node, log)).toMatchObject([{ line, category, strength: "cause" }]);
  });

  test("is an old tool that asks a new OpenSSL for what it lacks", () => {
    expect(diagnoseStep("Error: error:0308010C:digital envelope routines::unsupported\n    at new Hash (node:internal/crypto/hash:71:19)")).toMatchObject({
      category: "config.toolchain",
      cause: { line: 5 },
    });
  });

  test("is a module that a tool could not load", () => {
    expect(sightingsOf(node, "Error: Cannot find module './reports/x'\nRequire stack:\n- /w/a.js\n")).toMatchObject([
      { strength: "likely", category: "code.import_error" },
    ]);
  });

  test.each([
    ["error: unknown option '--ci'", "likely"],
    ["Unknown argument: headless", "likely"],
    ['"Error: no test specified"', "summary"],
  ])("is a command asked for what it has not: %s", (line, strength) => {
    expect(sightingsOf(node, `${line}\n`)).toMatchObject([{ strength, category: "config.workflow" }]);
  });

  test("is no error that a test expects, and none of Python's", () => {
    expect(sightingsOf(node, "    TypeError: x is not a function\n        at a (/w/a.js:1:2)\nTypeError: x\n    at a (/w/a.js:1:2)\n")).toEqual([]);
    expect(sightingsOf(node, '  File "a.py", line 1\n    x = ;\n        ^\nSyntaxError: invalid syntax\n')).toEqual([]);
    expect(sightingsOf(node, "(node:12) UnhandledPromiseRejectionWarning: Error: x\n")).toEqual([]);
  });
});

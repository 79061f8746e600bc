import { describe, expect, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { jest } from "./jest.ts";

describe("Jest's failed tests", () => {
  test("are the headings in the details and in the recap", () => {
    const log =
      "FAIL src/a.test.js\n  ● Console\n\n    console.log\n      hello\n\n  ● suite › adds\n\n    expect(received).toBe(expected)\n\nSummary of all failing tests\nFAIL src/a.test.js\n  ● suite › adds\n\n    expect(received).toBe(expected)\n\nTest Suites: 1 failed, 1 total\n";
    const seen = sightingsOf(jest, log);
    expect(seen.filter(({ strength }) => strength === "cause")).toMatchObject([
      { line: 7, test: "suite › adds", category: "code.test", key: "suite › adds expect(received).toBe(expected)" },
      { line: 13, test: "suite › adds" },
    ]);
    expect(diagnoseStep(log)).toMatchObject({ category: "code.test", cause: { text: "● suite › adds" }, failedTests: ["suite › adds"] });
  });

  test("need no suite around them", () => {
    expect(sightingsOf(jest, "FAIL src/a.test.js (5.2 s)\n  ● adds\n\n    boom\n").at(-1)).toMatchObject({ line: 2, strength: "cause", test: "adds" });
  });

  test("are found behind a package's name", () => {
    expect(sightingsOf(jest, "web:test: FAIL src/a.test.js\nweb:test:   ● suite › adds\n").at(-1)).toMatchObject({
      line: 2,
      strength: "cause",
      test: "suite › adds",
    });
  });

  test("may pass another time if they ran out of time", () => {
    expect(sightingsOf(jest, '  ● suite › slow\n\n    thrown: "Exceeded timeout of 5000 ms for a test.\n')).toMatchObject([
      { category: "code.test", transient: "possible" },
    ]);
  });

  test("are none in a run that passes", () => {
    const log =
      "PASS src/a.test.js\n  ● Console\n\n    console.error\n      Error: expected\n\n  ✓ adds (2 ms)\n\nTest Suites: 1 passed, 1 total\n● Client █████ building (10%)\n";
    expect(sightingsOf(jest, log)).toEqual([]);
  });
});

describe("a file of tests that could not run", () => {
  test.each([
    ["Cannot find module 'missing-package' from 'src/d.test.js'", "dependency.missing_module"],
    ["Cannot find module './nope' from 'src/d.test.js'", "code.import_error"],
    ["src/a.test.ts:1:7 - error TS2322: Type 'string' is not assignable to type 'number'.", "code.typecheck"],
    ["Jest encountered an unexpected token", "code.syntax"],
    ["Your test suite must contain at least one test.", "code.test"],
    ["A jest worker process (pid=12) was terminated by another process: signal=SIGSEGV, exitCode=null.", "crash.signal"],
    ["ReferenceError: window is not defined", "code.test"],
  ])("is told by its reason: %s", (reason, category) => {
    expect(sightingsOf(jest, `FAIL src/d.test.js\n  ● Test suite failed to run\n\n    ${reason}\n`).at(-1)).toMatchObject({
      line: 2,
      strength: "cause",
      category,
    });
  });

  test("is told apart from a configuration that is not valid", () => {
    expect(sightingsOf(jest, "● Validation Error:\n\n  Preset x not found.\n")).toMatchObject([{ category: "dependency.missing_module", strength: "cause" }]);
    expect(sightingsOf(jest, "No tests found, exiting with code 1\n")).toMatchObject([{ category: "config.toolchain" }]);
  });
});

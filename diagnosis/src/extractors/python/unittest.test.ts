import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { unittest } from "./unittest.ts";

const [equals, dashes] = ["=".repeat(70), "-".repeat(70)];
const block = (heading: string, ...lines: string[]): string =>
  [equals, heading, dashes, "Traceback (most recent call last):", '  File "t.py", line 3, in test_a', ...lines, ""].join("\n");
const causes = (text: string) => sightingsOf(unittest, text).filter(({ strength }) => strength === "cause");

describe("unittest's failed tests", () => {
  it("are found by their headings, with what the test raised as the key", () => {
    const text = `${block("FAIL: test_a (pkg.test_a.TestA)", "AssertionError: 1 != 2")}${block("ERROR: test_b (pkg.test_a.TestA.test_b)", "KeyError: 'x'")}\n${dashes}\nRan 2 tests in 0.1s\n\nFAILED (failures=1, errors=1)\n`;
    expect(sightingsOf(unittest, text)).toMatchObject([
      { line: 2, category: "code.test", strength: "cause", test: "test_a (pkg.test_a.TestA)", key: "test_a (pkg.test_a.TestA) AssertionError: 1 != 2" },
      { line: 8, category: "code.test", strength: "cause", test: "test_b (pkg.test_a.TestA.test_b)" },
      { category: "code.test", strength: "summary" },
    ]);
    expect(diagnoseStep(text)).toMatchObject({
      category: "code.test",
      cause: { text: "FAIL: test_a (pkg.test_a.TestA)" },
      failedTests: ["test_a (pkg.test_a.TestA)", "test_b (pkg.test_a.TestA.test_b)"],
    });
  });

  it("are found with a line of description, as nose names them, and as classes that could not be set up", () => {
    expect(causes([equals, "FAIL: test_a (a.T)", "What it is for", dashes, "Traceback (most recent call last):", "AssertionError"].join("\n"))).toHaveLength(1);
    expect(causes(block("FAIL: pkg.tests.test_a", "AssertionError"))).toMatchObject([{ test: "pkg.tests.test_a" }]);
    expect(causes(block("ERROR: setUpClass (a.T)", "OSError: no"))).toHaveLength(1);
  });

  it("are files that could not be imported, where that is what failed", () => {
    expect(causes(block("ERROR: test_v (unittest.loader._FailedTest)", "ModuleNotFoundError: No module named 'x'"))).toMatchObject([
      { category: "dependency.missing_module", test: "test_v" },
    ]);
    expect(causes(block("ERROR: Failure: ImportError (cannot import name 'y')", "ImportError: cannot import name 'y'"))).toMatchObject([
      { category: "code.import_error" },
    ]);
    expect(causes(block("ERROR: a.tests (unittest.loader._FailedTest.a.tests)", "SyntaxError: invalid syntax"))).toMatchObject([{ category: "code.syntax" }]);
  });

  it("are found as trial, zope.testrunner, stestr and green show them", () => {
    expect(
      causes([equals + "=".repeat(9), "[ERROR]", "Traceback (most recent call last):", "builtins.KeyError: 'x'", "", "a.test_a.T.test_b", equals].join("\n")),
    ).toMatchObject([{ line: 2, test: "a.test_a.T.test_b" }]);
    expect(causes("Failure in test test_a (pkg.tests.T)\nTraceback (most recent call last):\n")).toMatchObject([{ test: "test_a (pkg.tests.T)" }]);
    expect(causes("{0} tempest.api.test_a.T.test_b [0.12s] ... FAILED\n")).toMatchObject([{ test: "tempest.api.test_a.T.test_b" }]);
  });

  it("are named by what -v says, where nothing more was printed", () => {
    expect(sightingsOf(unittest, "test_a (a.T) ... FAIL\ntest_b (a.T.test_b) ... ERROR\n")).toMatchObject([{ strength: "summary" }, { strength: "summary" }]);
  });

  it("are no errors that other tools print, and nothing of a run that passed", () => {
    expect(sightingsOf(unittest, "ERROR: Could not find a version\nFAIL: something else\ntest_a (a.T) ... ok\nOK (skipped=2, expected failures=1)\n")).toEqual(
      [],
    );
    expect(sightingsOf(unittest, `${"-".repeat(40)}\nERROR: Failed building wheel for x\n`)).toEqual([]);
  });
});

import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { ant } from "./ant.ts";

it("names failed tests of the brief and of the plain format", () => {
  const brief =
    "    [junit] Testsuite: a.BTest\n    [junit] Testcase: bad(a.BTest):\tFAILED\n    [junit] expected:<1>\n    [junit] junit.framework.AssertionFailedError: expected:<1>\n    [junit] Testcase: err(a.BTest):\tCaused an ERROR\n    [junit] boom\n    [junit] Test a.BTest FAILED\n";
  expect(sightingsOf(ant, brief).map(({ line, strength, test }) => ({ line, strength, test }))).toEqual([
    { line: 2, strength: "cause", test: "a.BTest.bad" },
    { line: 5, strength: "cause", test: "a.BTest.err" },
    { line: 7, strength: "likely", test: undefined },
  ]);
  const plain = "    [junit] Testcase: ok took 0.003 sec\n    [junit] Testcase: bad took 0.002 sec\n    [junit] \tFAILED\n    [junit] expected:<1>\n";
  expect(sightingsOf(ant, plain)).toMatchObject([{ line: 2, test: "bad", key: "bad expected:<1>" }]);
});

it("tells by the reason's words what ended the build", () => {
  const ends = (why: string) =>
    sightingsOf(
      ant,
      `BUILD FAILED\n/x/build.xml:3: The following error occurred while executing this line:\n/x/common.xml:12: ${why}\n\nTotal time: 1 second\n`,
    );
  expect(ends("Compile failed; see the compiler error output for details.")).toMatchObject([{ line: 3, category: "code.compile", strength: "summary" }]);
  expect(ends("Tests failed!")).toMatchObject([{ line: 3, category: "code.test", strength: "summary" }]);
  expect(ends("impossible to resolve dependencies:")).toMatchObject([{ line: 3, category: "dependency.resolution" }]);
});

it("sees nothing in a build that passes", () => {
  expect(sightingsOf(ant, "    [junit] Testcase: ok took 0.003 sec\n    [junit] Tests run: 3, Failures: 0, Errors: 0\nBUILD SUCCESSFUL\n")).toEqual([]);
});

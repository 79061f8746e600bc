import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { scala, scalaTests } from "./scala.ts";

describe("Scala's compilers", () => {
  it.each([
    "[error] /x/A.scala:12:3: type mismatch;",
    "k/A.scala:1: error: type mismatch;",
    "[ERROR] /x/A.scala:12: error: not found: value foo",
    "[ERROR] [Error] /x/A.scala:12: not found: value foo",
    "[Error] /x/A.scala:12:3: not found: value foo",
    "[error] -- [E007] Type Mismatch Error: /x/A.scala:12:3 ----------",
    "-- Error: src/A.scala:12:3 ----------",
  ])("name an error by %j", (line) => {
    expect(sightingsOf(scala, line)).toMatchObject([{ category: "code.compile", strength: "cause" }]);
  });

  it("are silent about warnings", () => {
    expect(sightingsOf(scala, "[warn] /x/A.scala:12:3: unused\n/x/A.scala:12: warning: unused\n\tat a.B(A.scala:12)\n[info] compiling A.scala:\n")).toEqual([]);
  });
});

it.each([
  ["[error] (core / Test / test) sbt.TestsFailedException: Tests unsuccessful", "code.test", "summary"],
  ["[error] (core/test:test) sbt.TestsFailedException: Tests unsuccessful", "code.test", "summary"],
  ["[error] (Compile / compileIncremental) Compilation failed", "code.compile", "summary"],
  ["[error] (update) sbt.librarymanagement.ResolveException: Error downloading a:b:1", "dependency.resolution", "cause"],
  ["[error] (Compile / scalafmtCheck) 2 files must be formatted", "code.lint", "likely"],
])("sbt's %j is %s", (line, category, strength) => {
  expect(sightingsOf(scala, line)).toMatchObject([{ category, strength }]);
});

it.each([
  ["[info] - should add *** FAILED *** (12 milliseconds)", "should add"],
  ["- adds *** FAILED ***", "adds"],
  ["[info] a.BSpec *** ABORTED ***", "a.BSpec"],
  ["==> X a.BSuite.adds numbers  0.012s munit.FailException: /x/B.scala:3", "a.BSuite.adds numbers"],
  ["[error] Test a.BTest.adds failed: expected:<1> but was:<2>, took 0.01 sec", "a.BTest.adds"],
  ["[info] ! Sum.commutes: Falsified after 3 passed tests.", "Sum.commutes"],
  ["[error]   x adds numbers", "adds numbers"],
])("a failed test is named by %j", (line, test) => {
  expect(sightingsOf(scalaTests, line)).toMatchObject([{ category: "code.test", strength: "cause", test }]);
});

it("a passing run's output names no failed test", () => {
  expect(
    sightingsOf(
      scalaTests,
      "[info] - should add (12 milliseconds)\n[info]   + adds\n[info] Tests: succeeded 3, failed 0\n[info] + Sum.commutes: OK, passed 100 tests.\n[error] Picked up JAVA_TOOL_OPTIONS\n",
    ),
  ).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { gradleTests } from "./gradle-tests.ts";

const tests = (text: string) => sightingsOf(gradleTests, text).map(({ line, test }) => ({ line, test }));

describe("a failed test by Gradle", () => {
  it.each([
    ["SumTest > adds() FAILED", "SumTest.adds()"],
    ["a.SumTest > adds FAILED", "a.SumTest.adds"],
    ["SumTest > Nested > adds(int)[1] FAILED", "SumTest.Nested.adds(int)[1]"],
    ["Gradle Test Run :test > Gradle Test Executor 12 > SumTest > adds() FAILED", "SumTest.adds()"],
    ["Gradle suite > Gradle test > a.SumTest.adds FAILED", "a.SumTest.adds"],
    ["SumSpec > adds #a and #b [a: 1, b: 2] FAILED", "SumSpec.adds #a and #b [a: 1, b: 2]"],
    ["a.SumTest > adds[Pixel_2(AVD) - 9] \u001b[31mFAILED \u001b[0m", "a.SumTest.adds[Pixel_2(AVD) - 9]"],
    ["a.SumTest.adds[jvm] FAILED", "a.SumTest.adds[jvm]"],
    ["SumTest > initializationError FAILED", "SumTest.initializationError"],
  ])("is named by %j", (line, test) => {
    expect(tests(line)).toEqual([{ line: 1, test }]);
  });

  it("has its exception in its key, past lines that a parallel build wrote", () => {
    const text = "SumTest > adds() FAILED\nFAILURE: Build failed with an exception.\n    java.lang.IllegalStateException at SumTest.java:61\n";
    expect(sightingsOf(gradleTests, text)).toMatchObject([{ key: "SumTest.adds() java.lang.IllegalStateException at SumTest.java:61" }]);
  });

  it("is named by the test-logger plugin, with the class above it", () => {
    const text =
      "\u001b[1ma.b.ThemeTest\u001b[m\n\n  Test installs()\u001b[31m FAILED\u001b[m\n\n  org.opentest4j.AssertionFailedError: expected: <2>\n\n  Test sets() FAILED (1.2s)\n";
    expect(tests(text)).toEqual([
      { line: 3, test: "ThemeTest.installs()" },
      { line: 7, test: "ThemeTest.sets()" },
    ]);
  });

  it("is none of a task, of a test that passed, or of another tool's words", () => {
    const other = [
      "> Task :core:test FAILED",
      ":core:test FAILED",
      "SumTest > adds() PASSED",
      "SumTest > skips() SKIPPED",
      "tests/test_a.py::test_b[x > y] FAILED",
      "FAILURE: Build failed with an exception.",
      "12 tests completed, 0 failed",
    ];
    expect(sightingsOf(gradleTests, other.join("\n"))).toEqual([]);
  });

  it("is the cause of the step before what Gradle says went wrong", () => {
    const diagnosis = diagnoseStep(
      "> Task :test FAILED\n\nSumTest > adds() FAILED\n    java.lang.AssertionError at SumTest.java:9\n\n3 tests completed, 1 failed\n\nFAILURE: Build failed with an exception.\n\n* What went wrong:\nExecution failed for task ':test'.\n> There were failing tests. See the report at: file:///x/index.html\n",
    );
    expect(diagnosis).toMatchObject({ category: "code.test", rerun: false, cause: { text: "SumTest > adds() FAILED" }, failedTests: ["SumTest.adds()"] });
  });
});

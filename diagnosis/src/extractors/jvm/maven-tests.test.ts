import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { mavenTests } from "./maven-tests.ts";

const causes = (text: string) => sightingsOf(mavenTests, text).filter(({ strength }) => strength === "cause");

describe("a failed test by Surefire or Failsafe", () => {
  it("is named as versions before 2.13 print it", () => {
    const text = [
      "Tests run: 5, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.045 sec <<< FAILURE!",
      "adds(a.b.SumTest)  Time elapsed: 0.004 sec  <<< FAILURE!",
      "java.lang.AssertionError: expected:<1> but was:<2>",
      "\tat org.junit.Assert.fail(Assert.java:93)",
    ];
    expect(causes(text.join("\n"))).toMatchObject([
      { line: 2, test: "a.b.SumTest.adds", key: "a.b.SumTest.adds java.lang.AssertionError: expected:<1> but was:<2>" },
    ]);
  });

  it("is named as 2.22 and 3 print it, with a level and a comma in the time", () => {
    const text = [
      "[ERROR] Tests run: 16, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 1,229.111 s <<< FAILURE! - in a.FlowIT",
      "[ERROR] a.FlowIT.restarts  Time elapsed: 348.68 s  <<< ERROR!",
      "java.util.concurrent.TimeoutException: restarts() timed out after 5 minutes",
    ];
    expect(causes(text.join("\n"))).toMatchObject([{ line: 2, category: "code.test", test: "a.FlowIT.restarts", transient: "possible" }]);
  });

  it("bears its class's name where only the heading tells it", () => {
    const text =
      "[ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 7.941 s <<< FAILURE! - in a.AppTests\n[ERROR] contextLoads  Time elapsed: 0.025 s  <<< ERROR!\n";
    expect(causes(text)).toMatchObject([{ line: 2, test: "a.AppTests.contextLoads" }]);
  });

  it("is named as 3.1 and later print it", () => {
    const text =
      "[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in a.BTest\n[ERROR] a.BTest.c(String)[2] -- Time elapsed: 0.004 s <<< FAILURE!\n";
    expect(causes(text)).toMatchObject([{ line: 2, test: "a.BTest.c(String)[2]" }]);
  });

  it("is the class's line where no test's own follows", () => {
    expect(causes("Tests run: 3, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 0 sec <<< FAILURE! - in a.BTest\n\nResults :\n")).toMatchObject([
      { line: 1 },
    ]);
  });

  it("is found in the recap of old and new versions", () => {
    const old =
      "Results :\n\nFailed tests:   adds(a.SumTest): expected:<1> but was:<2>\n  subtracts(a.SumTest): no\n\nTests in error: \n  SumTest.divides:12 » Arithmetic / by zero\n\nTests run: 5, Failures: 2, Errors: 1, Skipped: 0\n";
    expect(sightingsOf(mavenTests, old).map(({ line, strength, test }) => ({ line, strength, test }))).toEqual([
      { line: 3, strength: "likely", test: "a.SumTest.adds" },
      { line: 4, strength: "likely", test: "a.SumTest.subtracts" },
      { line: 7, strength: "likely", test: "SumTest.divides" },
    ]);
    const rerun =
      "[ERROR] Failures: \n[ERROR] a.SumTest.adds\n[ERROR]   Run 1: SumTest.adds:60 no ==> expected: <1>\n[ERROR]   Run 2: SumTest.adds:60 no\n[INFO] \n[ERROR] Tests run: 7, Failures: 1, Errors: 0, Skipped: 0\n";
    expect(sightingsOf(mavenTests, rerun).map(({ line, strength }) => ({ line, strength }))).toEqual([
      { line: 2, strength: "likely" },
      { line: 3, strength: "likely" },
      { line: 4, strength: "likely" },
      { line: 6, strength: "summary" },
    ]);
  });

  it("keeps its cause when the process that ran it died", () => {
    const text =
      "[ERROR] ExecutionException The forked VM terminated without properly saying goodbye. VM crash or System.exit called?\n[ERROR] Process Exit Code: 134\n[ERROR] Crashed tests:\n[ERROR] a.BTest\n";
    expect(sightingsOf(mavenTests, text)).toMatchObject([{ line: 1, category: "crash.signal", test: "a.BTest" }]);
    expect(sightingsOf(mavenTests, text.replace("134", "137"))).toMatchObject([{ category: "resource.oom" }]);
  });

  it("is not seen where tests pass, or passed in a second run", () => {
    const passing = [
      "Running a.BTest",
      "[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.045 s - in a.BTest",
      "[WARNING] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.04 s -- in a.CTest",
      "[WARNING] Flakes: ",
      "[WARNING] a.BTest.c",
      "[ERROR]   Run 1: BTest.c:38 no",
      "[INFO]   Run 2: PASS",
      "[WARNING] Tests run: 970, Failures: 0, Errors: 0, Skipped: 1, Flakes: 1",
      "Failures: 0",
      "Errors: ",
    ];
    expect(sightingsOf(mavenTests, passing.join("\n"))).toEqual([]);
  });

  it("is the cause of the step, not the goal that says so", () => {
    const diagnosis = diagnoseStep(
      "[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! - in a.BTest\n[ERROR] a.BTest.c  Time elapsed: 0.1 s  <<< FAILURE!\njava.lang.AssertionError\n[ERROR] Failures: \n[ERROR]   BTest.c:12\n[ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:2.22.2:test (default-test) on project x: There are test failures.",
    );
    expect(diagnosis).toMatchObject({
      category: "code.test",
      rerun: false,
      failedTests: ["a.BTest.c"],
      cause: { text: "[ERROR] a.BTest.c  Time elapsed: 0.1 s  <<< FAILURE!" },
    });
  });
});

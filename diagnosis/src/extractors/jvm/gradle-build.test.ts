import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { gradleBuild } from "./gradle-build.ts";
import { categoryOfTask } from "./gradle-reasons.ts";

const wrong = (...lines: string[]) =>
  sightingsOf(
    gradleBuild,
    ["FAILURE: Build failed with an exception.", "", "* What went wrong:", ...lines, "", "* Try:", "> Run with --stacktrace option"].join("\n"),
  );

describe("what went wrong", () => {
  it.each([
    [["Execution failed for task ':test'.", "> There were failing tests. See the report at: file:///x"], "code.test", "summary", 5],
    [["Execution failed for task ':compileJava'.", "> Compilation failed; see the compiler error output for details."], "code.compile", "summary", 5],
    [
      [
        "Execution failed for task ':a:checkstyleMain'.",
        "> A failure occurred while executing a.CheckstyleAction",
        "   > Checkstyle rule violations were found. See the report at: file:///x",
      ],
      "code.lint",
      "summary",
      6,
    ],
    [["Execution failed for task ':a:checkstyleMain'.", "> Unable to create Root Module: config {/x.xml}"], "code.lint", "likely", 5],
    [["Execution failed for task ':spotlessJavaCheck'.", "> The following files had format violations:", "      src/A.java"], "code.lint", "likely", 5],
    [
      [
        "Execution failed for task ':compileJava'.",
        "> Could not resolve all files for configuration ':compileClasspath'.",
        "   > Could not find a:b:1.",
        "     Searched in the following locations:",
      ],
      "dependency.resolution",
      "cause",
      6,
    ],
    [["Plugin [id: 'a.b', version: '1'] was not found in any of the following sources:"], "dependency.resolution", "cause", 4],
    [["Execution failed for task ':compileJava'.", "> error: invalid source release: 17"], "config.toolchain", "cause", 5],
    [
      [
        "Could not open settings generic class cache for settings file '/x/settings.gradle'.",
        "> BUG! exception in phase 'semantic analysis' Unsupported class file major version 61",
      ],
      "config.toolchain",
      "cause",
      5,
    ],
    [["A problem occurred evaluating root project 'x'.", "> Could not find method foo() for arguments [1] on root project 'x'."], "code.compile", "cause", 5],
    [
      ["Could not compile build file '/x/build.gradle'.", "> startup failed:", "  build file '/x/build.gradle': 12: unexpected token: }"],
      "code.syntax",
      "cause",
      4,
    ],
    [["Task 'tset' not found in root project 'x'."], "config.workflow", "cause", 4],
    [["Execution failed for task ':test'.", "> Process 'Gradle Test Executor 1' finished with non-zero exit value 137"], "resource.oom", "cause", 5],
    [["Execution failed for task ':test'.", "> Process 'Gradle Test Executor 1' finished with non-zero exit value 134"], "crash.signal", "cause", 5],
    [["Execution failed for task ':test'.", "> Process 'Gradle Test Executor 1' finished with non-zero exit value 1"], "tool.crash", "cause", 5],
    [
      [
        "Execution failed for task ':publishMavenPublication'.",
        "> Failed to publish publication 'maven' to repository 'ossrh'",
        "   > Could not PUT 'https://x'. Received status code 403 from server: Forbidden",
      ],
      "release.publish_rejected",
      "cause",
      5,
    ],
    [
      ["Execution failed for task ':jacocoTestCoverageVerification'.", "> Rule violated for bundle x: lines covered ratio is 0.5, but expected minimum is 0.8"],
      "policy.gate",
      "likely",
      5,
    ],
    [["Execution failed for task ':lintDebug'.", "> Lint found errors in the project; aborting build."], "code.lint", "summary", 5],
    [["Execution failed for task ':app:npmBuild'.", "> Process 'command 'npm'' finished with non-zero exit value 1"], "unknown", "summary", 5],
  ])("%j is %s", (lines, category, strength, line) => {
    expect(wrong(...lines)).toMatchObject([{ category, strength, line }]);
  });

  it("is read past what a parallel build wrote in between", () => {
    expect(
      wrong(
        "> Task :a:checkstyleMain FAILED",
        "Execution failed for task ':a:checkstyleMain'.",
        "5 actionable tasks: 5 executed",
        "> Unable to create Root Module",
      ).find(({ strength }) => strength === "likely"),
    ).toMatchObject({
      line: 7,
      category: "code.lint",
    });
  });

  it("of what a server did not give is the server's, though the answer stands far below", () => {
    const missing = ["A problem occurred configuring root project 'x'.", "> Could not resolve all artifacts for configuration ':classpath'."];
    const wanted = [
      "   > Could not resolve a:b:1.",
      "     Required by:",
      "         project : > c:d:2",
      "         project : > e:f:3",
      "      > Could not resolve a:b:1.",
    ];
    const asked = "         > Could not get resource 'https://repo.example.org/a/b/1/b-1.pom'.";
    const answer = "            > Could not GET 'https://repo.example.org/a/b/1/b-1.pom'. Received status code 502 from server: Bad Gateway";
    const text = ["FAILURE: Build failed with an exception.", "", "* What went wrong:", ...missing, ...wanted, asked, answer, "", "* Try:"].join("\n");
    expect(diagnoseStep(text)).toMatchObject({ category: "infra.network", rerun: true, cause: { text: "> Could not resolve a:b:1." } });
    expect(diagnoseStep(text.replace("Received status code 502 from server: Bad Gateway", "Received status code 404 from server: Not Found"))).toMatchObject({
      category: "dependency.resolution",
      rerun: false,
    });
  });

  it("is not asked where a build passes", () => {
    expect(sightingsOf(gradleBuild, "> Task :test\n> Task :checkstyleMain UP-TO-DATE\nBUILD SUCCESSFUL in 3s\n0 failed\n")).toEqual([]);
  });
});

it("a task's name tells its trade", () => {
  expect(
    [":compileTestJava", ":core:integrationTest", ":ktlintMainSourceSetCheck", ":app:lintDebug", ":publishToMavenLocal", ":apiCheck", ":x"].map(categoryOfTask),
  ).toEqual(["code.compile", "code.test", "code.lint", "code.lint", "release.publish_rejected", "policy.gate", "unknown"]);
});

it("a daemon that disappeared is told as the tool's own failure", () => {
  expect(sightingsOf(gradleBuild, "The message received from the daemon indicates that the daemon has disappeared.\n")).toMatchObject([
    { category: "tool.crash", strength: "cause" },
  ]);
});

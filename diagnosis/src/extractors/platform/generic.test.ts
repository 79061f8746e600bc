import { describe, expect, it, test } from "vitest";
import { diagnoseStep } from "../testing.ts";

function causeOf(output: string): string | undefined {
  return diagnoseStep(output).cause?.text;
}

describe("a command that failed in no known form", () => {
  it("is told by the first line of its last errors", () => {
    expect(causeOf("ERROR: an old one\nworking\nworking\nworking\nworking\nERROR: schema is missing a key\nERROR: schema has no title\n2 problems")).toBe(
      "ERROR: schema is missing a key",
    );
  });

  it("is told by its last complaint, where nothing has the form of an error", () => {
    expect(causeOf("checking\nThe manual does not match the program\nsee the wiki for more\nDone in 3.2s")).toBe("The manual does not match the program");
  });

  it("is told by the beginning of what it said last, where it does not complain", () => {
    expect(causeOf("working on it\n\nTwo chapters to go.\nThe rest is in order.\n\nreal\t0m1.2s\nuser\t0m1.0s")).toBe("Two chapters to go.");
  });

  it("is told by its own end, where it said nothing", () => {
    expect(causeOf("")).toBe("Process completed with exit code 1.");
  });

  test.each([
    "Stopping container x",
    "npm ERR! A complete log of this run can be found in: /home/runner/.npm/_logs/x-debug-0.log",
    "make: *** [Makefile:3: check] Error 1",
    "error Command failed with exit code 1.",
    "+ rm -rf /tmp/x",
    "✨  Done in 3.21s.",
    "Archiving artifacts",
  ])("is not told by %s", (noise) => {
    expect(causeOf(`ERROR: schema is missing a key\n${noise}`)).toBe("ERROR: schema is missing a key");
  });

  it("does not count passing results, warnings and totals of nothing as errors", () => {
    expect(causeOf("error: the list is empty\n0 errors, 3 warnings\nwarning: error handler is deprecated\n✓ reports failed uploads")).toBe(
      "error: the list is empty",
    );
  });

  test.each([
    "2026-07-09 09:40:24,021 - root - CRITICAL - no such check",
    "2026-07-09 09:40:24,021-/opt/app.py[line:173]-ERROR: no such check",
    'time="2026-07-09T09:40:24Z" level=error msg="no such check"',
    "ERROR:root:no such check",
  ])("is told by what its logger calls an error: %s", (line) => {
    expect(diagnoseStep(`${line}\ndone with that\n+---+---+`).cause?.line).toBe(5);
  });

  it("is told by a warning, where that is all it said", () => {
    expect(causeOf("Warning: Failed to find package 'x'")).toBe("Warning: Failed to find package 'x'");
  });

  it("does not look into the step's header, or an earlier command's end", () => {
    const diagnosis = diagnoseStep("", { run: "echo 'ERROR: x'; exit 1" });
    expect(diagnosis.cause?.text).toBe("Process completed with exit code 1.");
  });

  test.each([
    [137, "resource.oom"],
    [139, "crash.signal"],
    [124, "timeout.job"],
    [143, "unknown"],
    [1, "unknown"],
  ])("is told by its exit code, where that says more: %i", (exitCode, category) => {
    expect(diagnoseStep("working on it", { exitCode })).toMatchObject({ category, rerun: false });
  });

  it("gets a category where its words tell one, and is never run again for it", () => {
    expect(diagnoseStep("3 files are not properly formatted")).toMatchObject({ category: "code.lint", rerun: false });
    expect(diagnoseStep("prog: error while loading shared libraries: libx.so.1: cannot open shared object file: No such file or directory")).toMatchObject({
      category: "env.missing_library",
    });
    expect(diagnoseStep("Something odd")).toMatchObject({ category: "unknown", rerun: false });
  });
});

import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { workTree } from "./work-tree.ts";

describe("gates over changed files", () => {
  test.each([
    "Build left local git repository checkout dirty",
    "Error: generated files are out of date, run `make generate` and commit the result",
    "There are uncommitted changes after running the formatter",
    "Working tree is not clean",
    "The generated code is not up to date.",
    "Please run `go mod tidy` and commit the changes",
  ])("%s", (line) => {
    expect(diagnoseStep(line)).toMatchObject({ category: "policy.gate", rerun: false, cause: { text: line } });
  });

  it("that show a difference and end are told at its beginning", () => {
    const diagnosis = diagnoseStep("generating\ndiff --git a/x.go b/x.go\nindex 1a2..3b4 100644\n--- a/x.go\n+++ b/x.go\n@@ -1 +1 @@\n-a\n+b", {
      run: "git diff --exit-code",
    });
    expect(diagnosis).toMatchObject({ category: "policy.gate", cause: { line: 6 } });
  });

  it("are not seen where nothing failed afterwards", () => {
    expect(
      sightingsOf(
        workTree,
        "Everything up-to-date\nnothing to commit, working tree clean\nAlready up to date.\nBrowserslist: caniuse-lite is outdated. Please run:\n+ echo 'Working tree is not clean'\n",
      ),
    ).toEqual([]);
  });
});

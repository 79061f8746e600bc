import { describe, expect, it, test } from "vitest";
import { diagnose } from "../../diagnose.ts";
import type { Diagnosis } from "../../diagnosis.ts";
import { sightingsOf } from "../testing.ts";
import { jenkins } from "./jenkins.ts";
import { otherCi } from "./other-ci.ts";

function diagnoseBuild(output: string, ending = "Finished: FAILURE"): Diagnosis {
  return diagnose(Buffer.from(`Started by user x\n${output}\n${ending}\n`));
}

describe("Jenkins", () => {
  test.each([
    ["org.codehaus.groovy.control.MultipleCompilationErrorsException: startup failed:", "config.workflow"],
    ["java.lang.NoSuchMethodError: No such DSL method 'foo' found among steps", "config.workflow"],
    ["groovy.lang.MissingPropertyException: No such property: foo for class: groovy.lang.Binding", "config.workflow"],
    ["ERROR: Could not find credentials entry with ID 'deploy'", "config.auth"],
    ["Caused: java.io.IOException: Backing channel 'agent-1' is disconnected.", "infra.runner_lost"],
    ["ERROR: Couldn't find any revision to build. Verify the repository and branch configuration for this job.", "vcs.ref_missing"],
    ["Build timed out (after 60 minutes). Marking the build as failed.", "timeout.job"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseBuild(line)).toMatchObject({ outcome: "failed", category, cause: { text: line } });
  });

  it("points past its own last words to what the build step printed", () => {
    const diagnosis = diagnoseBuild(
      "[x] $ /bin/sh -xe /tmp/jenkins1.sh\nsrc/A.java:3: error: cannot find symbol\nBuild step 'Execute shell' marked build as failure",
    );
    expect(diagnosis).toMatchObject({ category: "code.compile", cause: { line: 3 } });
  });

  it("names the complaint of a step that no tool's form fits", () => {
    const diagnosis = diagnoseBuild("[x] $ ./check\nThe manual is missing a chapter\nBuild step 'Execute shell' marked build as failure\nArchiving artifacts");
    expect(diagnosis).toMatchObject({ cause: { text: "The manual is missing a chapter" } });
  });

  it("tells that the repository could not be fetched, unless git's own words say why", () => {
    const asked =
      "Cloning the remote Git repository\nERROR: Error cloning remote repo 'origin'\nhudson.plugins.git.GitException: Command \"git fetch\" returned status code 128:\nstdout: ";
    expect(diagnoseBuild(`${asked}\nERROR: null`)).toMatchObject({
      category: "vcs.clone_failed",
      rerun: false,
      cause: { text: "ERROR: Error cloning remote repo 'origin'" },
    });
    expect(diagnoseBuild(`${asked}\nstderr: fatal: couldn't find remote ref refs/heads/gone\nERROR: null`)).toMatchObject({ category: "vcs.ref_missing" });
  });

  it("is not heard in stack traces", () => {
    expect(sightingsOf(jenkins, "    at hudson.remoting.Channel.close(Channel.java:1)\nAgent is online\n")).toEqual([]);
  });
});

describe("other CI systems", () => {
  test.each([
    ["ERROR: Job failed (system failure): aborted: terminated", "infra.runner_lost"],
    ['ERROR: Job failed: failed to pull image "python:3.99" with specified policies [always]: manifest unknown', "dependency.resolution"],
    ["ERROR: Downloading artifacts from coordinator... 404 Not Found", "upstream.artifact_missing"],
    ["/azure-pipelines.yml (Line: 3, Col: 5): Unexpected value 'rnu'", "config.workflow"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseBuild(line, "ERROR: Job failed: exit code 1")).toMatchObject({ category, rerun: false });
  });

  it("are not heard while all is well", () => {
    expect(sightingsOf(otherCi, "Downloading artifacts\nAgent name: x\nThe agent is ready\nJob succeeded\n")).toEqual([]);
  });
});

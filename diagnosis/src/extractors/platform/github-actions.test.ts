import { describe, expect, it, test } from "vitest";
import { diagnose } from "../../diagnose.ts";
import type { Diagnosis } from "../../diagnosis.ts";
import { sightingsOf } from "../testing.ts";
import { githubActions } from "./github-actions.ts";

function diagnoseAction(error: string): Diagnosis {
  const lines = [
    "##[group]Run o/action@v3",
    "with:",
    "  path: x",
    "##[endgroup]",
    "Working",
    `##[error]${error}`,
    "Post job cleanup.",
    "Cleaning up orphan processes",
  ];
  return diagnose(Buffer.from(lines.map((line) => `2026-11-02T10:20:30.1234567Z ${line}\n`).join("")));
}

describe("the runner's and actions' errors", () => {
  test.each([
    ["Canceling since a higher priority waiting request for 'ci-1' exists", "cancelled"],
    ["The runner has received a shutdown signal. This can happen when the runner service is stopped.", "infra.runner_lost"],
    ["The self-hosted runner: box-3 lost communication with the server.", "infra.runner_lost"],
    ["The job running on runner GitHub Actions 5 has exceeded the maximum execution time of 360 minutes.", "timeout.job"],
    ["The action 'Test' has timed out after 20 minutes.", "timeout.job"],
    ["Unable to resolve action `o/gone@v1`, repository not found", "config.workflow"],
    ["This request has been automatically failed because it uses a deprecated version of `actions/upload-artifact: v2`.", "config.workflow"],
    ["Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '/home/runner/work/r/r/.github/actions/x'.", "config.workflow"],
    ["Unable to process file command 'output' successfully.", "config.workflow"],
    ["Input required and not supplied: token", "config.auth"],
    ["Input required and not supplied: path", "config.workflow"],
    ["HttpError: Resource not accessible by integration", "config.auth"],
    ["Error: Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable", "config.auth"],
    ["API rate limit exceeded for installation ID 1.", "infra.rate_limit"],
    ["Unable to locate executable file: pwsh. Please verify either the file path exists", "config.toolchain"],
    ["A branch or tag with the name 'gone' could not be found", "vcs.ref_missing"],
    ["Version 3.6 with arch x64 not found", "config.toolchain"],
    ["The version '3.5' with architecture 'x64' was not found for Ubuntu 24.04.", "config.toolchain"],
    ["Unable to find Node version '99' for platform linux and architecture x64.", "config.toolchain"],
    ["Java setup process failed due to: Available version not found", "config.toolchain"],
    ["No file in /home/runner/work/r/r matched to [**/package-lock.json], make sure you have checked out the target repository", "config.workflow"],
    ["Dependencies lock file is not found in /home/runner/work/r/r. Supported file patterns: yarn.lock", "config.workflow"],
    ["Unable to download artifact(s): Artifact not found for name: dist", "upstream.artifact_missing"],
    ["Unable to find any artifacts for the associated workflow", "upstream.artifact_missing"],
    ["No files were found with the provided path: dist. No artifacts will be uploaded.", "upstream.artifact_missing"],
    ["Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers", "config.auth"],
    ["Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists", "config.workflow"],
  ])("%s is told as %s", (error, category) => {
    expect(diagnoseAction(error)).toMatchObject({ category, cause: { line: 6 } });
  });

  it("propose another run only for what GitHub itself failed at", () => {
    expect(diagnoseAction("Failed to resolve action download info. Error: Service Unavailable")).toMatchObject({ category: "infra.github", rerun: true });
    expect(diagnoseAction("Unable to resolve action `o/gone@v1`, repository not found").rerun).toBe(false);
    expect(diagnoseAction("The runner has received a shutdown signal.").rerun).toBe(false);
  });

  it("are only those of the runner, not the same words in a program's output", () => {
    expect(sightingsOf(githubActions, "The operation was canceled.\nInput required and not supplied: token\n")).toEqual([]);
  });
});

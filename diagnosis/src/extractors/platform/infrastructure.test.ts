import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { infrastructure } from "./infrastructure.ts";

describe("errors of clouds and of what describes them", () => {
  test.each([
    ['Unable to locate credentials. You can configure credentials by running "aws configure".', "config.auth"],
    ["An error occurred (AccessDenied) when calling the PutObject operation: Access Denied", "config.auth"],
    ["User: arn:aws:iam::1:user/x is not authorized to perform: s3:PutObject", "config.auth"],
    ["AADSTS7000215: Invalid client secret provided.", "config.auth"],
    ["ERROR: (gcloud.app.deploy) You do not currently have an active account selected.", "config.auth"],
    ["Error from server (Forbidden): pods is forbidden", "config.auth"],
    ["│ Error: Unsupported argument", "config.workflow"],
    ["Error: Reference to undeclared resource", "config.workflow"],
    ["ERROR! Syntax Error while loading YAML.", "config.workflow"],
    ['fatal: [host-1]: FAILED! => {"changed": false, "msg": "no such package"}', "unknown"],
    ["Error: UPGRADE FAILED: timed out waiting for the condition", "unknown"],
    ["error: timed out waiting for the condition on deployments/x", "unknown"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseStep(line)).toMatchObject({ category, rerun: false, cause: { text: line } });
  });

  it("that a playbook ignores are no cause", () => {
    expect(sightingsOf(infrastructure, 'fatal: [host-1]: FAILED! => {"msg": "x"}\n...ignoring\n')).toEqual([]);
  });

  it("in the middle of a run that went on are a hint at most", () => {
    const seen = sightingsOf(
      infrastructure,
      "Failed to upload report: An error occurred (AccessDenied) when calling the PutObject operation: x\nnext test\nok\n",
    );
    expect(seen.every(({ strength }) => strength === "hint")).toBe(true);
  });
});

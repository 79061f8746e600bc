import { describe, expect, it } from "vitest";
import { buildKeywordScanner } from "./reading/keyword-scanner.ts";
import { readLines } from "./reading/line-reader.ts";
import { failedStep, lastLineOf, readSteps, stepKeywords, type Steps } from "./steps.ts";
import { jobLog, type StepText } from "./testing-logs.ts";

function stepsOf(log: string): Steps {
  const steps = readSteps();
  const reader = readLines(buildKeywordScanner(stepKeywords), "lf", (view) => void steps.read(view));
  reader.write(Buffer.from(log));
  reader.end();
  return steps;
}

function failedIn(steps: readonly StepText[]): string | undefined {
  return failedStep(stepsOf(jobLog(steps)))?.name;
}

const checkout: StepText = { run: "actions/checkout@v4" };
const exit = "Process completed with exit code 1.";

describe("the steps of a log", () => {
  it("begin with their headers, and are none where a script prints a group of its own", () => {
    const steps = stepsOf(jobLog([checkout, { run: "npm test", output: "##[group]Run of the suite\nok\n##[endgroup]\n##[group]Run nothing\n##[endgroup]" }]));
    expect(steps.all.map(({ name, kind }) => [name, kind])).toEqual([
      ["Set up job", "set-up"],
      ["actions/checkout@v4", "action"],
      ["npm test", "command"],
      ["Post job cleanup", "post"],
    ]);
    expect(lastLineOf(steps, steps.all[0] as Steps["all"][number])).toBe((steps.all[1]?.firstLine ?? 0) - 1);
  });

  it("may have scripts that are longer than what is looked ahead", () => {
    const script = Array.from({ length: 300 }, (_, index) => `echo ${index} error`).join("\n");
    expect(failedIn([{ run: script, output: "x", error: exit }])).toBe("echo 0 error");
  });
});

describe("the failed step", () => {
  it("is the one whose process ended with an error", () => {
    expect(failedIn([checkout, { run: "make", error: exit }])).toBe("make");
  });

  it("is none in a log without an error", () => {
    expect(failedIn([checkout, { run: "make", output: "error: nothing to worry about" }])).toBeUndefined();
  });

  it("is not one that was allowed to fail, after which others ran", () => {
    expect(failedIn([{ run: "flaky", error: exit }, { run: "make" }, { run: "make test", error: exit }])).toBe("make test");
  });

  it("is the first one where what ran afterwards only tells of it", () => {
    expect(failedIn([{ run: "make test", error: exit }, { run: "actions/upload-artifact@v4" }, { run: "./publish-report.sh", error: exit }])).toBe("make test");
  });

  it("is not one whose lines are annotations only", () => {
    expect(
      failedIn([
        { run: "lint", output: "##[error]a.ts(1,1): note" },
        { run: "test", error: exit },
      ]),
    ).toBe("test");
  });

  it("is an action's whose error is in its own words", () => {
    expect(failedIn([{ run: "acme/deploy@v1", error: "The service said no" }])).toBe("acme/deploy@v1");
  });

  it("is not hidden by what another job did after it in its own log", () => {
    const log =
      jobLog([{ run: "other job", error: exit }, { run: "make" }]) + jobLog([{ run: "this job", error: exit }, { run: "actions/upload-artifact@v4" }]);
    expect(failedStep(stepsOf(log))?.name).toBe("this job");
    expect(stepsOf(log).all.map(({ job }) => job)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it("is of the last job that failed, where logs stand one after another", () => {
    const log = jobLog([{ run: "other job", error: exit }]) + jobLog([checkout, { run: "this job", error: exit }]);
    expect(failedStep(stepsOf(log))?.name).toBe("this job");
  });
});

import { describe, expect, test } from "vitest";
import { readFacts } from "./read-facts.ts";

describe("facts of a job", () => {
  test("are read as GitHub answers them", () => {
    const job = {
      id: 1,
      conclusion: "failure",
      runner_name: "",
      steps: [{ name: "Set up job", number: 1, status: "completed", conclusion: "success", started_at: "2026-11-02T10:20:30Z", completed_at: null }],
    };
    expect(readFacts(JSON.stringify(job))).toEqual({
      facts: {
        conclusion: "failure",
        runnerName: "",
        steps: [{ name: "Set up job", number: 1, conclusion: "success", startedAt: "2026-11-02T10:20:30Z", completedAt: null }],
      },
    });
  });

  test("are read as the diagnosis takes them", () => {
    const facts = { conclusion: null, jobCount: 0, annotations: [{ level: "failure", message: "lost", path: ".github" }] };
    expect(readFacts(JSON.stringify(facts))).toEqual({ facts });
    expect(readFacts("{}")).toEqual({ facts: {} });
  });

  test.each([
    ["{", "It is no JSON"],
    ['{"jobCount":"0"}', "jobCount: "],
    ['{"runner_name":1}', "runner_name: "],
    ["[]", ""],
    ['{"total_count":1,"jobs":[{"conclusion":"success"}]}', "It tells none of conclusion, runnerName, jobCount, steps, annotations"],
  ])("that are none are told: %s", (json, problem) => {
    const read = readFacts(json);
    expect("problem" in read ? read.problem : null).toContain(problem);
  });
});

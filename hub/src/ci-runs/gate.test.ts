import { gateMetrics } from "@sentinal/contract";
import { expect, test } from "vitest";
import { judge, type Measures } from "./gate.ts";

const nothing: Measures = {
  new_critical: 0,
  new_high: 0,
  new_findings: 0,
  critical: 0,
  high: 0,
  findings: 0,
  failed_tests: 0,
  flaky_tests: 0,
  failed_tool_gates: 0,
  unread_reports: 0,
};

test("a repository without conditions has no verdict", () => {
  expect(judge([], nothing)).toBeNull();
});

test.each(gateMetrics)("%s may be as many as the condition says, and no more", (metric) => {
  const verdictAt = (actual: number) => judge([{ metric, at_most: 2 }], { ...nothing, [metric]: actual })?.verdict;
  expect([0, 2, 3].map(verdictAt)).toEqual(["passed", "passed", "failed"]);
});

test("one condition that does not hold fails the gate, and each says how it stood", () => {
  const conditions = [
    { metric: "new_critical" as const, at_most: 0 },
    { metric: "failed_tests" as const, at_most: 0 },
  ];
  expect(judge(conditions, { ...nothing, failed_tests: 3 })).toEqual({
    verdict: "failed",
    conditions: [
      { metric: "new_critical", at_most: 0, actual: 0, verdict: "passed" },
      { metric: "failed_tests", at_most: 0, actual: 3, verdict: "failed" },
    ],
  });
});

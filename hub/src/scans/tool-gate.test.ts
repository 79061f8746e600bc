import { expect, test } from "vitest";
import { toolGateOf } from "./tool-gate.ts";

const condition = { metric: "new_coverage", comparator: "LT", threshold: "80", actual: "61.3", verdict: "failed" };

test("a tool's verdict is told in its own word, with each condition", () => {
  expect(toolGateOf({ verdict: "failed", verdictWord: "ERROR", name: "Sonar way", conditions: [condition] })).toEqual({
    verdict: "failed",
    verdict_word: "ERROR",
    name: "Sonar way",
    conditions: [condition],
  });
});

test.each([null, undefined, {}, "ERROR", { verdict: "failed", verdictWord: 3, name: null, conditions: [] }])("%j is no verdict", (stored) => {
  expect(toolGateOf(stored)).toBeNull();
});

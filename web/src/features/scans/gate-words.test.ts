import { describe, expect, test } from "vitest";
import { demandWords, isGateAlone, metricValue, metricWords } from "./gate-words.ts";
import { severityCounts } from "../ci-runs/fixture.ts";

describe("a condition of SonarQube's gate", () => {
  test.each([
    ["new_coverage", "Coverage of new code"],
    ["new_security_rating", "Security rating of new code"],
    ["sqale_rating", "Maintainability rating"],
    ["some_metric_of_a_plugin", "Some metric of a plugin"],
  ])("%s reads: %s", (metric, words) => {
    expect(metricWords(metric)).toBe(words);
  });

  test.each([
    ["new_coverage", "61.3", "61.3 %"],
    ["new_reliability_rating", "3", "C"],
    ["new_reliability_rating", "1.0", "A"],
    ["reliability_rating", "x", "x"],
    ["ncloc", "120345", "120,345"],
    ["new_violations", null, "–"],
  ])("%s of %s is shown as %s", (metric, value, shown) => {
    expect(metricValue(metric, value)).toBe(shown);
  });

  test("says what it asks for, not when it fails", () => {
    expect(demandWords({ metric: "new_coverage", comparator: "LT", threshold: "80" })).toBe("at least 80 %");
    expect(demandWords({ metric: "new_violations", comparator: "GT", threshold: "0" })).toBe("at most 0");
    expect(demandWords({ metric: "new_security_rating", comparator: "GT", threshold: "1" })).toBe("A or better");
    expect(demandWords({ metric: "x", comparator: null, threshold: null })).toBe("–");
  });
});

test("a gate without findings is told from a scan that found nothing", () => {
  const gate = { verdict: "passed" as const, verdict_word: "OK", name: null, conditions: [] };
  const noChanges = { new: 0, fixed: 0, reopened: 0, unchanged: 0 };
  expect(isGateAlone({ tool_gate: gate, changes: null, counts: severityCounts({}) })).toBe(true);
  expect(isGateAlone({ tool_gate: gate, changes: noChanges, counts: severityCounts({}) })).toBe(false);
  expect(isGateAlone({ tool_gate: null, changes: null, counts: severityCounts({}) })).toBe(false);
});

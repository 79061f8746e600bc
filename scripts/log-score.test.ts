import { describe, expect, it } from "vitest";
import type { LogAnswer } from "./log-corpus.ts";
import { type LogLabel, scoreAnswers } from "./log-score.ts";

const label = (id: string, more: Partial<LogLabel> = {}): LogLabel => ({
  id,
  project: "acme",
  conclusion: "failure",
  category: "code.test",
  transient: "no",
  cause_lines: [
    [10, 12],
    [40, 40],
  ],
  ...more,
});
const answer = (id: string, more: Partial<LogAnswer> = {}): LogAnswer => ({
  id,
  line: 10,
  category: "code.test",
  rerun: false,
  transient: "no",
  confidence: 0.9,
  fingerprint: null,
  ms: 1,
  ...more,
});

describe("the score of answers", () => {
  it("counts a line within five of any accepted range, and apart one that is inside", () => {
    const lines = [10, 12, 40, 5, 17, 45, 4, 18, 46, null];
    const ids = lines.map((_, index) => `bs-${index}`);
    const score = scoreAnswers(
      ids.map((id) => label(id)),
      lines.map((line, index) => answer(`bs-${index}`, { line })),
    );
    expect(score).toMatchObject({ labelled: 10, answered: 0.9, within5: 0.6, exact: 0.3, category: 1, macroF1: 1 });
  });

  it("names re-runs of what fails again, and claims on what did not fail", () => {
    const labels = [
      label("a"),
      label("b", { transient: "yes" }),
      label("c", { conclusion: "no ##[error]", category: null, cause_lines: null }),
      label("d", { conclusion: "success", category: null, cause_lines: [] }),
    ];
    const answers = [
      answer("a", { rerun: true }),
      answer("b", { rerun: true }),
      answer("c", { line: null, category: "infra.network" }),
      answer("d", { line: null, category: "unknown" }),
    ];
    expect(scoreAnswers(labels, answers)).toMatchObject({ labelled: 2, falseReruns: ["a"], falseClaims: ["c"] });
  });

  it("gives the mean of the categories' F1, each as heavy as the others", () => {
    const labels = [label("a"), label("b"), label("c", { category: "code.lint" })];
    const answers = [answer("a"), answer("b"), answer("c")];
    // code.test: 2·2/(3+2); code.lint: 0.
    expect(scoreAnswers(labels, answers).macroF1).toBeCloseTo(0.4);
  });

  it("tells for each band of confidence how many answers were right", () => {
    const labels = [label("a"), label("b"), label("c")];
    const answers = [answer("a", { confidence: 0.95 }), answer("b", { confidence: 0.92, line: 100 }), answer("c", { confidence: 0.4 })];
    expect(scoreAnswers(labels, answers).calibration.filter(({ answers: count }) => count > 0)).toEqual([
      { from: 0.3, to: 0.5, answers: 1, right: 1 },
      { from: 0.9, to: 1, answers: 2, right: 0.5 },
    ]);
  });
});

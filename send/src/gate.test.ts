import { describe, expect, test } from "vitest";
import { SentAnswer } from "./answer.ts";
import { gateOf, gateSentence } from "./gate.ts";
import type { Outcome } from "./outcome.ts";

const conditions = [
  { metric: "new_critical", at_most: 0, actual: 2, verdict: "failed" },
  { metric: "a_metric_of_tomorrow", at_most: 9, actual: 1, verdict: "passed" },
];

function sent(gate: unknown): Outcome {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0, total: 0 };
  const answer = { run_id: 1, scan_id: 2, import_id: "i", status: "completed", counts, changes: null, warnings: [], url: "http://hub.example/scans/2" };
  return { name: "a.json", formatName: null, kind: "sent", answer: SentAnswer.parse(gate === undefined ? answer : { ...answer, gate }) };
}

const passed = sent({ verdict: "passed", conditions: [] });
const failed = sent({ verdict: "failed", conditions });
const unreachable: Outcome = { name: "b.json", formatName: null, kind: "unreachable", reason: "" };

describe("the gate's verdict", () => {
  test("is the last answer's, for each is on the run as a whole", () => {
    expect(gateOf([failed, passed]).verdict).toBe("passed");
    expect(gateOf([passed, failed])).toEqual({ verdict: "failed", conditions });
    expect(gateOf([passed, sent(undefined)]).verdict).toBe("passed");
  });

  test("is none where the repository has no gate, and unknown where the hub tells nothing", () => {
    expect(gateOf([sent(null)]).verdict).toBe("none");
    expect(gateOf([sent({ verdict: "none", conditions: [] })]).verdict).toBe("none");
    expect(gateOf([sent(undefined)]).verdict).toBe("unknown");
    expect(gateOf([]).verdict).toBe("unknown");
  });

  test("has not passed while a report is missing; failed it has all the same", () => {
    expect(gateOf([passed, unreachable]).verdict).toBe("unknown");
    expect(gateOf([failed, unreachable]).verdict).toBe("failed");
    expect(gateOf([sent(null), unreachable]).verdict).toBe("none");
  });

  test("is told with the conditions that do not hold", () => {
    expect(gateSentence(gateOf([failed]))).toBe("The quality gate failed: new critical 2 (at most 0).");
  });
});

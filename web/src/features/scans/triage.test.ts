import { expect, test } from "vitest";
import { answerWords, bodiesOf } from "./triage.ts";

const decision = { action: "dismiss", reason: "wont_fix" } as const;

test("findings of several branches are decided on branch by branch", () => {
  const findings = [
    { id: 1, branch: "main" },
    { id: 2, branch: "next" },
    { id: 3, branch: "main" },
  ];
  expect(bodiesOf({ findings }, decision)).toEqual([
    { ...decision, branch: "main", ids: [1, 3] },
    { ...decision, branch: "next", ids: [2] },
  ]);
});

test("more findings than a call takes go in lots", () => {
  const findings = Array.from({ length: 2_001 }, (_none, id) => ({ id, branch: "main" }));
  const lots = bodiesOf({ findings }, decision).map((body) => body.ids?.length);
  expect(lots).toEqual([1_000, 1_000, 1]);
});

test("all that match are decided on by the filter of the list", () => {
  expect(bodiesOf({ filter: { scan_id: 3, severity: ["low"] }, count: 9 }, decision)).toEqual([{ ...decision, filter: { scan_id: 3, severity: ["low"] } }]);
});

test("what was done is told with what was left as it was", () => {
  expect(answerWords("dismiss", { changed: 1, unchanged: 0 })).toBe("1 finding dismissed.");
  expect(answerWords("reopen", { changed: 2_000, unchanged: 3 })).toBe("2,000 findings reopened, 3 left as they were.");
});

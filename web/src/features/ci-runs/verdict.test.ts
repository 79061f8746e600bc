import { describe, expect, test } from "vitest";
import { aRun, aScan } from "./fixture.ts";
import { addUpChanges, runVerdict, scanVerdict } from "./verdict.ts";

const changes = (over: Partial<{ new: number; fixed: number; reopened: number; unchanged: number }>) => ({
  new: 0,
  fixed: 0,
  reopened: 0,
  unchanged: 0,
  ...over,
});

describe("the verdict of a run", () => {
  test.each([
    ["Failed", "Success", "Started to fail"],
    ["Failed", "Failed", "Still failing"],
    ["Success", "Failed", "Back to green"],
    ["Success", "Success", "Still green"],
    ["Success", "Cancelled", "Succeeded"],
  ] as const)("%s after %s reads %s", (status, before, words) => {
    expect(runVerdict(aRun({ status }), { id: 1, status: before }).words).toBe(words);
  });

  test("says when there is nothing to compare with", () => {
    expect(runVerdict(aRun(), null).words).toBe("Succeeded, the first run on this branch");
  });

  test("does not compare before the other run is known", () => {
    expect(runVerdict(aRun({ status: "Failed" }), undefined).words).toBe("Failed");
  });

  test("adds what the scans changed", () => {
    const run = aRun({
      scans: [aScan({ id: 1, changes: changes({ new: 2, fixed: 1 }) }), aScan({ id: 2, tool: "other", changes: changes({ new: 1, unchanged: 5 }) })],
    });
    expect(runVerdict(run, { id: 1, status: "Success" })).toMatchObject({
      words: "Still green, with new findings",
      tone: "warn",
      changes: changes({ new: 3, fixed: 1, unchanged: 5 }),
    });
  });

  test("is no verdict while the run goes on, or when it was cancelled", () => {
    expect(runVerdict(aRun({ status: "Running" }), null)).toMatchObject({ words: "Still running", tone: "warn" });
    expect(runVerdict(aRun({ status: "Cancelled" }), null).tone).toBe("idle");
  });
});

test("no told changes are unknown, not zero", () => {
  expect(addUpChanges([null, null])).toBeNull();
  expect(addUpChanges([null, changes({ fixed: 1 })])).toEqual(changes({ fixed: 1 }));
});

test.each([
  [changes({ new: 2, fixed: 1 }), false, "Worse than before", "bad"],
  [changes({ reopened: 1, unchanged: 4 }), false, "Worse than before", "bad"],
  [changes({ new: 1, fixed: 5 }), false, "More fixed than new", "warn"],
  [changes({ fixed: 2, unchanged: 3 }), false, "Better than before", "good"],
  [changes({ fixed: 2 }), false, "Everything is fixed", "good"],
  [changes({ unchanged: 3 }), false, "As before", "idle"],
  [changes({ new: 9 }), true, "The first of its kind on this branch", "warn"],
  [changes({}), true, "Nothing was found", "good"],
  [null, false, "Only counts came, so nothing can be compared", "idle"],
] as const)("a scan with changes %o (first: %s) reads: %s", (given, isFirst, words, tone) => {
  expect(scanVerdict(given, isFirst)).toEqual({ words, tone });
});

import { senderStatuses } from "@sentinal/contract";
import { describe, expect, test } from "vitest";
import { changesOf, saidOf, scanStatusOf } from "./rules.ts";

describe("a scan's status", () => {
  test.each([
    [undefined, undefined, "completed"],
    ["completed", undefined, "completed"],
    [undefined, "completed", "completed"],
    ["running", undefined, "running"],
    [undefined, "queued", "queued"],
    ["completed", "running", "completed"],
    ["running", "completed", "running"],
    ["failed", "completed", "failed"],
    ["cancelled", undefined, "failed"],
  ] as const)("said of the scan: %s, of the run: %s, is %s", (ofScan, ofRun, status) => {
    expect(scanStatusOf(ofScan, ofRun)).toBe(status);
  });

  test("is failed whenever the sender says failed, of the scan or of the run", () => {
    for (const status of senderStatuses) {
      expect(scanStatusOf("failed", status)).toBe("failed");
      expect(scanStatusOf(status, "failed")).toBe("failed");
    }
  });
});

describe("what a sender says of the run", () => {
  test("is nothing when it says nothing", () => {
    expect(saidOf({ commit_hash: "c", branch: "b" }, 2, false)).toBeUndefined();
    expect(saidOf({ commit_hash: "c", branch: "b", status: "running" }, 2, false)).toEqual({ status: "running", attempt: 2, isRepeated: false });
  });
});

describe("what is told to the dashboards", () => {
  test.each([
    [true, "completed", ["run_created", "scan_completed"]],
    [false, "completed", ["run_updated", "scan_completed"]],
    [false, "failed", ["run_updated", "scan_failed"]],
    [false, "running", ["run_updated"]],
  ] as const)("of a run that is new (%s) with a scan that is %s: %j", (isNew, status, kinds) => {
    expect(changesOf({ id: 7, isNew }, 9, status)).toEqual(kinds.map((kind) => ({ kind, run: 7, scan: 9 })));
  });
});

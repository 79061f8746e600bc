import type { DashboardUpdate, RunStatus } from "@sentinal/contract";
import { describe, expect, test } from "vitest";
import { endedWords, staleKeys } from "./live-effects.ts";

function update(id: number, type: DashboardUpdate["type"], status: RunStatus = "Success", scanId: number | null = null): DashboardUpdate {
  return {
    type,
    data: {
      id,
      repository: "acme/shop",
      commit_hash: "4f2c9d1",
      branch: "main",
      status,
      critical_vulnerabilities: 0,
      scan_id: scanId,
      updated_at: "2026-11-22T12:00:00Z",
    },
  };
}

describe("after updates", () => {
  test("each thing is fetched once, however many updates name it", () => {
    const keys = staleKeys([update(1, "run_updated"), update(1, "run_updated"), update(2, "run_updated")]);
    expect(keys).toEqual([
      ["run", 1],
      ["run", 2],
    ]);
  });
  test("a completed scan renews its page, the findings and the tests", () => {
    const keys = staleKeys([update(1, "scan_completed", "Success", 9)]);
    expect(keys).toEqual([
      ["run", 1],
      ["findings", "all"],
      ["tests", "all"],
      ["findings", 9],
      ["tests", 9],
      ["scan", 9],
    ]);
  });
});

describe("read out", () => {
  test("is a run that ended, once", () => {
    const told = new Set<string>();
    expect(endedWords([update(1, "run_updated", "Failed")], told, undefined)).toBe("Run 1 of acme/shop on main: Failed.");
    expect(endedWords([update(1, "scan_completed", "Failed")], told, undefined)).toBeNull();
    expect(endedWords([update(1, "run_updated", "Success")], told, undefined)).toBe("Run 1 of acme/shop on main: Success.");
  });
  test("is not a run that goes on, nor one of another repository than the one looked at", () => {
    expect(endedWords([update(1, "run_updated", "Running")], new Set(), undefined)).toBeNull();
    expect(endedWords([update(1, "run_updated", "Failed")], new Set(), "acme/other")).toBeNull();
  });
  test("are several together in one sentence", () => {
    expect(endedWords([update(1, "run_updated", "Failed"), update(2, "run_updated"), update(3, "run_updated")], new Set(), undefined)).toBe(
      "3 runs finished, 1 failed.",
    );
  });
});

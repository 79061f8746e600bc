import { expect, test } from "vitest";
import { aScan, severityCounts, testCounts } from "./fixture.ts";
import { addUpScans, lastAttempts } from "./scan-figures.ts";

test("findings of several scans add up, tests stay apart", () => {
  const figures = addUpScans([
    aScan({ id: 1, counts: severityCounts({ critical: 1, low: 2 }) }),
    aScan({ id: 2, scan_type: "zap", tool: "zap", counts: severityCounts({ critical: 1 }) }),
    aScan({ id: 3, scan_type: "test", tool: "junit", counts: testCounts({ passed: 8, failed: 1 }) }),
  ]);
  expect(figures.findings).toEqual(severityCounts({ critical: 2, low: 2 }));
  expect(figures.tests).toEqual(testCounts({ passed: 8, failed: 1 }));
});

test("a scan that is still read, or failed, is told and not counted as clean", () => {
  const figures = addUpScans([aScan({ id: 1, status: "running" }), aScan({ id: 2, tool: "other", status: "failed" })]);
  expect(figures).toMatchObject({ findings: null, tests: null, underWay: 1, failed: 1 });
});

test("a test scan that failed because tests failed shows which", () => {
  const figures = addUpScans([aScan({ scan_type: "test", status: "failed", counts: testCounts({ passed: 8, failed: 2 }) })]);
  expect(figures).toMatchObject({ tests: testCounts({ passed: 8, failed: 2 }), failed: 0 });
});

test("of a scan that came again for a later attempt only the last counts", () => {
  const scans = [aScan({ id: 1, run_attempt: 1, counts: severityCounts({ high: 9 }) }), aScan({ id: 2, run_attempt: 2, counts: severityCounts({ high: 1 }) })];
  expect(lastAttempts(scans).map((scan) => scan.id)).toEqual([2]);
  expect(addUpScans(scans).findings?.high).toBe(1);
});

test("adding up changes none of the scans", () => {
  const scan = aScan({ counts: severityCounts({ high: 1 }) });
  addUpScans([scan, aScan({ tool: "other", counts: severityCounts({ high: 1 }) })]);
  expect(scan.counts).toEqual(severityCounts({ high: 1 }));
});

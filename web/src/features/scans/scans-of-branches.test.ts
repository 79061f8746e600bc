import { expect, test } from "vitest";
import { aRun, aScan } from "../ci-runs/fixture.ts";
import { scansOfBranches } from "./scans-of-branches.ts";

test("each branch is known by its newest completed scan of the same kind", () => {
  const runs = [
    aRun({ id: 1, branch: "main", scans: [aScan({ id: 10 })] }),
    aRun({ id: 2, branch: "next", scans: [aScan({ id: 20 })] }),
    aRun({ id: 3, branch: "main", scans: [aScan({ id: 30 }), aScan({ id: 31, category: "image" })] }),
    aRun({ id: 4, branch: "main", scans: [aScan({ id: 40, status: "running" })] }),
  ];
  expect(scansOfBranches(runs, aScan())).toEqual([
    { branch: "main", scanId: 30 },
    { branch: "next", scanId: 20 },
  ]);
});

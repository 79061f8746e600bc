import { describe, expect, test } from "vitest";
import { githubRunUrl, isOver, runStatus, standingOf } from "./rules.ts";

const good = { status: "completed", failedTests: 0 } as const;

describe("a run's status", () => {
  test.each([
    ["nothing was said and all scans are completed", null, [good, good], "Success"],
    ["nothing was said and there is no scan", null, [], "Success"],
    ["a sender says completed", "completed", [good], "Success"],
    ["a sender says failed, whatever the scans", "failed", [good], "Failed"],
    ["a scan failed, whatever the sender says", "completed", [good, { status: "failed", failedTests: 0 }], "Failed"],
    ["a test failed, whatever the sender says", "completed", [{ status: "completed", failedTests: 1 }], "Failed"],
    [
      "a test failed while others still run",
      "running",
      [
        { status: "completed", failedTests: 1 },
        { status: "running", failedTests: 0 },
      ],
      "Failed",
    ],
    ["a sender says running", "running", [good], "Running"],
    ["a scan is running", "completed", [good, { status: "running", failedTests: 0 }], "Running"],
    ["a scan is queued", null, [{ status: "queued", failedTests: 0 }], "Running"],
    ["a sender says queued", "queued", [], "Queued"],
    ["a sender says cancelled, whatever the scans", "cancelled", [{ status: "failed", failedTests: 3 }], "Cancelled"],
  ] as const)("when %s", (_name, senderStatus, scans, status) => {
    expect(runStatus(senderStatus, scans)).toBe(status);
  });

  test("is over when nothing more is to come", () => {
    expect((["Queued", "Running", "Success", "Failed", "Cancelled"] as const).filter(isOver)).toEqual(["Success", "Failed", "Cancelled"]);
  });
});

describe("how a run stands", () => {
  test("its badge is the sum of its scans, and no more than its column holds", () => {
    expect(
      standingOf(null, [
        { ...good, critical: 2 },
        { ...good, critical: 3 },
      ]),
    ).toEqual({ status: "Success", critical: 5 });
    expect(
      standingOf(null, [
        { ...good, critical: 2_147_483_647 },
        { ...good, critical: 1 },
      ]).critical,
    ).toBe(2_147_483_647);
  });

  test("a run of which nothing could be read is no success", () => {
    expect(standingOf(null, [], { isUnread: true, isGateFailed: false }).status).toBe("Failed");
    expect(standingOf("completed", [], { isUnread: true, isGateFailed: false }).status).toBe("Failed");
  });
});

describe("a gate that failed", () => {
  const failed = { isUnread: false, isGateFailed: true };
  test("fails a run that would be a success, and leaves one that goes on or was cancelled", () => {
    expect(standingOf("completed", [{ ...good, critical: 0 }], failed).status).toBe("Failed");
    expect(standingOf("running", [{ ...good, critical: 0 }], failed).status).toBe("Running");
    expect(standingOf("cancelled", [{ ...good, critical: 0 }], failed).status).toBe("Cancelled");
  });
});

describe("the page of a run at GitHub", () => {
  test("is known where the repository is GitHub's and the id is", () => {
    expect(githubRunUrl("https://github.com", "team/shop", 7, 2)).toBe("https://github.com/team/shop/actions/runs/7/attempts/2");
  });

  test.each([
    ["no id", "team/shop", null],
    ["a name without an owner", "default", 7],
    ["a name with more parts", "team/shop/x", 7],
    ["a name that would be another address", "team/shop?x=", 7],
    ["a name that would climb", "team/..%2f", 7],
  ])("is not made up for %s", (_name, repository, id) => {
    expect(githubRunUrl("https://github.com", repository, id, 1)).toBeNull();
  });
});

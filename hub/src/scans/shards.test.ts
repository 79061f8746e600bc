import { describe, expect, test } from "vitest";
import { type Part, wholeOf } from "./shards.ts";

const tests = (failed: number, passed: number) => ({ passed, failed, skipped: 0, flaky: 0, errors: 0, total: passed + failed });
const part = (failed: number, passed: number, other: Partial<Part> = {}): Part => ({
  status: "completed",
  isPartial: false,
  counts: tests(failed, passed),
  ...other,
});

describe("a scan in parts", () => {
  test("of one part is that part", () => {
    expect(wholeOf([part(1, 2)])).toEqual(part(1, 2));
  });

  test("is counted in sum", () => {
    expect(wholeOf([part(1, 2), part(0, 5), part(3, 0)]).counts).toEqual(tests(4, 7));
  });

  test.each([
    [["completed", "failed", "completed"], "failed"],
    [["failed", "running"], "failed"],
    [["completed", "running"], "running"],
    [["queued", "completed"], "queued"],
    [["completed", "completed"], "completed"],
  ] as const)("of which the parts are %j is %s", (statuses, whole) => {
    const [first, ...rest] = statuses.map((status) => part(0, 1, { status }));
    if (first === undefined) throw new Error("no parts");
    expect(wholeOf([first, ...rest]).status).toBe(whole);
  });

  test("is partial when one of its parts is", () => {
    expect(wholeOf([part(0, 1), part(0, 1, { isPartial: true })]).isPartial).toBe(true);
  });
});

import { expect, test } from "vitest";
import { traitsOf } from "./finding-traits.ts";

test("what a tool says besides is told as far as it has the form that is expected", () => {
  const impacts = [{ software_quality: "SECURITY", severity: "HIGH" }];
  expect(traitsOf({ confidence: "high", instance_count: 3, type: null, impacts, fixable: "yes" })).toEqual({ confidence: "high", instance_count: 3, impacts });
});

test.each([null, undefined, 3, "x", [], {}, { confidence: 3, instance_count: "3", type: null, impacts: [{}], fixable: null }])(
  "nothing is told of %j",
  (stored) => {
    expect(traitsOf(stored)).toBeNull();
  },
);

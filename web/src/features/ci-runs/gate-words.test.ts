import { gateMetrics } from "@sentinal/contract";
import { expect, test } from "vitest";
import { gateMetricOrder, readAtMost } from "./gate-words.ts";

test("every metric of a gate can be chosen", () => {
  expect([...gateMetricOrder].toSorted()).toEqual([...gateMetrics].toSorted());
});

test.each([
  ["0", 0],
  [" 12 ", 12],
  ["-1", null],
  ["1.5", null],
  ["", null],
  ["99999999999", null],
])("“%s” of what is allowed is %s", (text, value) => {
  expect(readAtMost(text)).toBe(value);
});

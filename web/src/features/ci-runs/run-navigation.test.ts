import { expect, test } from "vitest";
import { nextFailure } from "./run-navigation.ts";

const runs = (["Success", "Failed", "Running", "Failed"] as const).map((status) => ({ status }));

test("j goes down from failure to failure, k goes up", () => {
  expect(nextFailure(runs, null, 1)).toBe(1);
  expect(nextFailure(runs, 1, 1)).toBe(3);
  expect(nextFailure(runs, 3, -1)).toBe(1);
});

test("there is none beyond the last, nor in a list without", () => {
  expect(nextFailure(runs, 3, 1)).toBeNull();
  expect(nextFailure(runs, 1, -1)).toBeNull();
  expect(nextFailure([], null, 1)).toBeNull();
});

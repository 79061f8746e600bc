import { expect, test } from "vitest";
import { filtersOf, hasFilters, noFilters } from "./filters.ts";

test("days are asked for from their beginning to the end of the last one", () => {
  const { from, to } = filtersOf({ from: "2026-11-22", to: "2026-11-22" });
  expect(from).toBe(new Date(2026, 10, 22).toISOString());
  expect(to).toBe(new Date(2026, 10, 23).toISOString());
  expect(filtersOf({ to: "2026-12-31" }).to).toBe(new Date(2027, 0, 1).toISOString());
});

test.each(["2026-13-01", "2026-02-30", "0000-00-00"])("a day that is none (%s) narrows nothing", (day) => {
  expect(filtersOf({ from: day, to: day })).toEqual({});
});

test("the chosen entry is no filter, and taking all filters away leaves none", () => {
  expect(filtersOf({ entry: 7, action: "user." })).toEqual({ action: "user." });
  expect(hasFilters({ entry: 7 })).toBe(false);
  expect(hasFilters({ outcome: "refused" })).toBe(true);
  expect(hasFilters({ outcome: "refused", actor_id: "7", from: "2026-11-22", entry: 7, ...noFilters })).toBe(false);
});

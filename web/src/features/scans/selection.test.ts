import { describe, expect, test } from "vitest";
import { nothingSelected, select, stillShown } from "./selection.ts";

const rows = [11, 12, 13, 14, 15];
const ids = (selection: typeof nothingSelected) => [...selection.ids].toSorted();

describe("selecting rows", () => {
  test("switches one at a time", () => {
    const one = select(nothingSelected, rows, 12, false);
    expect(ids(one)).toEqual([12]);
    expect(ids(select(one, rows, 12, false))).toEqual([]);
  });

  test("takes the range from the row that was switched last, upwards and downwards", () => {
    const one = select(nothingSelected, rows, 13, false);
    expect(ids(select(one, rows, 15, true))).toEqual([13, 14, 15]);
    expect(ids(select(one, rows, 11, true))).toEqual([11, 12, 13]);
  });

  test("a range without a beginning is the row alone", () => {
    expect(ids(select(nothingSelected, rows, 13, true))).toEqual([13]);
  });

  test("one row taken out of all leaves those that are here", () => {
    expect(select({ ...nothingSelected, isAll: true }, rows, 12, false)).toMatchObject({ isAll: false, ids: new Set([11, 13, 14, 15]) });
  });

  test("forgets rows that the list does not show any more", () => {
    const two = select(select(nothingSelected, rows, 11, false), rows, 12, false);
    expect(ids(stillShown(two, [12, 13]))).toEqual([12]);
    expect(stillShown(two, rows)).toBe(two);
  });
});

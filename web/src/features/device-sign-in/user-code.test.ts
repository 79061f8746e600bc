import { expect, test } from "vitest";
import { codeInHash, isWholeCode, shownCode } from "./user-code.ts";

test.each([
  ["", ""],
  ["bcdf", "BCDF"],
  ["bcdfg", "BCDF-G"],
  ["BCDF-GHJK", "BCDF-GHJK"],
  [" bc df gh jk ", "BCDF-GHJK"],
  ["BCDF-GHJKLMN", "BCDF-GHJK"],
  ["b0c1d!f<a>eg", "BCDF-G"],
])("%j is shown as %j", (typed, shown) => {
  expect(shownCode(typed)).toBe(shown);
});

test("a code is whole with its eight letters", () => {
  expect(isWholeCode("BCDF-GHJK")).toBe(true);
  expect(isWholeCode("BCDF-GHJ")).toBe(false);
});

test("an address may bring a whole code, and nothing else", () => {
  expect(codeInHash("#BCDF-GHJK")).toBe("BCDF-GHJK");
  expect(codeInHash("#bcdfghjk")).toBe("BCDF-GHJK");
  expect(codeInHash("#BCDF")).toBe("");
  expect(codeInHash("")).toBe("");
});

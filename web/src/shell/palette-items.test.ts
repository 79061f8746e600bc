import { expect, test } from "vitest";
import { matchItems } from "./palette-items.ts";

const items = [
  { group: "Pages", label: "Board" },
  { group: "Pages", label: "API tokens" },
  { group: "Repositories", label: "acme/dashboard" },
  { group: "Repositories", label: "board/tools" },
  { group: "Repositories", label: "acme/shop" },
] as const;
const labels = (text: string, most = 10) => matchItems(items, text, most).map((item) => item.label);

test("what starts with the text comes first in its group", () => {
  expect(labels("board")).toEqual(["Board", "board/tools", "acme/dashboard"]);
});

test("all words must occur, in any order", () => {
  expect(labels("shop acme")).toEqual(["acme/shop"]);
  expect(labels("acme tokens")).toEqual([]);
});

test("no text finds everything, up to the most of each group", () => {
  expect(labels("")).toHaveLength(5);
  expect(labels("", 1)).toEqual(["Board", "acme/dashboard"]);
});

import { expect, test } from "vitest";
import { tableLines } from "./table.ts";

test("columns line up, also with letters of two columns", () => {
  const lines = tableLines(
    ["File", "New"],
    [
      [{ text: "検査.json" }, { text: "12", align: "right" }],
      [{ text: "a.json" }, { text: "3", align: "right" }],
    ],
  );
  expect(lines).toEqual(["File       New", "検査.json   12", "a.json       3"]);
});

test("a column in which nothing stands is left out", () => {
  expect(tableLines(["File", "Warnings", "Page"], [[{ text: "a" }, { text: "" }, { text: "b" }]])).toEqual(["File  Page", "a     b"]);
});

test("colours do not move columns", () => {
  const red = (text: string) => `<${text}>`;
  expect(
    tableLines(
      ["A", "B"],
      [
        [{ text: "x", style: red }, { text: "1" }],
        [{ text: "long" }, { text: "2" }],
      ],
    ),
  ).toEqual(["A     B", "<x   >  1", "long  2"]);
});

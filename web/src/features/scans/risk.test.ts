import { describe, expect, test } from "vitest";
import { riskMatrix, toggledAll } from "./risk.ts";

const entries = [
  { value: "medium:high", count: 2 },
  { value: "low:medium", count: 6 },
];

describe("the matrix of risk and confidence", () => {
  test("has a cell for each pair, with how many alerts stand there", () => {
    const { columns, rows } = riskMatrix(entries, ["low:medium"]);
    expect(columns).toEqual(["high", "medium", "low"]);
    expect(rows.map((row) => [row.severity, ...row.cells.map((cell) => cell.count)])).toEqual([
      ["high", 0, 0, 0],
      ["medium", 2, 0, 0],
      ["low", 0, 6, 0],
      ["info", 0, 0, 0],
    ]);
    expect(rows.flatMap((row) => row.cells).filter((cell) => cell.isOn)).toEqual([{ value: "low:medium", count: 6, isOn: true }]);
  });

  test("has the rare confidences only where an alert has them, or they are asked for", () => {
    expect(riskMatrix([{ value: "high:false positive", count: 1 }], ["unknown:confirmed"]).columns).toEqual([
      "confirmed",
      "high",
      "medium",
      "low",
      "false positive",
    ]);
  });
});

test("a row or column is chosen whole, and taken back whole", () => {
  expect(toggledAll(["low:low"], ["high:high", "high:low"])).toEqual(["low:low", "high:high", "high:low"]);
  expect(toggledAll(["high:high", "low:low", "high:low"], ["high:high", "high:low"])).toEqual(["low:low"]);
  expect(toggledAll(["high:high"], ["high:high"])).toBeUndefined();
});

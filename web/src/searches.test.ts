import {
  findingChanges as contractChanges,
  findingKinds as contractKinds,
  scanTypes as contractScanTypes,
  shownFindingStates as contractStates,
  severities,
  testOutcomes as contractOutcomes,
} from "@sentinal/contract";
import { describe, expect, test } from "vitest";
import { findingChanges, findingKinds, findingStates, ownPath, readBoardSearch, readScanSearch, readTestsSearch, scanTypes, testOutcomes } from "./searches.ts";
import { severityOrder } from "./severity.ts";
import { parseSearch, stringifySearch } from "./url-state.ts";

test("a link to a filtered page shows the same page again", () => {
  const search = {
    severity: ["critical", "high"],
    change: ["new"],
    target: ["image (alpine 3.10)"],
    fixable: "true",
    rule: ["eqeqeq"],
    path: ["src/a b.ts"],
    risk: ["high:medium", "low:low"],
    tool_type: ["BUG"],
    show: "all",
    view: "rules",
    q: "open ssl",
    finding: 12,
    group: "none",
  };
  expect(readScanSearch(parseSearch(stringifySearch(search)))).toMatchObject(search);
});

test("a link to filtered tests shows the same tests again", () => {
  const search = {
    outcome: ["failed"],
    change: ["new"],
    flaky: true,
    suite: ["cart", "cart"],
    file: ["src/a b.ts"],
    branch: "next",
    q: "x",
    test: 3,
    on: "main",
  };
  expect(readTestsSearch(parseSearch(stringifySearch({ ...search, sort: "slow" })))).toEqual({ ...search, sort: "slow" });
  expect(readScanSearch(parseSearch(stringifySearch({ ...search, tab: "suites" })))).toMatchObject({ ...search, tab: "suites" });
});

test("nonsense in an address is left out instead of breaking the page", () => {
  const search = readBoardSearch(parseSearch("?status=Broken&run=abc&workflows=some&branch="));
  expect(Object.values(search).every((value) => value === undefined)).toBe(true);
});

test("the page knows every word of the contract", () => {
  expect([...severityOrder]).toEqual([...severities]);
  expect([...scanTypes].toSorted()).toEqual([...contractScanTypes].toSorted());
  expect([...findingKinds].toSorted()).toEqual([...contractKinds].toSorted());
  expect([...findingChanges].toSorted()).toEqual([...contractChanges].toSorted());
  expect([...findingStates].toSorted()).toEqual([...contractStates].toSorted());
  expect([...testOutcomes].toSorted()).toEqual([...contractOutcomes].toSorted());
});

describe("the page after the sign-in", () => {
  test("is one of this hub", () => {
    expect(ownPath("/runs/12?tab=imports#x")).toBe("/runs/12?tab=imports#x");
  });
  test.each(["//evil.test/x", "https://evil.test", "/\\evil.test", "javascript:alert(1)", "runs/1", undefined])("is never %s", (path) => {
    expect(ownPath(path)).toBeUndefined();
  });
});

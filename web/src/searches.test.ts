import { findingChanges as contractChanges, findingKinds as contractKinds, scanTypes as contractScanTypes, severities } from "@sentinal/contract";
import { describe, expect, test } from "vitest";
import { findingChanges, findingKinds, ownPath, readBoardSearch, readScanSearch, scanTypes } from "./searches.ts";
import { severityOrder } from "./severity.ts";
import { parseSearch, stringifySearch } from "./url-state.ts";

test("a link to a filtered page shows the same page again", () => {
  const search = {
    severity: ["critical", "high"],
    change: ["new"],
    target: ["image (alpine 3.10)"],
    fixable: "true",
    q: "open ssl",
    finding: 12,
    group: "none",
  };
  expect(readScanSearch(parseSearch(stringifySearch(search)))).toMatchObject(search);
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
});

describe("the page after the sign-in", () => {
  test("is one of this hub", () => {
    expect(ownPath("/runs/12?tab=imports#x")).toBe("/runs/12?tab=imports#x");
  });
  test.each(["//evil.test/x", "https://evil.test", "/\\evil.test", "javascript:alert(1)", "runs/1", undefined])("is never %s", (path) => {
    expect(ownPath(path)).toBeUndefined();
  });
});

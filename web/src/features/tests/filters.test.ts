import { expect, test } from "vitest";
import { apiTestFilters, type TestView } from "./filters.ts";

const ofScan = { scanId: 7, repository: undefined };
const failed: TestView = { sort: "failed", outcome: ["failed", "error"], kind: "case" };

test("a filter narrows what the tab shows, and never widens it", () => {
  expect(apiTestFilters(ofScan, failed, { outcome: ["error"] })).toMatchObject({ scan_id: 7, outcome: ["error"], kind: "case" });
  expect(apiTestFilters(ofScan, failed, { outcome: ["passed"] })).toMatchObject({ outcome: ["failed", "error"] });
  expect(apiTestFilters(ofScan, { isFlaky: true }, {})).toMatchObject({ flaky: "true" });
});

test("of a scan its own branch counts; without one, repository and branch are asked for", () => {
  expect(apiTestFilters(ofScan, {}, { branch: "next" })).not.toHaveProperty("branch");
  expect(apiTestFilters({ scanId: null, repository: "acme/shop" }, {}, { branch: "next", suite: ["cart", "totals"] })).toMatchObject({
    repository: "acme/shop",
    branch: "next",
    suite: ["cart", "totals"],
  });
});

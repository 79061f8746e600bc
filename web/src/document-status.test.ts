import { expect, test } from "vitest";
import { documentTitle, faviconAddress } from "./document-status.ts";

test("the tab's title says the status in a sign and a word", () => {
  expect(documentTitle("Run 12", "failure")).toBe("✕ Failed · Run 12 · Sentinal");
  expect(documentTitle("Tokens", null)).toBe("Tokens · Sentinal");
});

test("the tab's picture tells failure from success by shape too", () => {
  expect(decodeURIComponent(faviconAddress("failure"))).toContain("M7 7h10v10H7z");
  expect(decodeURIComponent(faviconAddress("success"))).not.toContain("M7 7h10v10H7z");
});

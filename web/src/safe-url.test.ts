import { expect, test } from "vitest";
import { safeUrl } from "./safe-url.ts";

test.each(["javascript:alert(1)", "data:text/html,x", "ftp://a.test/x", "//a.test", "not an address", "", null])("%s is no link", (address) => {
  expect(safeUrl(address)).toBeNull();
});

test("addresses of the web are links", () => {
  expect(safeUrl("https://avd.aquasec.com/nvd/cve-2024-1")).toBe("https://avd.aquasec.com/nvd/cve-2024-1");
});

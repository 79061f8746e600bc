import { expect, test } from "vitest";
import { compareVersions, highestVersion } from "./versions.ts";

test("versions are compared part by part, numbers as numbers", () => {
  expect(compareVersions("1.10.0", "1.9.3")).toBeGreaterThan(0);
  expect(compareVersions("1.0.1", "1.0")).toBeGreaterThan(0);
  expect(compareVersions("1.0-rc1", "1.0")).toBeLessThan(0);
  expect(compareVersions("2.4.46-1+deb12u1", "2.4.46-1+deb12u2")).toBeLessThan(0);
  expect(compareVersions("3.0.15", "3.0.15")).toBe(0);
});

test("the highest of the versions that would fix is shown", () => {
  expect(highestVersion(["4.17.19", "4.17.21", "4.17.5"])).toBe("4.17.21");
});

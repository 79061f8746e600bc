import { describe, expect, test } from "vitest";
import { groupFindings, nextFinding } from "./finding-rows.ts";
import { aFinding } from "./fixture.ts";

const findings = [
  aFinding({ id: 1, severity: "critical", package_name: "openssl" }),
  aFinding({ id: 2, severity: "high", package_name: "zlib" }),
  aFinding({ id: 3, severity: "high", target: "app/package-lock.json", package_name: "lodash" }),
  aFinding({ id: 4, severity: "low", package_name: "openssl", installed_version: "1.0.2" }),
];
const names = (folded: string[] = []) =>
  groupFindings(findings, new Set(folded)).map((row) => (row.type === "finding" ? row.finding.id : row.type === "target" ? row.target : row.packageName));

describe("grouping", () => {
  test("puts every finding under its package and target, the gravest first", () => {
    expect(names()).toEqual(["image (alpine 3.10)", "openssl", 1, 4, "zlib", 2, "app/package-lock.json", "lodash", 3]);
  });

  test("counts what stands under a group, folded or not", () => {
    const [target, openssl] = groupFindings(findings, new Set(["package image (alpine 3.10) openssl"]));
    expect(target).toMatchObject({ counts: { critical: 1, high: 1, low: 1, total: 3 } });
    expect(openssl).toMatchObject({ isFolded: true, installedVersions: ["1.0", "1.0.2"], counts: { total: 2 } });
  });

  test("a folded group hides what stands under it, and nothing else", () => {
    expect(names(["package image (alpine 3.10) openssl"])).toEqual(["image (alpine 3.10)", "openssl", "zlib", 2, "app/package-lock.json", "lodash", 3]);
    expect(names(["target image (alpine 3.10)"])).toEqual(["image (alpine 3.10)", "app/package-lock.json", "lodash", 3]);
  });

  test("what belongs to no package stands under its target", () => {
    const rows = groupFindings([aFinding({ id: 9, kind: "secret", package_name: null, target: null })], new Set());
    expect(rows.map((row) => row.type)).toEqual(["target", "finding"]);
    expect(rows[0]).toMatchObject({ target: "No target named" });
  });
});

test("j and k step from finding to finding over the heads of groups", () => {
  const rows = groupFindings(findings, new Set());
  expect(nextFinding(rows, null, 1)).toBe(2);
  expect(nextFinding(rows, 3, 1)).toBe(5);
  expect(nextFinding(rows, 2, -1)).toBeNull();
});

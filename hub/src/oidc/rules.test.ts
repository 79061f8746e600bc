import { RefPattern, WorkflowPath } from "@sentinal/contract";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { admitsRef } from "./rules.ts";

describe("refs", () => {
  test.each([
    ["refs/heads/main", "refs/heads/main", true],
    ["refs/heads/main", "refs/heads/main2", false],
    ["refs/heads/main", "refs/heads/main/x", false],
    ["refs/heads/release/*", "refs/heads/release/1.0", true],
    ["refs/heads/release/*", "refs/heads/release/1/0", true],
    ["refs/heads/release/*", "refs/heads/release/", false],
    ["refs/heads/release/*", "refs/heads/release", false],
    ["refs/heads/release/*", "refs/heads/releases/1", false],
    ["refs/heads/release/*", "refs/heads/Release/1", false],
    ["refs/heads/release/*", "x/refs/heads/release/1", false],
    ["refs/heads/a.b", "refs/heads/aXb", false],
    ["refs/heads/a|b", "refs/heads/a", false],
  ])("%s admits %s: %s", (pattern, ref, isAdmitted) => {
    expect(admitsRef(pattern, ref)).toBe(isAdmitted);
  });

  test("no pattern admits a ref that does not begin with it, whatever signs it holds", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, ref) => {
        const begin = pattern.endsWith("/*") ? pattern.slice(0, -1) : pattern;
        expect(admitsRef(pattern, ref)).toBe(pattern.endsWith("/*") ? ref.startsWith(begin) && ref !== begin : ref === pattern);
      }),
    );
  });

  test("are patterns only with a star at the end, below a whole folder", () => {
    for (const good of ["refs/heads/main", "refs/heads/*", "refs/pull/*", "refs/tags/v1.2", "refs/heads/a|b"])
      expect(RefPattern.safeParse(good).success, good).toBe(true);
    for (const bad of [
      "*",
      "main",
      "refs/*/main",
      "refs/heads/rel*",
      "refs/heads/**",
      "refs/heads/",
      "refs//x",
      "refs/heads/a b",
      "refs/heads/a\n",
      "Refs/heads/x",
    ])
      expect(RefPattern.safeParse(bad).success, bad).toBe(false);
  });
});

test("workflows are files of the folder for them, and hold no @", () => {
  for (const good of [".github/workflows/ci.yml", ".github/workflows/Build and test.yaml"]) expect(WorkflowPath.safeParse(good).success, good).toBe(true);
  for (const bad of [
    "ci.yml",
    ".github/workflows/../x.yml",
    ".github/workflows/a@b.yml",
    ".github/workflows/*.yml",
    "acme/shop/.github/workflows/ci.yml",
    ".github/workflows/ci.yml\n",
  ])
    expect(WorkflowPath.safeParse(bad).success, bad).toBe(false);
});

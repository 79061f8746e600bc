import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { textLinters } from "./text-linters.ts";

describe("findings in text, workflows and scripts", () => {
  test.each([
    ["docs/a.md:12: recieve ==> receive", "code.lint"],
    ["docs/a.md:3:7 - Unknown word (foobaz)", "code.lint"],
    ["error: `teh` should be `the`", "code.lint"],
    ["  3:81      error    line too long (95 > 80 characters)  (line-length)", "code.lint"],
    ["a.yaml:3:81: [error] line too long (95 > 80 characters) (line-length)", "code.lint"],
    ['.github/workflows/ci.yml:9:5: unexpected key "rnu" for step [syntax-check]', "code.lint"],
    ["Dockerfile:3 DL3008 warning: Pin versions in apt get install.", "code.lint"],
    ["     ^---^ SC2086 (info): Double quote to prevent globbing and word splitting.", "code.lint"],
    ["README.md:3:81 MD013/line-length Line length [Expected: 80; Actual: 95]", "code.lint"],
    ["[404] https://example.com/gone | Failed: Network error: Not Found", "policy.gate"],
    ["\t12: Trailing whitespace", "code.lint"],
    [">>> Lint for torch/a.py:", "code.lint"],
    ["trim trailing whitespace.................................................Failed", "code.lint"],
    ['Check: CKV_AWS_20: "Ensure the bucket is private"', "policy.gate"],
    ["a.c:3: trailing whitespace.", "code.lint"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseStep(line)).toMatchObject({ category, cause: { text: line.trim() } });
  });

  it("the first of many is the cause, by what is wrong and not by where", () => {
    const [first, second] = sightingsOf(textLinters, "a.md:12: recieve ==> receive\nb/c.md:99: recieve ==> receive\n");
    expect(first?.key).toBe(second?.key);
  });

  it("are not what a passing check prints", () => {
    expect(
      sightingsOf(textLinters, "trim trailing whitespace....................Passed\n[200] https://example.com\nkey ==> value pairs\n[ERROR] no tests\n"),
    ).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { javaLint } from "./java-lint.ts";

describe("a finding of a Java linter", () => {
  it.each([
    ["[ant:checkstyle] [ERROR] /x/A.java:491:77: '|' should be on a new line. [OperatorWrap]", "'|' should be on a new line. [OperatorWrap]"],
    ["[ERROR] /x/A.java:[12,3] (imports) UnusedImports: Unused import - a.B.", "(imports) UnusedImports: Unused import - a.B."],
    ["[ERROR] src/main/java/A.java:[12] (sizes) LineLength: Line is longer than 100.", "(sizes) LineLength: Line is longer than 100."],
    ["/x/src/main/java/A.java:12:\tUnusedPrivateField:\tAvoid unused fields", "UnusedPrivateField:\tAvoid unused fields"],
    ["[ERROR] PMD Failure: a.B:12 Rule:UnusedPrivateField Priority:3 Avoid unused fields", "a.B:12 Rule:UnusedPrivateField Priority:3 Avoid unused fields"],
    ["[ERROR] High: Null dereferenced [a.B] At B.java:[line 12] NP_NULL_DEREF", "High: Null dereferenced [a.B] At B.java:[line 12] NP_NULL_DEREF"],
    [
      "[ERROR] Forbidden method invocation: java.lang.String#getBytes() [Uses default charset]",
      "Forbidden method invocation: java.lang.String#getBytes() [Uses default charset]",
    ],
  ])("is told by %j", (line, key) => {
    expect(sightingsOf(javaLint, line)).toMatchObject([{ category: "code.lint", strength: "cause", key }]);
  });

  it("is only a hint where it is a warning", () => {
    expect(sightingsOf(javaLint, "[WARN] /x/A.java:12:3: Line is too long. [LineLength]\n").map(({ strength }) => strength)).toEqual(["hint"]);
  });

  it("is not seen in a compiler's errors or a stack trace", () => {
    expect(
      sightingsOf(
        javaLint,
        "/x/A.java:12: error: cannot find symbol\n[ERROR] /x/A.java:[1,2] cannot find symbol\n\tat a.B(B.java:12)\n[INFO] You have 0 Checkstyle violations.\n",
      ),
    ).toEqual([]);
  });
});

it("a coverage that is too low is a gate", () => {
  expect(sightingsOf(javaLint, "[WARNING] Rule violated for bundle core: lines covered ratio is 0.50, but expected minimum is 0.80\n")).toMatchObject([
    { category: "policy.gate", strength: "likely" },
  ]);
});

it("a change that breaks users is a gate", () => {
  const text =
    "[ERROR] java.method.removed: method void a.B::c(): Method was removed.\n[ERROR] 7002: a.B: Method 'c' has been removed\n[ERROR] /x/A.java:12: Undefined reference: java.util.Optional\n";
  expect(sightingsOf(javaLint, text).map(({ category }) => category)).toEqual(["policy.gate", "policy.gate", "policy.gate"]);
});

import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { javac } from "./javac.ts";

describe("javac's errors", () => {
  it("are found as the compiler, Gradle and Ant print them", () => {
    const seen = sightingsOf(javac, "src/main/java/A.java:12: error: cannot find symbol\n    [javac] /x/B.java:3: error: ';' expected\n");
    expect(seen.map(({ line, category, strength, key }) => ({ line, category, strength, key }))).toEqual([
      { line: 1, category: "code.compile", strength: "cause", key: "cannot find symbol" },
      { line: 2, category: "code.compile", strength: "cause", key: "';' expected" },
    ]);
  });

  it("are found as Maven prints them, in colours too", () => {
    const seen = sightingsOf(javac, "[\u001b[1;31mERROR\u001b[m] /x/A.java:[27,122] incompatible types: int cannot be converted\n");
    expect(seen).toMatchObject([{ line: 1, key: "incompatible types: int cannot be converted" }]);
  });

  it("are no warnings, and no places of stack traces", () => {
    expect(sightingsOf(javac, "A.java:12: warning: [deprecation] x\n\tat a.B.c(B.java:12)\n")).toEqual([]);
  });

  it("are the cause of a step, though later lines say that the build failed", () => {
    const diagnosis = diagnoseStep("> Task :compileJava FAILED\n/x/A.java:1: error: illegal start of type\n1 error\nFAILURE: Build failed with an exception.");
    expect(diagnosis).toMatchObject({ category: "code.compile", rerun: false, cause: { text: "/x/A.java:1: error: illegal start of type" } });
  });
});

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

  it("are found where Maven tells several under one level", () => {
    const seen = sightingsOf(javac, "[ERROR] /x/A.java:[1,2] error: cannot find symbol\n  symbol: class B\n/x/C.java:[3,4] error: cannot find symbol\n");
    expect(seen.map(({ line }) => line)).toEqual([1, 3]);
  });

  it("are found by Error Prone and annotation processors", () => {
    const seen = sightingsOf(javac, "/x/A.java:12: error: [NullAway] dereferenced\ne: /x/B.java:7: error: [Dagger/MissingBinding] a.C\n");
    expect(seen).toMatchObject([{ key: "[NullAway] dereferenced" }, { key: "[Dagger/MissingBinding] a.C" }]);
  });

  it("tell a version that this Java does not know", () => {
    const seen = sightingsOf(
      javac,
      "error: release version 21 not supported\nerror: invalid target release: 17\nerror: Source option 6 is no longer supported. Use 7 or later.\n",
    );
    expect(seen.map(({ category }) => category)).toEqual(["config.toolchain", "config.toolchain", "config.toolchain"]);
  });

  it("are a matter of style where Javadoc finds them in comments", () => {
    expect(sightingsOf(javac, "/x/A.java:12: error: bad use of '>'\n")).toMatchObject([{ category: "code.lint", strength: "likely" }]);
  });

  it("are no warnings, no places of stack traces and nothing of Checkstyle's", () => {
    const passing = [
      "A.java:12: warning: [deprecation] x",
      "\tat a.B.c(B.java:12)",
      "[WARNING] /x/A.java:[1,2] [unchecked] unchecked call",
      "[WARNING] /x/A.java:3: error: reference not found",
      "[ERROR] /x/A.java:[1,2] (imports) UnusedImports: Unused import - a.B.",
      "warning: [options] source value 7 is obsolete and will be removed in a future release",
    ];
    expect(sightingsOf(javac, passing.join("\n"))).toEqual([]);
  });

  it("are found in the languages that the compiler speaks", () => {
    const text =
      "/x/A.java:3: 错误: 程序包a.b不存在\nA.java:5: エラー: シンボルを見つけられません\nC:\\x\\A.java:7: Fehler: Symbol nicht gefunden\nA.java:9: erreur : symbole introuvable\n";
    expect(sightingsOf(javac, text)).toMatchObject([1, 2, 3, 4].map((line) => ({ line, category: "code.compile", strength: "cause" })));
  });

  it("are the cause of a step, though later lines say that the build failed", () => {
    const diagnosis = diagnoseStep("> Task :compileJava FAILED\n/x/A.java:1: error: illegal start of type\n1 error\nFAILURE: Build failed with an exception.");
    expect(diagnosis).toMatchObject({ category: "code.compile", rerun: false, cause: { text: "/x/A.java:1: error: illegal start of type" } });
  });
});

import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { groovy } from "./groovy.ts";

it("names errors in sources, in Gradle's scripts and in Jenkins' pipelines", () => {
  const text =
    "startup failed:\nk/B.groovy: 1: unable to resolve class Foo \n @ line 1, column 11.\nbuild file '/x/build.gradle': 12: unexpected token: } @ line 12, column 1.\nWorkflowScript: 3: Expected a stage @ line 3, column 1.\n";
  expect(sightingsOf(groovy, text).map(({ line, category }) => ({ line, category }))).toEqual([
    { line: 2, category: "code.compile" },
    { line: 4, category: "code.syntax" },
    { line: 5, category: "config.workflow" },
  ]);
});

it("sees no places of stack traces", () => {
  expect(sightingsOf(groovy, "\tat a.B.c(B.groovy:12)\nCompiling B.groovy: done\n")).toEqual([]);
});

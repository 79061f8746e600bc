import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { ecj } from "./ecj.ts";

it("names an error by the message below the mark", () => {
  const text =
    '----------\n1. ERROR in /x/B.java (at line 1)\n\tclass B { int x = "a"; }\n\t                  ^^^\nType mismatch: cannot convert from String to int\n----------\n';
  expect(sightingsOf(ecj, text)).toMatchObject([
    { line: 2, category: "code.compile", strength: "cause", key: "Type mismatch: cannot convert from String to int" },
  ]);
});

it("reads Tycho's errors, and no warnings", () => {
  const text =
    "[ERROR] /x/B.java:[12] The method y() is undefined for the type B\n2. WARNING in /x/B.java (at line 3)\n[WARNING] /x/B.java:[12] The import a is never used\n";
  expect(sightingsOf(ecj, text).map(({ line }) => line)).toEqual([1]);
});

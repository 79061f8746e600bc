import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { kotlinLint } from "./kotlin-lint.ts";

it("names findings of ktlint, Kotlinter and detekt", () => {
  const text = [
    "/x/A.kt:12:3: Unused import (no-unused-imports)",
    "/x/A.kt:12:3 Needless blank line(s) (standard:no-consecutive-blank-lines)",
    "/x/A.kt:12:3: Lint error > [no-unused-imports] Unused import",
    "/x/A.kt:12:3: A name is too long. [FunctionNaming]",
    "\tLongMethod - 62/60 - [a] at /x/A.kt:12:3",
    "/x/A.kt:12:3: Missing space after //",
  ];
  expect(sightingsOf(kotlinLint, text.join("\n")).map(({ line, category, strength }) => `${line} ${category} ${strength}`)).toEqual([
    "1 code.lint cause",
    "2 code.lint cause",
    "3 code.lint cause",
    "4 code.lint likely",
    "5 code.lint likely",
    "6 code.lint likely",
  ]);
});

it("sees no words of the compiler's", () => {
  expect(
    sightingsOf(kotlinLint, "w: file:///x/A.kt:12:3 Unused (variable)\ne: /x/A.kt: (12, 3): Unresolved\n\tat a.B(A.kt:12)\n/x/A.kt:12:3: error: unresolved\n"),
  ).toEqual([]);
});

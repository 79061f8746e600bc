import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { kotlin } from "./kotlin.ts";

it.each([
  ["e: /x/A.kt: (12, 3): Unresolved reference: foo", "Unresolved reference: foo"],
  ["e: file:///x/A.kt:12:3 Unresolved reference: foo", "Unresolved reference: foo"],
  ["e: file:///x/build.gradle.kts:12:3: Unresolved reference: foo", "Unresolved reference: foo"],
  ["k/a.kt:1:27: error: type mismatch: inferred type is String", "type mismatch: inferred type is String"],
  ["[ERROR] /x/A.kt:[12,3] Unresolved reference: foo", "Unresolved reference: foo"],
  ["[ERROR] /x/A.kt: (12, 3) Unresolved reference: foo", "Unresolved reference: foo"],
  ["e: [ksp] /x/A.kt:12: no constructor", "e: [ksp] /x/A.kt:12: no constructor"],
  ["e: warnings found and -Werror specified", "e: warnings found and -Werror specified"],
])("names an error by %j", (line, key) => {
  expect(sightingsOf(kotlin, line)).toMatchObject([{ category: "code.compile", strength: "cause", key }]);
});

it("sees no warnings, and no places of stack traces", () => {
  expect(
    sightingsOf(
      kotlin,
      "w: /x/A.kt: (12, 3): Parameter 'a' is never used\nw: file:///x/A.kt:12:3 Deprecated\n\tat a.B.c(A.kt:12)\n[WARNING] /x/A.kt:[12,3] Unused\nname: error\n",
    ),
  ).toEqual([]);
});

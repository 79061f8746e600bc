import { expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { junitConsoles } from "./junit-consoles.ts";

it("names failed tests of JUnit 4's text runner", () => {
  const text =
    "..E.E\nTime: 0.007\nThere were 2 failures:\n1) bad(a.BTest)\njava.lang.AssertionError: expected:<1>\n2) err(a.BTest)\njava.lang.IllegalStateException: boom\n\nFAILURES!!!\nTests run: 3,  Failures: 2\n1) other(a.BTest)\n";
  expect(sightingsOf(junitConsoles, text).map(({ line, test }) => ({ line, test }))).toEqual([
    { line: 4, test: "a.BTest.bad" },
    { line: 6, test: "a.BTest.err" },
  ]);
});

it("names failed tests of the JUnit Platform's tree and summary", () => {
  const text =
    "   └─ FiveTest ✔\n      ├─ ok() ✔\n      ├─ bad() ✘ sum ==> expected: <1>\n    +-- ok() [OK]\n    | '-- [2] 2 [X] expected: <true>\n\nFailures (1):\n  JUnit Jupiter:FiveTest:bad()\n";
  expect(sightingsOf(junitConsoles, text).map(({ line, strength, test }) => ({ line, strength, test }))).toEqual([
    { line: 3, strength: "cause", test: "bad()" },
    { line: 5, strength: "cause", test: "[2] 2" },
    { line: 8, strength: "likely", test: "FiveTest.bad()" },
  ]);
});

it("names failed tests of TestNG, and not other tools' lines of that form", () => {
  const text =
    "PASSED: ok\nFAILED: par(2)\njava.lang.AssertionError: expected [true]\n\tat a.B(B.java:1)\nFAILED CONFIGURATION: @BeforeMethod setUp\nFAILED: step\nnothing\n";
  expect(sightingsOf(junitConsoles, text).map(({ line, test }) => ({ line, test }))).toEqual([
    { line: 2, test: "par" },
    { line: 5, test: "@BeforeMethod setUp" },
  ]);
});

it("names Cucumber's failed scenarios", () => {
  const text = "Failed scenarios:\nfile:///x/a.feature:12 # Adds numbers\nclasspath:b.feature:3 # Divides\n\n5 Scenarios (2 failed)\n";
  expect(sightingsOf(junitConsoles, text).map(({ line, strength, test }) => ({ line, strength, test }))).toEqual([
    { line: 2, strength: "likely", test: "Adds numbers" },
    { line: 3, strength: "likely", test: "Divides" },
  ]);
});

it("sees nothing in a run that passes", () => {
  expect(
    sightingsOf(
      junitConsoles,
      "OK (3 tests)\nTotal tests run: 5, Failures: 0, Skips: 0\n1) first step (of two)\n├─ ok() ✔\n[         0 tests failed          ]\n",
    ),
  ).toEqual([]);
});

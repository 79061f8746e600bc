import { describe, expect, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { mocha } from "./mocha.ts";

const spec = [
  "  suite",
  "    inner",
  "      1) adds",
  "      ✔ subtracts",
  "",
  "  1 passing (62ms)",
  "  1 failing",
  "",
  "  1) suite",
  "       inner",
  "         adds:",
  "",
  "      AssertionError [ERR_ASSERTION]: 1 == 2",
  "",
].join("\n");

describe("Mocha's failed tests", () => {
  test("are numbered in the run, and named after the count", () => {
    expect(sightingsOf(mocha, spec)).toMatchObject([
      { line: 3, strength: "cause", key: "adds" },
      { line: 7, strength: "summary" },
      { line: 9, strength: "cause", test: "suite inner adds", key: "suite inner adds AssertionError [ERR_ASSERTION]: 1 == 2" },
    ]);
    expect(diagnoseStep(spec)).toMatchObject({ category: "code.test", cause: { text: "1) adds" }, failedTests: ["suite inner adds"] });
  });

  test("stand only after the count with the dot reporter, in old versions on one line", () => {
    const seen = sightingsOf(mocha, "  ․․!\n\n  2 passing (9ms)\n  1 failing\n\n  1) suite inner adds:\n     Error: Timeout of 50ms exceeded.\n");
    expect(seen.at(-1)).toMatchObject({ line: 6, strength: "cause", test: "suite inner adds", transient: "possible" });
  });

  test("are found behind a package's name", () => {
    expect(sightingsOf(mocha, "pkg:   ✓ one\npkg:   1) adds\npkg:   1 passing (2ms)\n")).toMatchObject([{ line: 2, strength: "cause" }]);
  });

  test("are found in the xunit reporter's form", () => {
    expect(sightingsOf(mocha, '<testcase classname="suite" name="adds" time="0"><failure>boom\n')).toMatchObject([
      { category: "code.test", strength: "cause" },
    ]);
  });

  test.each([
    [" Exception during run: Error: Cannot find module '../nope'", "code.import_error"],
    [" Exception during run: SyntaxError[ @/w/a.js ]: Unexpected token ';'", "code.syntax"],
    ["✖ ERROR: Error: Cannot find module 'chai'", "dependency.missing_module"],
  ])("could not even be loaded: %s", (line, category) => {
    expect(sightingsOf(mocha, `${line}\n`)).toMatchObject([{ strength: "cause", category }]);
  });

  test("are none in lists and in runs that pass", () => {
    expect(sightingsOf(mocha, "  Steps:\n  1) install\n  2) run\n\nDone.\n")).toEqual([]);
    expect(sightingsOf(mocha, "  suite\n    ✓ adds\n    ✓ says 1) and 2)\n\n  2 passing (3ms)\n")).toEqual([]);
    expect(sightingsOf(mocha, "  1) [chromium] › a.spec.ts:1:2 › adds ─────────\n\n  ✓ x\n")).toEqual([]);
  });
});

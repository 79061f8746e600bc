import { describe, expect, test } from "vitest";
import { sightingsOf } from "../testing.ts";
import { jasmine } from "./jasmine.ts";
import { karma } from "./karma.ts";
import { playwright } from "./playwright.ts";

describe("Karma", () => {
  test("names the browser, the test, and FAILED", () => {
    const log =
      "Chrome Headless 100.0.4896.127 (Linux x86_64): Executed 0 of 5 SUCCESS (0 secs / 0 secs)\nChrome Headless 100.0.4896.127 (Linux x86_64) suite adds FAILED\n\tExpected 1 to be 2.\nHeadlessChrome 73.0.3683 (Linux 0.0.0): Executed 2 of 5 (1 FAILED) (0 secs / 0.002 secs)\nTOTAL: 1 FAILED, 1 SUCCESS\n";
    const seen = sightingsOf(karma, log);
    expect(seen[0]).toMatchObject({ line: 2, strength: "cause", test: "suite adds", key: "suite adds Expected 1 to be 2." });
    expect(seen.slice(1).every(({ strength }) => strength === "summary")).toBe(true);
  });

  test.each([
    ["26 04 2021 12:00:00.123:ERROR [launcher]: No binary for ChromeHeadless browser on your platform.", "config.toolchain"],
    ["26 04 2021 12:00:00.123:ERROR [launcher]: ChromeHeadless failed 2 times (cannot start). Giving up.", "config.toolchain"],
    ["Chrome Headless 100.0 (Linux) ERROR\n  Disconnected , because no message in 30000 ms.", "timeout.test"],
    ["Firefox 115.0 (Ubuntu 0.0.0) ERROR\n  Uncaught SyntaxError: Unexpected token ';'", "code.syntax"],
  ])("tells why no test ran: %s", (log, category) => {
    expect(sightingsOf(karma, `${log}\n`)[0]).toMatchObject({ line: 1, strength: "cause", category });
  });

  test("says nothing of a run that passes", () => {
    expect(sightingsOf(karma, "Chrome Headless 100.0 (Linux): Executed 5 of 5 SUCCESS (0.1 secs / 0.05 secs)\nTOTAL: 5 SUCCESS\n")).toEqual([]);
  });
});

describe("Jasmine", () => {
  test("numbers failed specs, with a message below", () => {
    const log =
      "Failures:\n1) suite adds\n  Message:\n    Expected 1 to be 2.\n  Stack:\n        at <Jasmine>\nPending:\n\n1) later\n  Temporarily disabled with xit\n\n5 specs, 1 failure, 1 pending spec\n";
    expect(sightingsOf(jasmine, log)).toMatchObject([
      { line: 2, strength: "cause", test: "suite adds", key: "suite adds Expected 1 to be 2." },
      { line: 12, strength: "summary" },
    ]);
  });

  test("numbers them so with the spec reporter too", () => {
    expect(sightingsOf(jasmine, "1) suite adds\n  - Expected 1 to be 2.\n")).toMatchObject([{ line: 1, strength: "cause" }]);
  });

  test("tells of focused specs, and nothing of a run that passes", () => {
    expect(sightingsOf(jasmine, "Incomplete: fit() or fdescribe() was found\n")).toMatchObject([{ strength: "cause" }]);
    expect(sightingsOf(jasmine, "5 specs, 0 failures\n1) a point\n2) another\n")).toEqual([]);
  });
});

describe("Playwright", () => {
  test("numbers failed tests with their place", () => {
    const log =
      "  ✘  1 [chromium] › a.spec.ts:1:78 › suite › adds (16ms)\n\n\n  1) [chromium] › a.spec.ts:1:78 › suite › adds ──────────────\n\n    Error: expect(received).toBe(expected)\n\n  1 failed\n    [chromium] › a.spec.ts:1:78 › suite › adds ─────\n  2 passed (3.2s)\n";
    expect(sightingsOf(playwright, log)).toMatchObject([
      { line: 1, strength: "likely" },
      { line: 4, strength: "cause", test: "a.spec.ts:1:78 › suite › adds" },
      { line: 8, strength: "summary" },
    ]);
  });

  test("does not blame a test that passed when it was tried again", () => {
    const log =
      "  1) [chromium] › a.spec.ts:1:78 › suite › slow ──────────────\n\n    Test timeout of 30000ms exceeded.\n\n  1 flaky\n    [chromium] › a.spec.ts:1:78 › suite › slow ─────\n  6 passed (41.2s)\n";
    expect(sightingsOf(playwright, log)).toMatchObject([{ line: 1, strength: "summary" }]);
  });

  test("tells when the server or the browser was not there", () => {
    expect(sightingsOf(playwright, "Error: Timed out waiting 60000ms from config.webServer.\n")).toMatchObject([{ category: "timeout.test" }]);
    expect(sightingsOf(playwright, "    Error: browserType.launch: Executable doesn't exist at /x/chrome\n")).toMatchObject([{ category: "config.toolchain" }]);
  });

  test("says nothing of a run that passes", () => {
    expect(sightingsOf(playwright, "  ✓  1 [chromium] › a.spec.ts:1:121 › suite › ok (5ms)\n\n  1 passed (2s)\n")).toEqual([]);
  });
});

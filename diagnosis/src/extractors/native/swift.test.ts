import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { swift } from "./swift.ts";

const told = (text: string) =>
  sightingsOf(swift, text).map(({ line, category, strength, test }) => `${line} ${category} ${strength}${test === undefined ? "" : ` ${test}`}`);

describe("Swift and Xcode", () => {
  it("name errors in files, through xcpretty and xcbeautify too", () => {
    expect(
      told(
        "/p/A.swift:1:2: error: cannot find 'x' in scope\n❌  /p/B.swift:3:4: value of type 'Y' has no member 'z'\n[x] /p/C.swift:1:2: expected '}'\n/p/D.swift:1:8: error: no such module 'Alamofire'\n/p/E.swift:3:1: error: Line Length Violation: Line should be 120 characters or less (line_length)",
      ),
    ).toEqual(["1 code.compile cause", "2 code.compile cause", "3 code.syntax cause", "4 dependency.missing_module cause", "5 code.lint cause"]);
  });

  it("name failed tests of XCTest and Swift Testing", () => {
    expect(
      told(
        "/p/T.swift:12: error: -[App.T testX] : XCTAssertEqual failed: (\"1\") is not equal to (\"2\")\nTest Case '-[App.T testX]' failed (0.1 seconds).\n/p/T.swift:12: error: T.testY : XCTAssertTrue failed\nTest Case 'T.testY' failed (0.1 seconds)\n    ✖ testZ on 'iPhone 16' - failed\n✘ Test adds() recorded an issue at T.swift:12:3: Expectation failed: a == b\n✘ Test adds() failed after 0.1 seconds with 1 issue.\nExecuted 3 tests, with 1 failure (0 unexpected) in 0.1 (0.2) seconds\n** TEST FAILED **",
      ),
    ).toEqual([
      "1 code.test cause -[App.T testX]",
      "2 code.test cause -[App.T testX]",
      "3 code.test cause T.testY",
      "4 code.test cause T.testY",
      "5 code.test cause testZ",
      "6 code.test cause adds()",
      "7 code.test likely adds()",
      "8 code.test summary",
      "9 code.test symptom",
    ]);
  });

  it("tell packages, tools and the project from code", () => {
    expect(
      told(
        'xcodebuild: error: Unable to find a destination matching the provided destination specifier:\nxcodebuild: error: Could not resolve package dependencies:\nxcodebuild: error: The project named "X" does not contain a scheme named "Y".\n[!] CocoaPods could not find compatible versions for pod "X":\nerror: Dependencies could not be resolved because root depends on \'a\' 1.0.0..<2.0.0\nerror: package \'x\' is using Swift tools version 6.2.0 but the installed version is 5.9.0\n** BUILD FAILED **\nThe following build commands failed:',
      ),
    ).toEqual([
      "1 config.toolchain cause",
      "2 dependency.resolution cause",
      "3 config.workflow cause",
      "4 dependency.resolution cause",
      "5 dependency.resolution cause",
      "6 config.toolchain cause",
      "7 code.compile symptom",
      "8 code.compile summary",
    ]);
  });

  it("are silent where all is well", () => {
    expect(
      told(
        "** BUILD SUCCEEDED **\nTest Case '-[App.T testX]' passed (0.1 seconds).\nExecuted 3 tests, with 0 failures (0 unexpected) in 0.1 seconds\n/p/A.swift:1:2: warning: variable 'x' was never used\nDone linting! Found 2 violations, 0 serious in 10 files.\n[!] Automatically assigning platform `iOS`\n✗ something\n",
      ),
    ).toEqual([]);
  });
});

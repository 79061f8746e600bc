import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

const took = String.raw`\[(?:< ?)?\d[\d.,]* ?(?:ms|s|sec|m|min|h)(?: \d+ ?(?:ms|s|m))?\]`;
const forms: readonly Form[] = [
  [new RegExp(String.raw`^\s{0,12}(?:Failed|X)\s{1,8}(?<test>\S.{0,400}?) ${took}$`), "code.test", "cause", "A test failed"],
  [/^\s{0,12}failed (?<test>\S.{0,400}?) \(\d[\w .,]{0,20}\)$/, "code.test", "cause", "A test failed"],
  [/^\s{0,12}\[xUnit\.net [\d:.]{1,20}\]\s{1,12}(?<test>\S.{0,400}?) \[FAIL\]$/, "code.test", "cause", "xUnit names a failed test"],
  [/^\s{1,8}(?<test>[\w.+`]{3,300}(?:\(.{0,300}\))?) \[FAIL\]$/, "code.test", "cause", "xUnit names a failed test"],
  [/^\[xUnit\.net [\d:.]{1,20}\]\s{1,12}(?<key>.{0,200}: Catastrophic failure.{0,300})/, "code.test", "cause", "xUnit could not run"],
  [/^\s{0,6}\d+\) (?:Failed|Error|Invalid|SetUp Error|TearDown Error) : (?<test>\S.{0,400})$/, "code.test", "cause", "NUnit names a failed test"],
  [/^\s{0,6}(?:Error|Failed)\s{1,4}TestFixture(?:SetUp|TearDown) (?:failed )?in (?<test>\S.{0,200})/, "code.test", "cause", "NUnit names a failed fixture"],
  [/^\s{0,4}(?:✗|✘|\[×\]|❌) (?<test>[\w.]{3,200}\.[\w.]{2,200}(?:\(.{0,200}\))?) \(\d[\w .]{0,20}\)$/, "code.test", "cause", "A test failed"],
  [/^The active test run was aborted\. Reason: (?<key>.{1,200})/, "crash.signal", "cause", "The process that ran the tests crashed"],
  [/^(?:Test Run Aborted|The test run was aborted)/, "crash.signal", "summary", "The test run was aborted"],
  [/^(?<key>Testhost process .{0,200}(?:exited|crashed).{0,200})/, "crash.signal", "likely", "The process that ran the tests crashed"],
  [/^Failed!\s{1,4}- Failed:\s{1,8}(?<key>[1-9]\d*), Passed:/, "code.test", "summary", "Failed tests are counted"],
  [
    /^(?:Total tests: \d+\. Passed: \d+\. Failed: [1-9]|\s{1,8}Failed: [1-9]\d*$|Test summary: total: \d+, failed: [1-9]|Test run summary: Failed|Tests? [Rr]un: \d+.{0,60}Failures: [1-9].{0,80}Inconclusive|\s{0,4}Overall result: Failed)/,
    "code.test",
    "summary",
    "Failed tests are counted",
  ],
  [/^Test Run Failed\.?/, "code.test", "symptom", "Tests failed"],
  // Expecto
  [/^\[\d\d:\d\d:\d\d ERR\] (?<test>\S.{0,200}) (?:failed|errored) in \d/, "code.test", "cause", "Expecto names a failed test"],
];
const bare = /^\s{0,4}(?:Failed|X) {1,8}(?<test>[\w.+`]{3,300}(?:\(.{0,400}\))?)$/;

/** Tests of .NET: vstest and the Microsoft testing platform with xUnit, NUnit and MSTest; their own runners; Expecto. */
export const dotnetTest: Extractor = {
  name: "dotnet-test",
  title: "dotnet test",
  keywords: [
    "failed ",
    " x ",
    "[fail]",
    "catastrophic failure",
    ") error : ",
    ") invalid : ",
    "testfixture",
    "aborted",
    "testhost process",
    "failed!",
    "failed: ",
    "run failed",
    "[×]",
    " err] ",
  ],
  open() {
    return ({ line, at }) => {
      const told = sightingIn(forms, line.text);
      if (told !== undefined) return told;
      const test = bare.exec(line.text)?.groups?.["test"];
      // Older versions tell no time; their next line begins the message.
      return test !== undefined && findNear(at, 1, 2, /^\s{0,4}Error Message:/) !== undefined
        ? sighting("code.test", "cause", "A test failed", { test })
        : undefined;
    };
  },
};

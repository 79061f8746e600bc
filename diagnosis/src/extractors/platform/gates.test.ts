import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { gates } from "./gates.ts";

describe("gates", () => {
  test.each([
    "FAIL Required test coverage of 90% not reached. Total coverage: 87.31%",
    "ERROR: Coverage for lines (79.5%) does not meet global threshold (80%)",
    'Jest: "global" coverage threshold for branches (80%) not met: 71.2%',
    "QUALITY GATE STATUS: FAILED - View details on https://sonarcloud.io/dashboard?id=x",
    "Found 2 known vulnerabilities in 1 package",
    "advisories FAILED, bans ok",
    "✖   subject may not be empty [subject-empty]",
    'No release type found in pull request title "Fix it". Add a prefix to indicate what kind of release this pull request corresponds to.',
    "Your PR is 3174 LOC which is more than the 2000 maximum",
    "PR #1 sits on top of >=10 ghstack entries; refusing to run CI.",
    "Label error. Requires exactly 1 of: bug, feature.",
    "Changelog entry is missing",
    "API changes: 1 (Detected by [Revapi](https://github.com/revapi/revapi/))",
    "8:20AM WRN leaks found: 3",
    ">>> Incident 1(Secrets detection): Generic High Entropy Secret (Validity: Not Checked)  (1 occurrence)",
    "Dependency review detected vulnerable packages.",
  ])("%s is one that did not let the change pass", (line) => {
    expect(diagnoseStep(line)).toMatchObject({ category: "policy.gate", rerun: false, cause: { text: line } });
  });

  it("npm's count of weaknesses is one below its report, and none after an installation", () => {
    const count = "12 vulnerabilities (3 moderate, 9 high)";
    expect(diagnoseStep(`# npm audit report\n\nlodash  <4.17.21\n\n${count}`)).toMatchObject({ category: "policy.gate", cause: { text: count } });
    expect(sightingsOf(gates, `added 900 packages in 12s\n\n${count}\nfound 3 high severity vulnerabilities\n`)).toEqual([]);
  });

  it("that let it pass say nothing", () => {
    expect(
      sightingsOf(gates, "Required test coverage of 90% reached. Total coverage: 93%\nfound 0 vulnerabilities\nno leaks found\nQUALITY GATE STATUS: PASSED\n"),
    ).toEqual([]);
  });
});

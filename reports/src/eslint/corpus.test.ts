import { describe, expect, test } from "vitest";
import { checkstyleReader } from "../checkstyle/reader.ts";
import { sarifReader } from "../sarif/reader.ts";
import { checkPublicReports, publicReport, publicReportsAreThere } from "../testing/public-reports.ts";
import { readAll } from "../testing/read-all.ts";
import { eslintReader } from "./reader.ts";

checkPublicReports(eslintReader, ({ findings, problems, summary }, { detail }) => ({
  problems: [problems, []],
  tool: [
    [summary?.tool, summary?.shape],
    ["ESLint", "json"],
  ],
  fatal: [findings.filter((finding) => finding.detail["fatal"] === true).length, detail?.["fatal"] ?? 0],
}));

describe.skipIf(!publicReportsAreThere)("one run of ESLint in several formats", () => {
  test.each(["openshift-run1", "openshift-run2"])("is the same findings in JSON and SARIF (%s)", async (name) => {
    const json = await readAll(eslintReader, publicReport(`dedupe-shift/${name}.json`));
    const sarif = await readAll(sarifReader, publicReport(`dedupe-shift/${name}.sarif`));
    const essence = ({ findings }: typeof json) => findings.map(({ identity, severity, line }) => ({ identity, severity, line }));
    expect(essence(json)).toEqual(essence(sarif));
  });

  test("is the same findings in Checkstyle's XML and SARIF", async () => {
    const xml = await readAll(checkstyleReader, publicReport("checkstyle/gen-eslint8-request.checkstyle.xml"));
    const sarif = await readAll(sarifReader, publicReport("sarif/gen-eslint8-request.sarif"));
    const essence = ({ findings }: typeof xml) => findings.map(({ identity, severity, line }) => ({ identity, severity, line }));
    expect(essence(xml)).toEqual(essence(sarif));
  });
});

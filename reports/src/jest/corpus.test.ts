import { describe, expect, test } from "vitest";
import { tapReader } from "../tap/reader.ts";
import { checkPublicReports, publicReport, publicReportsAreThere } from "../testing/public-reports.ts";
import { readAll } from "../testing/read-all.ts";
import { jestReader } from "./reader.ts";

checkPublicReports(jestReader, ({ tests, problems, summary }, { detail }, name) => ({
  problems: [problems, []],
  "files that did not load": [tests.filter(({ kind }) => kind === "suite").length, detail?.["suites_not_loaded"] ?? 0],
  tool: [summary?.tool, name.includes("vitest") ? "Vitest" : "Jest"],
  flaky: [tests.filter(({ isFlaky }) => isFlaky).map((test) => test.name), name.includes("gen-vitest") ? ["flaky passes on retry"] : []],
}));

describe.skipIf(!publicReportsAreThere)("one run of Vitest in two formats", () => {
  test("is the same tests in JSON and in flat TAP", async () => {
    const json = await readAll(jestReader, publicReport("jest-vitest/gen-vitest.json"));
    const tap = await readAll(tapReader, publicReport("tap/gen-vitest.flat.tap"));
    const essence = ({ tests }: typeof json) => tests.map(({ identity, statusWord }) => ({ identity, statusWord }));
    expect(essence(tap)).toEqual(essence(json));
  });
});

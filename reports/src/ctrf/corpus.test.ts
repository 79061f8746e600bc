import { checkPublicReports } from "../testing/public-reports.ts";
import { ctrfReader } from "./reader.ts";

checkPublicReports(ctrfReader, ({ tests, problems }, { detail }) => ({
  problems: [problems, []],
  flaky: [tests.filter(({ isFlaky }) => isFlaky).length, detail?.["flaky"] ?? 0],
}));

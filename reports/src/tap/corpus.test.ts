import { checkPublicReports } from "../testing/public-reports.ts";
import { tapReader } from "./reader.ts";

checkPublicReports(tapReader, ({ tests, problems }, { detail }) => ({
  "bail out": [problems.filter(({ code }) => code === "bail_out").length, detail?.["bail_out"]],
  "failures without a message": [tests.filter(({ outcome, message }) => outcome === "failed" && message === null), []],
}));

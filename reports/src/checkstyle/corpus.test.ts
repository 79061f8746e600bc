import { checkPublicReports } from "../testing/public-reports.ts";
import { checkstyleReader } from "./reader.ts";

checkPublicReports(checkstyleReader, ({ findings, problems, summary }) => ({
  problems: [problems, []],
  tool: [
    [summary?.tool, summary?.shape],
    ["Checkstyle", "checkstyle-4.3"],
  ],
  "findings without rule, line or path": [findings.filter(({ rule, line, path }) => !/^(?:[a-z-]+|SC\d+)$/.test(rule) || line === null || path === null), []],
}));

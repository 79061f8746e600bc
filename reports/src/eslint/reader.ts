import { readJsonReport } from "../json/report.ts";
import type { ReportReader } from "../reader.ts";
import { EslintReading } from "./reading.ts";
import { sniffEslint } from "./sniff.ts";

/**
 * ESLint's JSON: the list of files (`--format json`), and the one with metadata (`json-with-metadata`). Each message is a
 * finding; suppressed ones are none, for ESLint does not count them either. The text of the linted files is passed over.
 */
export const eslintReader: ReportReader = {
  format: "eslint",
  scanType: "lint",
  sniff: sniffEslint,
  read: (source, options = {}) => readJsonReport(source, new EslintReading(options)),
};

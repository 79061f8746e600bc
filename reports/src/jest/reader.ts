import { readJsonReport } from "../json/report.ts";
import type { ReportReader } from "../reader.ts";
import { JestReading } from "./reading.ts";
import { sniffJest } from "./sniff.ts";

/**
 * The JSON of Jest (`--json`) and of Vitest (`--reporter=json`). A file that failed while none of its tests did, because
 * it did not load or failed around them, is an error of its own.
 */
export const jestReader: ReportReader = {
  format: "jest",
  scanType: "test",
  sniff: sniffJest,
  read: (source, options = {}) => readJsonReport(source, new JestReading(options)),
};

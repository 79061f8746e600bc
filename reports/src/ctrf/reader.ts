import { readJsonReport } from "../json/report.ts";
import type { ReportReader } from "../reader.ts";
import { CtrfReading } from "./reading.ts";
import { sniffCtrf } from "./sniff.ts";

/** The Common Test Report Format of any version; `pending` and `other` tests are skipped for us, with their word. */
export const ctrfReader: ReportReader = {
  format: "ctrf",
  scanType: "test",
  sniff: sniffCtrf,
  read: (source, options = {}) => readJsonReport(source, new CtrfReading(options)),
};

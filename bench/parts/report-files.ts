import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { createRandom } from "../../test/hub/random.ts";
import { checkstyle, eslint, sarif, sonarqube, trivy } from "./shapes/findings.ts";
import type { ReportShape } from "./shapes/shape.ts";
import { ctrf, jest, junit, tap } from "./shapes/tests.ts";
import { zapJson, zapXml } from "./shapes/zap.ts";

export const reportFormats = ["trivy", "zap-json", "zap-xml", "sonarqube", "sarif", "eslint", "checkstyle", "junit", "ctrf", "jest", "tap"] as const;
export type ReportFormat = (typeof reportFormats)[number];

const shapes: Readonly<Record<ReportFormat, ReportShape>> = {
  trivy,
  "zap-json": zapJson,
  "zap-xml": zapXml,
  sonarqube,
  sarif,
  eslint,
  checkstyle,
  junit,
  ctrf,
  jest,
  tap,
};

/** Bytes per write, and entries from which the size of all others is told. */
const pieceLength = 1024 * 1024;
const sampled = 400;
const seed = 20_260_101;

export type ReportFile = { path: string; format: ReportFormat; bytes: number; records: number };

/** The formats that a setting names, parted by commas; all of `known` when it is empty. */
export function formatsNamed(setting: string | undefined, known: readonly ReportFormat[] = reportFormats): ReportFormat[] {
  const names = (setting ?? "").split(",").filter((name) => name !== "");
  const unknown = names.filter((name) => !known.some((format) => format === name));
  if (unknown.length > 0) throw new Error(`no report is made of ${unknown.join(", ")}; there are: ${known.join(", ")}`);
  return known.filter((format) => names.length === 0 || names.includes(format));
}

/** Writes a report as its tool writes it, of about so many megabytes or of so many findings or tests; always the same one for the same wish. */
export async function writeReportFile(path: string, format: ReportFormat, size: { megabytes: number } | { records: number }): Promise<ReportFile> {
  const shape = shapes[format];
  const entries = "records" in size ? Math.ceil(size.records / shape.recordsPerEntry) : entriesFor(shape, size.megabytes * 1_000_000);
  const file = createWriteStream(path);
  let waiting = "";
  for (const text of textsOf(shape, entries)) {
    waiting += text;
    if (waiting.length < pieceLength) continue;
    if (!file.write(waiting)) await once(file, "drain");
    waiting = "";
  }
  file.end(waiting);
  await finished(file);
  return { path, format, bytes: file.bytesWritten, records: entries * shape.recordsPerEntry };
}

/** A folder for such files; `remove` takes it away with all that is in it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "sentinal-bench-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

function* textsOf(shape: ReportShape, entries: number): Generator<string> {
  const random = createRandom(seed);
  yield shape.head(entries);
  for (let index = 0; index < entries; index++) {
    if (index > 0) yield shape.separator;
    yield shape.entry(random, index);
  }
  yield shape.tail(entries);
}

function entriesFor(shape: ReportShape, bytes: number): number {
  const random = createRandom(seed);
  let length = 0;
  for (let index = 0; index < sampled; index++) length += shape.entry(random, index).length + shape.separator.length;
  const around = shape.head(1).length + shape.tail(1).length;
  return Math.max(1, Math.round((bytes - around) / (length / sampled)));
}

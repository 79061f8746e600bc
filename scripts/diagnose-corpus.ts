import { createReadStream, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { createGunzip } from "node:zlib";
import { type Diagnosis, type LineConvention, openDiagnosis, openGreenLog } from "@sentinal/diagnosis";

/** What is read of a log's line in `manifest.jsonl`, and nothing else: labels are for the one who scores. */
type Entry = { readonly id: string; readonly file: string; readonly pass_file?: string; readonly line_convention: LineConvention };

/** Diagnoses every log of a folder with a `manifest.jsonl`: one JSON line each, on the standard output. */
const folder = process.argv[2];
if (folder === undefined) {
  console.error("Name the folder with the manifest.jsonl: npm run diagnose-corpus -- ../logs");
  process.exit(2);
}
const only = new Set(process.argv.slice(3));
for (const line of readFileSync(join(resolve(folder), "manifest.jsonl"), "utf8").split("\n")) {
  if (line.trim() === "") continue;
  const { id, file, pass_file: passFile, line_convention: convention = "lf" } = JSON.parse(line) as Entry;
  if (only.size > 0 && !only.has(id)) continue;
  const started = performance.now();
  const diagnosis = await diagnoseFile(join(folder, file), passFile === undefined ? null : join(folder, passFile), convention);
  console.log(JSON.stringify(answerOf(id, diagnosis, performance.now() - started)));
}

async function diagnoseFile(path: string, passPath: string | null, convention: LineConvention): Promise<Diagnosis> {
  const green = passPath === null ? null : openGreenLog(convention);
  if (green !== null) await feed(passPath as string, green);
  const diagnosis = openDiagnosis({ convention, ...(green === null ? {} : { green: green.end() }) });
  await feed(path, diagnosis);
  return diagnosis.end();
}

async function feed(path: string, sink: { write(bytes: Uint8Array): void }): Promise<void> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const [first] = readFileSync(path).subarray(0, 2);
  for await (const bytes of first === 0x1f ? file.pipe(createGunzip()) : file) sink.write(bytes as Uint8Array);
}

function answerOf(id: string, diagnosis: Diagnosis, ms: number): object {
  const { cause, category, rerun, transient, confidence, fingerprint } = diagnosis;
  return { id, line: cause?.line ?? null, category, rerun, transient, confidence, fingerprint, ms: Math.round(ms * 10) / 10 };
}

import { answerLog, logEntries } from "./log-corpus.ts";

/** Diagnoses every log of a folder with a `manifest.jsonl`: one JSON object a line, on the standard output. Further arguments name the logs by id. */
const [folder, ...ids] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Name the folder that holds the manifest.jsonl: npm run diagnose-corpus -- ../logs");
  process.exit(2);
}
const entries = logEntries(folder).filter(({ id }) => ids.length === 0 || ids.includes(id));
let done = 0;
for (const entry of entries) {
  console.log(JSON.stringify(await answerLog(folder, entry)));
  if (process.stderr.isTTY) process.stderr.write(`\r${++done} of ${entries.length}`);
}
if (process.stderr.isTTY) process.stderr.write("\n");

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const benchmarks = [
  "ingest",
  "token-check",
  "oidc-exchange",
  "live",
  "revocation",
  "start",
  "board",
  "parse",
  "import",
  "heavy",
  "lists",
  "audit-verify",
  "diagnosis",
  "diagnosis-speed",
];

/** Runs the benchmarks that are named, else all, one after another: `npm run bench -- ingest live`. Each prints a table and its JSON. */
const named = process.argv.slice(2);
const unknown = named.filter((name) => !benchmarks.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(", ")}. There are: ${benchmarks.join(", ")}.`);
  process.exit(2);
}
for (const name of named.length > 0 ? named : benchmarks) {
  const result = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: "inherit" });
  if (result.status !== 0) process.exitCode = 1;
}

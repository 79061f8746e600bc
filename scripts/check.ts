import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);

/** Everything that can be said of the code without running it; each must pass. `--fix` formats, and writes what is generated. */
const isFixing = process.argv.includes("--fix");
const checks: { name: string; command: string; parameters: string[] }[] = [
  { name: "types", command: bin("tsc"), parameters: ["-p", "."] },
  { name: "types of the pages", command: bin("tsc"), parameters: ["-p", "web"] },
  { name: "lint", command: bin("oxlint"), parameters: ["--type-aware", "--quiet"] },
  { name: "import rules", command: process.execPath, parameters: [join("scripts", "check-imports.ts")] },
  { name: "format", command: bin("oxfmt"), parameters: isFixing ? ["--write", "."] : ["--check", "."] },
  { name: "unused code", command: bin("knip"), parameters: ["--no-progress"] },
  { name: "the Action's bundle", command: process.execPath, parameters: [join("scripts", "build-action.ts"), ...(isFixing ? [] : ["--check"])] },
  { name: "generated files", command: process.execPath, parameters: [join("scripts", "generate.ts"), ...(isFixing ? [] : ["--check"])] },
];

const failed = checks.filter(({ name, command, parameters }) => {
  const result = spawnSync(command, parameters, { cwd: root, encoding: "utf8", env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? "1" : "0" } });
  const isFine = result.status === 0;
  console.log(`${isFine ? "✓" : "✕"} ${name}`);
  if (!isFine) console.log(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`.trim());
  return !isFine;
});
process.exitCode = failed.length > 0 ? 1 : 0;

#!/usr/bin/env node
// Plain JavaScript that Node 20 understands: the program itself needs Node 24 or newer, and is run by the pinned one of
// the toolchain where this Node is older.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const oldestMajor = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const main = join(root, "cli", "src", "main.ts");

if (!existsSync(join(root, "node_modules", "commander"))) {
  fail("Sentinal's packages are not installed. Run `npm start` (which also starts the hub) or `npm install` in its folder first.");
} else if (Number(process.versions.node.split(".")[0]) >= oldestMajor) {
  await import(pathToFileURL(main).href);
} else {
  runOnPinnedNode();
}

function runOnPinnedNode() {
  const node = join(root, "toolchain", "node_modules", `node-${process.platform}-${process.arch}`, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(node)) {
    fail(
      `Sentinal needs Node ${oldestMajor} or newer, and this is ${process.version}. Run \`npm start\` or \`npm install --prefix toolchain\` in its folder first: they bring the pinned one. Or install Node ${oldestMajor}.`,
    );
    return;
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  // Ctrl-C in a terminal reaches the child twice then, and the second one does nothing.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`${node} cannot be run: ${error.message}`));
  child.on("exit", (code, signal) => {
    // As a shell tells the end by a signal.
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

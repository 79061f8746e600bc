// Plain JavaScript that Node 20 understands: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const oldestMajor = 24;
/**
 * What the lock file says, without writing to it. Not `npm ci`: that refuses a lock file which leaves out optional
 * packages of other platforms, as it does where a registry did not have them when it was written.
 */
const installation = ["install", "--no-save", "--no-audit", "--no-fund"];
const toolchain = join(root, "toolchain");
const pinnedNode = join(toolchain, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");

/**
 * A Node of version 24 or newer: this one, else the pinned one from npm, installed when it is not there.
 * Returns its path, and the environment in which it comes first on the PATH.
 */
export function prepareNode() {
  if (Number(process.versions.node.split(".")[0]) >= oldestMajor) return withNode(process.execPath);
  if (!existsSync(pinnedNode) || !isStamped(toolchain)) {
    say(`This Node is ${process.version}; installing the pinned Node 24 for this project (once)…`);
    npm(installation, toolchain, process.env);
    stamp(toolchain);
  }
  if (!existsSync(pinnedNode)) fail(`There is no Node 24 package for ${process.platform}-${process.arch}. Install Node 24 or newer and run this again.`);
  return withNode(pinnedNode);
}

/** Installs the project's packages when the lock file has changed since the last time. */
export function prepareModules(node) {
  if (existsSync(join(root, "node_modules")) && isStamped(root)) return;
  say("Installing packages…");
  npm(installation, root, node.env);
  stamp(root);
}

/** Builds the pages when a source of theirs is newer than what was built. */
export function prepareWeb(node) {
  const built = join(root, "web", "dist", "index.html");
  if (existsSync(built) && statSync(built).mtimeMs > newestChange()) return;
  say("Building the pages…");
  run(node.path, [join(root, "scripts", "build-web.ts")], node.env);
}

/** Runs a program with our standard streams and ends with its exit code when it fails. */
export function run(command, parameters, env) {
  const result = spawnSync(command, parameters, { cwd: root, env, stdio: "inherit" });
  if (result.error) fail(`${command} cannot be run: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

export function fail(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

function withNode(path) {
  return { path, env: { ...process.env, PATH: `${dirname(path)}${delimiter}${process.env.PATH ?? ""}` } };
}

function npm(parameters, cwd, env) {
  const entry = process.env.npm_execpath;
  // npm's own script, when npm runs us: then it runs on the Node that leads the PATH.
  const [command, first] = entry?.endsWith(".js") ? ["node", [entry]] : [process.platform === "win32" ? "npm.cmd" : "npm", []];
  const result = spawnSync(command, [...first, ...parameters], { cwd, env, stdio: ["ignore", 2, 2] });
  if (result.error) fail(`npm cannot be run: ${result.error.message}`);
  if (result.status !== 0) fail("npm could not install the packages; its messages above say why. Mend that and run this again.");
}

// A stamp outside of `node_modules/.package-lock.json`: that one is there after an install that broke off, too.
function stampPath(folder) {
  return join(folder, "node_modules", ".sentinal-installed");
}

function lockHash(folder) {
  return createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
}

function isStamped(folder) {
  try {
    return readFileSync(stampPath(folder), "utf8") === lockHash(folder);
  } catch {
    return false;
  }
}

function stamp(folder) {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  writeFileSync(stampPath(folder), lockHash(folder));
}

function newestChange() {
  const folders = [join(root, "web"), join(root, "contract", "src")];
  let newest = statSync(join(root, "package-lock.json")).mtimeMs;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === "dist" || entry.name === "node_modules") continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else newest = Math.max(newest, statSync(path).mtimeMs);
    }
  }
  return newest;
}

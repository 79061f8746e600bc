import { readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { cleanEnvironment } from "./launcher.ts";
import { systemErrorCode } from "./problems.ts";
import { runProgram } from "./program.ts";

/** What a running server writes into its data directory as `postmaster.pid`. A killed server leaves it behind. */
export type PostmasterFile = {
  pid: number;
  port: number;
  /** Empty until the server listens. */
  socketFolder: string;
  /** True once the server takes connections. */
  isReady: boolean;
};

/**
 * Reads `postmaster.pid`.
 * @returns undefined when there is none, or one that names no process (the disk was full when it was written)
 */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | undefined> {
  let text: string;
  try {
    text = await readFile(join(clusterDir, "postmaster.pid"), "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  // One value a line: pid, data directory, start time, port, socket folder, address, shared memory, status.
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid < 2) return undefined;
  return { pid, port: Number(lines[3]), socketFolder: lines[4] ?? "", isReady: lines[7] === "ready" };
}

/**
 * What can be said about a process without asking it.
 * - `gone`: there is none.
 * - `unrelated`: it is no server of this data directory. Its number was used again, or it is dead and its parent has
 *   not collected it, as in containers without an init process; it then still answers to signals.
 * - `possible`: it may be the server.
 */
export type ProcessState = "gone" | "unrelated" | "possible";

/** A running postmaster's working folder is its data directory, always: another one clears a process. */
export async function processState(pid: number, clusterDir: string): Promise<ProcessState> {
  if (!isAlive(pid)) return "gone";
  if (process.platform !== "linux") return await stateByName(pid);
  try {
    const status = await readFile(`/proc/${pid}/stat`, "utf8");
    // The state letter follows the name in parentheses, which may itself hold parentheses.
    const letter = status.slice(status.lastIndexOf(")") + 2, status.lastIndexOf(")") + 3);
    if (letter === "Z" || letter === "X") return "unrelated";
    const workingFolder = `/proc/${pid}/cwd`;
    await readlink(workingFolder);
    const [theirs, ours] = [await stat(workingFolder), await stat(clusterDir)];
    return theirs.dev === ours.dev && theirs.ino === ours.ino ? "possible" : "unrelated";
  } catch (error) {
    const code = systemErrorCode(error);
    return code === "ENOENT" || code === "ESRCH" ? "gone" : "possible";
  }
}

async function stateByName(pid: number): Promise<ProcessState> {
  const call = { program: "ps", args: ["-p", String(pid), "-o", "stat=,comm="], environment: cleanEnvironment() };
  const result = await runProgram(call, 5_000);
  if (!result.succeeded) return isAlive(pid) ? "possible" : "gone";
  const line = result.output.trim();
  if (line.startsWith("Z")) return "unrelated";
  return /postgres|postmaster/.test(line) ? "possible" : "unrelated";
}

/** True also for a process of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}

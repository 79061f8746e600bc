import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { removeSocketFolder, socketFolderFor } from "../hub/src/database/embedded/socket-folder.ts";

/** A hub as a process of its own, as people run it. */
export type HubProcess = {
  child: ChildProcess;
  pid: number;
  /** Its address, once it says that it is ready; rejects when it ends before. */
  ready: Promise<string>;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  output(): string;
  errors(): string;
  /** Resolves when standard output or standard error holds the text; rejects when the hub ends before. */
  says(text: string): Promise<void>;
};

const root = join(import.meta.dirname, "..");
/** Compiled code, kept over the starts of one test run and the next. */
const compileCache = join(root, ".cache", "node");
export const hubEntry = join(root, "hub", "src", "main.ts");
/** `npm start`, past its installing. */
export const startEntry = join(root, "scripts", "start.mjs");

/** Starts a hub with these settings and none of the caller's. It leads a process group of its own. */
export function spawnHub(settings: Readonly<Record<string, string>>, options: { entry?: string; nodeArguments?: readonly string[] } = {}): HubProcess {
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), options.entry ?? hubEntry], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...withoutSettings(process.env), NODE_COMPILE_CACHE: compileCache, SENTINAL_PORT: "0", ...settings },
  });
  let output = "";
  let errors = "";
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the hub was started without its streams");
  const listeners = new Set<() => void>();
  const hear = () => {
    for (const listener of listeners) listener();
  };
  stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    hear();
  });
  stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
    hear();
  });
  const closed = once(child, "close");
  const ended = closed.then(() => child.exitCode ?? child.signalCode ?? "SIGKILL");

  function match(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output) ?? pattern.exec(errors);
        if (found === null) return;
        listeners.delete(look);
        resolve(found[1] ?? found[0]);
      };
      listeners.add(look);
      look();
      void closed.then(() => reject(new Error(`the hub ended before it said ${pattern}:\n${output.slice(-2_000)}\n${errors.slice(-2_000)}`)));
    });
  }

  const ready = match(/Sentinal is ready at (\S+)/);
  // Who only waits for the end does not look at it.
  ready.catch(() => {});
  return {
    child,
    pid: child.pid ?? 0,
    ready,
    ended,
    output: () => output,
    errors: () => errors,
    async says(text) {
      await match(new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    },
  };
}

/** A folder for the data of a hub; `remove` ends what still works in it and takes it away. */
export async function temporaryDataDir(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await realpath(await mkdtemp("/tmp/sentinal-hub-"));
  return {
    path,
    async remove() {
      for (const { pid } of await processesOf(path)) kill(pid);
      await removeSocketFolder(await socketFolderFor(path, process.getuid?.() ?? 0));
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

export type FoundProcess = { pid: number; command: string };

/** The live processes that work in a data folder or name it on their command line: a hub's PostgreSQL and all that makes it. Linux only. */
export async function processesOf(dataDir: string): Promise<FoundProcess[]> {
  const found: FoundProcess[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const workingFolder = await readlink(`/proc/${entry}/cwd`).catch(() => "");
    const command = await commandLine(entry);
    if (workingFolder.startsWith(dataDir) || command.includes(dataDir)) found.push({ pid: Number(entry), command });
  }
  return found;
}

/** The live processes of a process group. Linux only. */
export async function processesOfGroup(group: number): Promise<FoundProcess[]> {
  const found: FoundProcess[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
    // After the name, which may hold blanks and parentheses: state, parent, group.
    const [state, , processGroup] = status.slice(status.lastIndexOf(")") + 2).split(" ");
    if (Number(processGroup) === group && state !== "Z") found.push({ pid: Number(entry), command: await commandLine(entry) });
  }
  return found;
}

/** The process that PostgreSQL's own file in the data folder names; null when there is none. */
export async function postmasterOf(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number(text.split("\n", 1)[0]);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a port has no number");
  return address.port;
}

/** Ends a process at once; one that has ended already is fine. */
export function kill(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function commandLine(pid: string): Promise<string> {
  return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ").trim();
}

function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("SENTINAL_") && name !== "DATABASE_URL"));
}

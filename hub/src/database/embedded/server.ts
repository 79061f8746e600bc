import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { readPostmasterFile } from "./postmaster-file.ts";
import { diskFull, serverDidNotStart } from "./problems.ts";
import type { ProgramCall } from "./program.ts";
import { tellingLine } from "./program.ts";

/** A PostgreSQL server that is our child and takes connections. */
export type ServerProcess = {
  pid: number;
  /** Resolves when the process has ended, with how it did: "signal SIGKILL"; never rejects. */
  ended: Promise<string>;
  /** Stops it and resolves when it has ended. May be called more than once. */
  stop(): Promise<void>;
};

/** How long each way to stop is given, in milliseconds. */
export type StopLimits = {
  /** Fast shutdown: clients are disconnected, a checkpoint is written. */
  fastMs: number;
  /** Immediate shutdown: nothing is written, the next start recovers. */
  immediateMs: number;
};

export type ServerLaunch = {
  call: ProgramCall;
  clusterDir: string;
  onLog(line: string): void;
  /** Stops a start that is under way. */
  signal: AbortSignal;
  limits?: StopLimits;
};

const usualLimits: StopLimits = { fastMs: 60_000, immediateMs: 15_000 };

/**
 * Recovery after a crash may take minutes; it says how far it is every ten seconds. A server that neither gets ready
 * nor says anything for this long is given up.
 */
const silenceLimitMs = 2 * 60_000;
const pollMs = 20;
/** Children of a killed postmaster notice within milliseconds; they hold the log's pipe until they end. */
const childrenLimitMs = 5_000;
const keptLines = 40;

/**
 * Starts the server and waits until it takes connections.
 * @throws EmbeddedPostgresProblem `disk_full` or `server_did_not_start`, the process having ended; the signal's reason
 */
export async function launchServer(launch: ServerLaunch): Promise<ServerProcess> {
  launch.signal.throwIfAborted();
  const { program, args, environment, uid, gid } = launch.call;
  const child = spawn(program, args, {
    cwd: "/",
    env: environment,
    // A session of its own: Ctrl-C in a terminal reaches the whole process group, and would stop the database
    // before the hub has finished with it.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  const log = followLog(child, launch.onLog);
  const ended = endOf(child);
  const server: ServerProcess = {
    pid: child.pid ?? 0,
    ended,
    stop: async () => await stopServer(child, ended, launch.limits ?? usualLimits),
  };
  stopAtExit(child, ended);
  await waitUntilReady(launch, server, log);
  return server;
}

type Log = { lastLines: string[]; heardAt: number };

function followLog(child: ChildProcess, onLog: (line: string) => void): Log {
  const log: Log = { lastLines: [], heardAt: performance.now() };
  if (child.stderr === null) return log;
  createInterface({ input: child.stderr, crlfDelay: Infinity }).on("line", (line) => {
    log.heardAt = performance.now();
    log.lastLines = [...log.lastLines, line].slice(-keptLines);
    onLog(line);
  });
  return log;
}

async function endOf(child: ChildProcess): Promise<string> {
  return await new Promise((resolve) => {
    let how = "an unknown end";
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (exitCode, signal) => {
      how = exitCode === null ? `signal ${signal}` : `exit code ${exitCode}`;
      setTimeout(resolve, childrenLimitMs, how).unref();
    });
    child.once("close", () => resolve(how));
  });
}

/** A hub that ends by an exception takes its server along; only after `kill -9` one stays behind. */
function stopAtExit(child: ChildProcess, ended: Promise<string>): void {
  function stopNow(): void {
    child.kill("SIGINT");
  }
  process.once("exit", stopNow);
  void ended.then(() => process.off("exit", stopNow));
}

async function waitUntilReady(launch: ServerLaunch, server: ServerProcess, log: Log): Promise<void> {
  let end: string | undefined;
  void server.ended.then((how) => {
    end = how;
  });
  for (;;) {
    if (end !== undefined) throw startProblem(launch.clusterDir, log, `it ended with ${end}`);
    if (launch.signal.aborted) {
      await server.stop();
      launch.signal.throwIfAborted();
    }
    const file = await readPostmasterFile(launch.clusterDir);
    if (file?.pid === server.pid && file.isReady) return;
    if (performance.now() - log.heardAt > silenceLimitMs) {
      await server.stop();
      throw startProblem(launch.clusterDir, log, "it did not get ready and said nothing for two minutes");
    }
    await Promise.race([server.ended, wait(pollMs)]);
  }
}

function startProblem(clusterDir: string, log: Log, otherwise: string): Error {
  const text = log.lastLines.join("\n");
  if (/No space left on device|Disk quota exceeded/i.test(text)) return diskFull(clusterDir);
  return serverDidNotStart(clusterDir, tellingLine(text) ?? otherwise);
}

async function stopServer(child: ChildProcess, ended: Promise<string>, limits: StopLimits): Promise<void> {
  child.kill("SIGINT");
  if (await endsWithin(ended, limits.fastMs)) return;
  child.kill("SIGQUIT");
  if (await endsWithin(ended, limits.immediateMs)) return;
  // Its children end by themselves when they find it gone.
  child.kill("SIGKILL");
  await ended;
}

async function endsWithin(ended: Promise<string>, limitMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = wait(limitMs, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([ended.then(() => true), late]);
  timer.abort();
  return inTime;
}

import { realpath } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { databaseName, databaseUser } from "./cluster.ts";
import type { DataFolder } from "./data-folder.ts";
import { claimServer } from "./ownership.ts";
import { readPassword } from "./password.ts";
import type { PostmasterFile, ProcessState } from "./postmaster-file.ts";
import { processState, readPostmasterFile } from "./postmaster-file.ts";
import { dataDirectoryServedElsewhere, EmbeddedPostgresProblem, serverDidNotStop, serverNotVerifiable, systemErrorCode } from "./problems.ts";
import type { Connection } from "./session.ts";
import { closeSession, openSession, queryText } from "./session.ts";
import { checkSocketFolder } from "./socket-folder.ts";

/** What stands behind `postmaster.pid`. */
export type Finding =
  /** No server: no such file, or its process is gone. */
  | { kind: "none" }
  /** The number belongs to a process that is no server of this folder, or is dead and only not collected yet. */
  | { kind: "unrelated"; pid: number }
  /** A server that was asked and serves this folder. The caller closes the client. */
  | { kind: "serving"; pid: number; client: Client; connection: Connection };

const pollMs = 100;
/** How long a server that says of itself that it is ready may fail to answer. */
const readyPatienceMs = 1_000;

/**
 * Looks for a live server of the data folder and asks it which directory it serves: a process id alone proves nothing.
 * @param serverUid who the server's socket folder must belong to
 * @param patienceMs how long a server that starts or stops just now is waited for
 * @throws EmbeddedPostgresProblem when a process may be the server and cannot be asked, or serves another directory
 */
export async function findServer(folder: DataFolder, serverUid: number, applicationName: string, patienceMs: number): Promise<Finding> {
  const begin = performance.now();
  for (;;) {
    const file = await readPostmasterFile(folder.clusterDir);
    if (file === undefined) return { kind: "none" };
    const state = await processState(file.pid, folder.clusterDir);
    if (state === "gone") return { kind: "none" };
    const answer = await askServer(folder, file, serverUid, applicationName);
    if (answer.kind === "serving") return answer;
    if (state === "unrelated") return { kind: "unrelated", pid: file.pid };
    const patience = file.isReady && !answer.isBusy ? Math.min(patienceMs, readyPatienceMs) : patienceMs;
    if (!answer.mayChange || performance.now() - begin > patience) {
      throw serverNotVerifiable(folder.clusterDir, file.pid, answer.reason);
    }
    await wait(pollMs);
  }
}

type Answer = Extract<Finding, { kind: "serving" }> | Silence;
type Silence = {
  kind: "silent";
  reason: string;
  /** Worth asking again. */
  mayChange: boolean;
  /** It answered that it is starting up or shutting down. */
  isBusy: boolean;
};

/** Not listening, yet or any more. */
const passingErrors = new Set(["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE"]);
/** PostgreSQL's "cannot connect now": the database system is starting up, shutting down, or recovering. */
const busyError = "57P03";

function silence(error: unknown): Silence {
  const code = systemErrorCode(error) ?? "";
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: "silent", reason, mayChange: passingErrors.has(code) || code === busyError, isBusy: code === busyError };
}

async function askServer(folder: DataFolder, file: PostmasterFile, serverUid: number, applicationName: string): Promise<Answer> {
  if (file.socketFolder === "") return { kind: "silent", reason: "it does not listen", mayChange: true, isBusy: false };
  const connection: Connection = {
    host: file.socketFolder,
    port: file.port,
    user: databaseUser,
    password: await readPassword(folder),
    database: databaseName,
  };
  let client: Client;
  try {
    await checkSocketFolder(file.socketFolder, serverUid);
    client = await openSession(connection, applicationName);
  } catch (error) {
    return silence(error);
  }
  try {
    await verifyServer(client, folder, file.pid);
    return { kind: "serving", pid: file.pid, client, connection };
  } catch (error) {
    await closeSession(client);
    if (error instanceof EmbeddedPostgresProblem) throw error;
    return { ...silence(error), mayChange: true };
  }
}

async function verifyServer(client: Client, folder: DataFolder, pid: number): Promise<void> {
  const served = (await queryText(client, "SHOW data_directory")) ?? "an unknown directory";
  const servedPath = await realpath(served).catch(() => served);
  if (servedPath !== folder.clusterDir) throw dataDirectoryServedElsewhere(folder.clusterDir, pid, served);
  // The server that answers wrote the file; it must still be the process that the file names.
  const file = await readPostmasterFile(folder.clusterDir);
  const state: ProcessState = await processState(pid, folder.clusterDir);
  if (file?.pid !== pid || state !== "possible") {
    throw serverNotVerifiable(folder.clusterDir, pid, "the process is not the server that answers");
  }
}

const settleLimitMs = 60_000;
const fastShutdownLimitMs = 60_000;
const immediateShutdownLimitMs = 15_000;

/**
 * Stops a server that a killed hub left behind, so that the hub has one way to start: with a server of its own.
 * A server that another hub holds is left alone.
 * @returns the id of an unrelated process that `postmaster.pid` names, or undefined
 * @throws EmbeddedPostgresProblem `data_directory_in_use`, `server_did_not_stop`, and those of `findServer`
 */
export async function stopEarlierServer(folder: DataFolder, serverUid: number, holder: string, onLog: (line: string) => void): Promise<number | undefined> {
  const finding = await findServer(folder, serverUid, holder, settleLimitMs);
  if (finding.kind === "none") return undefined;
  if (finding.kind === "unrelated") {
    onLog(`supervisor: postmaster.pid names process ${finding.pid}, which is no server of ${folder.clusterDir}`);
    return finding.pid;
  }
  try {
    await claimServer(finding.client, folder.path);
    onLog(`supervisor: an earlier hub left its server behind (process ${finding.pid}); stopping it`);
    // The open connection shows that the process still is the server.
    process.kill(finding.pid, "SIGINT");
  } finally {
    await closeSession(finding.client);
  }
  if (await isGoneWithin(finding.pid, folder, fastShutdownLimitMs)) return undefined;
  // Still the same process: a server that ends removes postmaster.pid, and ours alone may start another.
  process.kill(finding.pid, "SIGQUIT");
  if (await isGoneWithin(finding.pid, folder, immediateShutdownLimitMs)) return undefined;
  throw serverDidNotStop(folder.clusterDir, finding.pid);
}

async function isGoneWithin(pid: number, folder: DataFolder, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while ((await processState(pid, folder.clusterDir)) === "possible") {
    if (performance.now() > deadline) return false;
    await wait(pollMs / 4);
  }
  return true;
}

/*
 * PostgreSQL inside the hub: real programs, run as a child process on a data directory of our own.
 *
 * The data folder (SENTINAL_DATA_DIR) then holds
 *   postgres/            PostgreSQL's data directory
 *   postgres-password    the superuser's password; without it nobody gets in
 *   hub.lock, hub.holder which hub has the folder
 *   postgres-libraries/, postgres-binaries/   made again when missing
 * A backup is all of it, taken while the hub is stopped.
 *
 * At three in the morning: each failure to start is one EmbeddedPostgresProblem whose message says what to do. Stop
 * the hub by SIGTERM; after `kill -9` the server runs on, and the next hub on the same folder stops it cleanly and
 * starts its own. Never remove postgres/postmaster.pid by hand while a process named postgres runs.
 */
import { realpath } from "node:fs/promises";
import type { Binaries } from "./binaries.ts";
import { findBinaries, prepareBinaries } from "./binaries.ts";
import { createCluster, databaseName, databaseUser, giveCluster, hasCluster } from "./cluster.ts";
import type { DataFolder } from "./data-folder.ts";
import { dataFolderAt, ownerOf, prepareDataFolder } from "./data-folder.ts";
import { lockDataFolder } from "./folder-lock.ts";
import type { Launcher } from "./launcher.ts";
import { chooseLauncher, launch, launcherProbes, launcherSituation } from "./launcher.ts";
import { takeOwnership } from "./ownership.ts";
import { readPassword } from "./password.ts";
import type { EmbeddedPostgresProblem } from "./problems.ts";
import { problemFromFileError, problemFromServerError, systemErrorCode } from "./problems.ts";
import { runProgram } from "./program.ts";
import { findServer, stopEarlierServer } from "./running-server.ts";
import { launchServer } from "./server.ts";
import type { Connection } from "./session.ts";
import { closeSession } from "./session.ts";
import { settingArguments } from "./settings.ts";
import { prepareSocketFolder, removeSocketFolder, socketFolderFor, socketPort } from "./socket-folder.ts";
import type { Supervisor } from "./supervisor.ts";
import { superviseServer } from "./supervisor.ts";

export { EmbeddedPostgresProblem } from "./problems.ts";
export type { Connection } from "./session.ts";

export type EmbeddedPostgres = {
  /** Stays the same when the server has to be started again. */
  connection: Connection;
  /** 18 for PostgreSQL 18.4. */
  major: number;
  /** Stops the server and waits for its end. Close your own connections first: they are cut. May be called twice. */
  stop(): Promise<void>;
};

export type StartOptions = {
  /** Sentinal's data folder; made when missing. The cluster lives in its subfolder `postgres`. */
  dataDir: string;
  /** POSTGRES_BIN_DIR: a folder with postgres and initdb, version 15 or newer, instead of the npm package. */
  binDir?: string;
  /** Who we are, shown to a second hub: "hub pid 123 on port 8484". */
  holder: string;
  /** PostgreSQL's own log, line by line, and what the supervisor did beside it (`supervisor: …`). */
  onLog(line: string): void;
  /** The server ended and could not be started again, or its lock was lost to another hub. `stop` is still due. */
  onProblem(problem: EmbeddedPostgresProblem): void;
  /** More settings for the server, over our own. Where it listens cannot be changed. */
  settings?: Record<string, string>;
  /** The pauses before the tries to start a dead server again, in milliseconds; six over 30 seconds by default. */
  restartDelaysMs?: readonly number[];
};

/**
 * Starts PostgreSQL on the data folder, making the database first where there is none (about a second).
 * Resolves when it takes connections. When it fails no process and no half-made folder is left.
 * @throws EmbeddedPostgresProblem
 */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const source = await findBinaries(options.binDir);
  const folder = await prepareDataFolder(options.dataDir);
  try {
    const lock = await lockDataFolder(folder, options.holder);
    try {
      const launcher = await chooseLauncher(await launcherSituation(folder), launcherProbes(folder.path));
      const binaries = await prepareBinaries(source, folder, launcher);
      return await startLocked(options, folder, launcher, binaries, async () => await lock.release());
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw problemFromFileError(error, folder.path);
  }
}

async function startLocked(
  options: StartOptions,
  folder: DataFolder,
  launcher: Launcher,
  binaries: Binaries,
  releaseLock: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const { owner } = launcher;
  const { onLog } = options;
  if (!(await hasCluster(folder.clusterDir, binaries.major))) {
    onLog(`supervisor: making a new database in ${folder.clusterDir} (PostgreSQL ${binaries.major})`);
    await createCluster(folder, binaries, launcher);
  }
  const password = await readPassword(folder);
  const unrelatedPid = await stopEarlierServer(folder, owner.uid, options.holder, onLog);
  if (launcher.kind === "account") await giveCluster(folder.clusterDir, owner);

  const socketFolder = await socketFolderFor(folder.path, owner.uid);
  await prepareSocketFolder(socketFolder, owner);
  const connection: Connection = {
    host: socketFolder,
    port: socketPort,
    user: databaseUser,
    password,
    database: databaseName,
  };
  const hasLz4 = await supportsLz4(folder, launcher, binaries);
  const { major } = binaries;
  const settings = settingArguments({ major, socketFolder, socketPort, hasLz4, extra: options.settings ?? {} });
  const environment = { ...binaries.environment, ...clearedPid(unrelatedPid) };
  const call = launch(launcher, binaries.postgres, ["-D", folder.clusterDir, ...settings], environment);

  let supervisor: Supervisor;
  try {
    supervisor = await superviseServer({
      clusterDir: folder.clusterDir,
      startServer: async (signal) => await launchServer({ call, clusterDir: folder.clusterDir, onLog, signal }),
      takeOwnership: async () => {
        try {
          return await takeOwnership(connection, options.holder, folder.path);
        } catch (error) {
          throw problemFromServerError(error, folder.clusterDir, folder.passwordFile);
        }
      },
      onLog,
      onProblem: options.onProblem,
      ...(options.restartDelaysMs === undefined ? {} : { restartDelaysMs: options.restartDelaysMs }),
    });
  } catch (error) {
    await removeSocketFolder(socketFolder);
    throw error;
  }
  return {
    connection,
    major,
    async stop() {
      await supervisor.stop();
      await removeSocketFolder(socketFolder);
      await releaseLock();
    },
  };
}

/**
 * PostgreSQL refuses to start when `postmaster.pid` names a live process, unless that is its own (grand)parent; this
 * is how its own pg_ctl says that a number is not a server's. We say it of a process that was looked at and cleared:
 * after a container's restart the numbers repeat. All its other checks, as for left-over children, still apply.
 */
function clearedPid(unrelatedPid: number | undefined): Record<string, string> {
  return unrelatedPid === undefined ? {} : { PG_GRANDPARENT_PID: String(unrelatedPid) };
}

async function supportsLz4(folder: DataFolder, launcher: Launcher, binaries: Binaries): Promise<boolean> {
  const setting = "default_toast_compression";
  const args = ["-C", setting, "-c", `${setting}=lz4`, "-D", folder.clusterDir];
  const call = launch(launcher, binaries.postgres, args, binaries.environment);
  return (await runProgram(call, 20_000)).succeeded;
}

/**
 * For the operator's commands beside a running hub: how to connect to the server that now serves the data folder.
 * The server was asked which directory it serves.
 * @returns null when none runs
 * @throws EmbeddedPostgresProblem when a server may be running but cannot be asked, or serves another directory
 */
export async function findRunningPostgres(dataDir: string): Promise<Connection | null> {
  try {
    const folder = dataFolderAt(await realpath(dataDir));
    const owner = await ownerOf(folder.clusterDir);
    if (owner === undefined) return null;
    const finding = await findServer(folder, owner.uid, "sentinal command", 5_000);
    if (finding.kind !== "serving") return null;
    await closeSession(finding.client);
    return finding.connection;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw problemFromFileError(error, dataDir);
  }
}

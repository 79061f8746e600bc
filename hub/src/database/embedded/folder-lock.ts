import { access, constants, open, readFile, rm, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import type { DataFolder } from "./data-folder.ts";
import { dataDirectoryInUse, fileLocksUnavailable, systemErrorCode } from "./problems.ts";

/*
 * One hub at a time may touch a data folder: make the cluster, judge a server that was left behind, start one.
 * PostgreSQL's own lock compares process ids, which mean nothing to a second container on the same volume, and there
 * is none before initdb. So the hub holds an operating system lock on hub.lock for as long as it lives. The system
 * lets go of it when the process ends, however it ends: there is no stale lock to reason about.
 *
 * Node offers no call for file locks. SQLite does, in an empty database with an open transaction; nothing is stored.
 */

export type FolderLock = { release(): Promise<void> };

const sqliteBusy = 5;

/**
 * @param holder shown to a hub that finds the folder locked
 * @throws EmbeddedPostgresProblem `data_directory_in_use` or `file_locks_unavailable`
 */
export async function lockDataFolder(folder: DataFolder, holder: string): Promise<FolderLock> {
  await makeLockFile(folder.lockFile);
  const database = openLocked(folder.lockFile);
  if (database === undefined) throw dataDirectoryInUse(folder.path, await readHolder(folder));
  try {
    await writeFile(folder.holderFile, `${holder}\n`, { mode: 0o600 });
  } catch (error) {
    await rm(folder.holderFile, { force: true });
    database.close();
    throw error;
  }
  return {
    async release() {
      await rm(folder.holderFile, { force: true });
      // The lock file stays: removing it would let two hubs lock two files of the same name.
      if (database.isOpen) database.close();
    },
  };
}

/** Never opens an existing file: closing it again would drop a lock that this very process holds on it. */
async function makeLockFile(path: string): Promise<void> {
  try {
    await (await open(path, "wx", 0o600)).close();
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
    await access(path, constants.R_OK | constants.W_OK);
  }
}

/** @returns undefined when somebody else holds the lock */
function openLocked(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return undefined;
    throw fileLocksUnavailable(path, error instanceof Error ? error.message : String(error));
  }
}

async function readHolder(folder: DataFolder): Promise<string> {
  const text = await readFile(folder.holderFile, "utf8").catch(() => "");
  return text.trim() === "" ? "another hub" : text.trim();
}

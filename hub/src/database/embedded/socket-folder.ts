import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, rm, rmdir } from "node:fs/promises";
import { connect } from "node:net";
import { isAbsolute, join } from "node:path";
import type { Account } from "./launcher.ts";
import { EmbeddedPostgresProblem, socketFolderUnsafe, socketFolderUnusable, socketInUse, systemErrorCode } from "./problems.ts";

/*
 * The server listens on a Unix socket alone. Its folder is closed to everybody else, so nobody can even knock; it is
 * short, because the path of a socket may have 107 bytes (103 on macOS) and a data folder is often longer.
 */

/** The port only names the socket file: one folder holds one server. */
export const socketPort = 5432;

const socketFile = `.s.PGSQL.${socketPort}`;
const longestSocketPathBytes = 103;

export function socketPath(folder: string): string {
  return join(folder, socketFile);
}

/**
 * Which folder holds the socket of a data folder: always the same one for the same data, in XDG_RUNTIME_DIR where
 * that is the server's own, else in /tmp. TMPDIR plays no part; it may be long, and differ between shells.
 * @param dataDir the real path of the data folder
 */
export async function socketFolderFor(dataDir: string, serverUid: number, runtimeDir: string | undefined = process.env["XDG_RUNTIME_DIR"]): Promise<string> {
  const name = `sentinal-${createHash("sha256").update(dataDir).digest("hex").slice(0, 16)}`;
  if (runtimeDir !== undefined && (await isOwnRuntimeDir(runtimeDir, serverUid))) {
    const folder = join(runtimeDir, name);
    if (Buffer.byteLength(socketPath(folder)) <= longestSocketPathBytes) return folder;
  }
  return join("/tmp", name);
}

/** Root keeps XDG_RUNTIME_DIR of the user who called sudo, and a stale variable may name anything. */
async function isOwnRuntimeDir(path: string, uid: number): Promise<boolean> {
  if (!isAbsolute(path)) return false;
  const facts = await lstat(path).catch(() => undefined);
  return facts !== undefined && facts.isDirectory() && facts.uid === uid && (facts.mode & 0o022) === 0;
}

/**
 * Makes the folder, or takes the one that an earlier server of this data folder left.
 * @throws EmbeddedPostgresProblem `socket_folder_unsafe`, `socket_folder_unusable` or `socket_in_use`
 */
export async function prepareSocketFolder(folder: string, owner: Account): Promise<void> {
  try {
    await makeFolder(folder, owner);
    await checkSocketFolder(folder, owner.uid);
    if (await isAnswered(socketPath(folder))) throw socketInUse(socketPath(folder));
    await removeSocketFiles(folder);
  } catch (error) {
    const code = systemErrorCode(error);
    throw code === undefined || error instanceof EmbeddedPostgresProblem ? error : socketFolderUnusable(folder, code);
  }
}

async function makeFolder(folder: string, owner: Account): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return;
    throw error;
  }
  await chmod(folder, 0o700);
  if (owner.uid !== process.getuid?.()) await chown(folder, owner.uid, owner.gid);
}

/**
 * Refuses a folder that somebody else could have put there: a fake server in it would be handed our password.
 * @throws EmbeddedPostgresProblem `socket_folder_unsafe`; a missing folder is a system error ENOENT
 */
export async function checkSocketFolder(folder: string, ownerUid: number): Promise<void> {
  const facts = await lstat(folder);
  if (facts.isSymbolicLink()) throw socketFolderUnsafe(folder, "is a symbolic link");
  if (!facts.isDirectory()) throw socketFolderUnsafe(folder, "is not a folder");
  if (facts.uid !== ownerUid) throw socketFolderUnsafe(folder, `belongs to user id ${facts.uid}`);
  if ((facts.mode & 0o777) !== 0o700) {
    throw socketFolderUnsafe(folder, `has mode ${(facts.mode & 0o777).toString(8)} instead of 700`);
  }
}

/** True when a program accepts connections there. A socket file that a killed server left is not answered. */
async function isAnswered(path: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(path);
    function settle(answered: boolean): void {
      socket.destroy();
      resolve(answered);
    }
    // A program that neither takes nor refuses the connection is alive.
    socket.setTimeout(2_000, () => settle(true));
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

async function removeSocketFiles(folder: string): Promise<void> {
  await rm(socketPath(folder), { force: true });
  await rm(`${socketPath(folder)}.lock`, { force: true });
}

/** Removes the folder after the server has ended. Anything in it that is not PostgreSQL's keeps it in place. */
export async function removeSocketFolder(folder: string): Promise<void> {
  try {
    await removeSocketFiles(folder);
    await rmdir(folder);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "ENOTDIR") throw error;
  }
}

import { chmod, lstat, mkdir, open, readdir, realpath, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dataDirectoryOpenToOthers, problemFromFileError, systemErrorCode } from "./problems.ts";

/** Where things lie in Sentinal's data folder. All paths are absolute and free of symbolic links in the folder part. */
export type DataFolder = {
  path: string;
  /** PostgreSQL's own data directory. */
  clusterDir: string;
  /** Holds the cluster while initdb works on it. It becomes `clusterDir` by one rename. */
  newClusterDir: string;
  passwordFile: string;
  lockFile: string;
  holderFile: string;
  /** Symbolic links to the packaged libraries, when the package has none. */
  librariesDir: string;
  /** A copy of the packaged programs, when the server's user cannot reach the package. */
  binariesDir: string;
};

/** The layout of a data folder; touches nothing. */
export function dataFolderAt(path: string): DataFolder {
  return {
    path,
    clusterDir: join(path, "postgres"),
    newClusterDir: join(path, "postgres.new"),
    passwordFile: join(path, "postgres-password"),
    lockFile: join(path, "hub.lock"),
    holderFile: join(path, "hub.holder"),
    librariesDir: join(path, "postgres-libraries"),
    binariesDir: join(path, "postgres-binaries"),
  };
}

/**
 * Makes the data folder, or takes the one that is there. A new or empty folder gets mode 0700. One with things in it
 * keeps its mode, since somebody may have named `/srv` or `/tmp`: each of our files has a narrow mode of its own.
 * @throws EmbeddedPostgresProblem when the folder cannot be made, written or trusted
 */
export async function prepareDataFolder(dataDir: string): Promise<DataFolder> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const folder = dataFolderAt(await realpath(dataDir));
    const facts = await lstat(folder.path);
    const isOurs = facts.uid === process.getuid?.();
    if (isOurs && (await readdir(folder.path)).length === 0) await chmod(folder.path, 0o700);
    const mode = (await lstat(folder.path)).mode;
    // With the sticky bit, as in /tmp, others may add entries but not replace ours.
    if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0) throw dataDirectoryOpenToOthers(folder.path);
    return folder;
  } catch (error) {
    throw problemFromFileError(error, dataDir);
  }
}

/** The owner of a file or folder, or undefined when nothing is there. */
export async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await lstat(path);
    return { uid, gid };
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Makes a rename or a new name in the folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a small file of mode 0600 that must not exist yet, durably. Nothing half-written stays behind. */
export async function writeNewPrivateFile(path: string, text: string): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(path));
}

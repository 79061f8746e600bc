import { chmod, chown, link, lstat, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { createKeyFile, type HubKey, KeyProblem, readHubKey, syncFolder } from "./key.ts";

const elsewhere = "Give --new-key-file with a path of your own, and point SENTINAL_KEY_FILE there when it is told";

/** Where a new key waits beside the one in use, from before it is announced until it takes its place. */
export function successorFile(path: string): string {
  return `${path}.new`;
}

/** The new key beside the one in use: made, or the one that an interrupted run left. Throws KeyProblem where the file cannot be replaced. */
export async function prepareSuccessor(path: string): Promise<HubKey> {
  const status = await lstat(path);
  // What is mounted into a container stands behind a link, and whoever mounts it replaces it.
  if (!status.isFile()) throw new KeyProblem(`The key file ${path} is a link and is not replaced. ${elsewhere}.`);
  const successor = successorFile(path);
  const isNew = await createKeyFile(successor).catch((error: unknown) => {
    if (error instanceof KeyProblem) throw new KeyProblem(`No new key can be written beside ${path}. ${elsewhere}.`, { cause: error });
    throw error;
  });
  try {
    // The hub may be another user, or read it by its group.
    await chown(successor, status.uid, status.gid);
    await chmod(successor, status.mode & 0o777);
  } catch (error) {
    if (isNew) await rm(successor, { force: true });
    throw new KeyProblem(`The new key file ${successor} cannot be given to the owner of ${path}. Run this as that user. ${elsewhere}.`, { cause: error });
  }
  return readHubKey({ keyFile: successor, dataDir: "" });
}

/** The key that waits beside the one in use; null when none does. */
export async function waitingSuccessor(path: string): Promise<HubKey | null> {
  const isThere = await lstat(successorFile(path)).then(
    () => true,
    () => false,
  );
  return isThere ? readHubKey({ keyFile: successorFile(path), dataDir: "" }) : null;
}

/**
 * Puts the waiting key in the place of the one in use, which stays beside it under its id: backups that were made
 * until now need it. Answers where. Throws KeyProblem when the file is held in its place, as a mount is.
 */
export async function installSuccessor(path: string, replacedId: string): Promise<string> {
  const kept = `${path}.${replacedId}`;
  try {
    await link(path, kept).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    });
    await rename(successorFile(path), path);
    await syncFolder(dirname(path));
    return kept;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "error";
    throw new KeyProblem(
      `The key file ${path} cannot be replaced (${code}). Everything is wrapped by the new key in ${successorFile(path)}, and both keys go on working: put that file in its place on every hub, then run this again.`,
      { cause: error },
    );
  }
}

import { constants } from "node:fs";
import { access, chmod, cp, mkdir, readdir, readFile, readlink, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { systemErrorCode } from "./problems.ts";

/*
 * npm packages hold no symbolic links. The platform packages list theirs in native/pg-symlinks.json and make them in
 * a postinstall script, which newer npm versions do not run; without them every program dies on
 * "libicuuc.so.60: cannot open shared object file".
 */

type LibraryLink = {
  /** File name of the link, "libpq.so.5". */
  name: string;
  /** File name that it stands for, in the same folder, "libpq.so.5.18". */
  file: string;
};

/** The links that the package asks for. A package without the list needs none. */
async function listedLinks(nativeDir: string): Promise<LibraryLink[]> {
  let text: string;
  try {
    text = await readFile(join(nativeDir, "pg-symlinks.json"), "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new TypeError("pg-symlinks.json is not a list");
  return list.map((entry: unknown) => {
    if (!isListEntry(entry)) throw new TypeError("pg-symlinks.json has an entry without source and target");
    // Only names are taken, so that a list can never make us write outside of a folder for libraries.
    return { name: basename(entry.target), file: basename(entry.source) };
  });
}

function isListEntry(entry: unknown): entry is { source: string; target: string } {
  if (typeof entry !== "object" || entry === null || !("source" in entry) || !("target" in entry)) return false;
  return typeof entry.source === "string" && typeof entry.target === "string";
}

/** True when each listed link is there and leads to its library. */
export async function hasLibraryLinks(nativeDir: string): Promise<boolean> {
  const libraryDir = join(nativeDir, "lib");
  for (const link of await listedLinks(nativeDir)) {
    if (!(await leadsTo(join(libraryDir, link.name), join(libraryDir, link.file)))) return false;
  }
  return true;
}

async function leadsTo(link: string, file: string): Promise<boolean> {
  try {
    return (await realpath(link)) === (await realpath(file));
  } catch {
    return false;
  }
}

/** Makes the links inside the package itself. Fails with EACCES or EROFS where the package may not be changed. */
export async function makeLinksInPlace(nativeDir: string): Promise<void> {
  for (const link of await listedLinks(nativeDir)) {
    await placeLink(join(nativeDir, "lib", link.name), link.file);
  }
}

/**
 * Makes the links in a folder of our own, for LD_LIBRARY_PATH. Links of an earlier start that lead elsewhere, because
 * the package has moved since, are replaced.
 */
export async function makeLinksInFolder(nativeDir: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Searched, not listed or written, by the server's user, whatever umask the hub was started with.
  await chmod(folder, 0o755);
  for (const link of await listedLinks(nativeDir)) {
    await placeLink(join(folder, link.name), join(nativeDir, "lib", link.file));
  }
}

/** Through a rename, so that a program that starts just now finds the old link or the new one. */
async function placeLink(path: string, target: string): Promise<void> {
  if ((await readlink(path).catch(() => undefined)) === target) return;
  const temporary = `${path}.${process.pid}`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, path);
}

/**
 * Copies the package's programs to a folder of our own that every user may read, with the links in place. A copy of
 * an earlier start is taken as it is.
 * @param folder holds one copy for each version; copies of other versions are removed
 * @returns the native folder of the copy
 */
export async function copyPrograms(nativeDir: string, folder: string, version: string): Promise<string> {
  const copy = join(folder, version);
  if (await exists(join(copy, "bin", "postgres"))) return copy;
  await rm(folder, { recursive: true, force: true });
  const unfinished = `${copy}.new`;
  await mkdir(dirname(copy), { recursive: true });
  await cp(nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
  await makeLinksInPlace(unfinished);
  await chmod(folder, 0o755);
  await openToReaders(unfinished);
  await rename(unfinished, copy);
  return copy;
}

/** Whatever umask the package was installed with, every user may read and run the copy. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

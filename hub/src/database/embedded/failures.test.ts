import { spawn } from "node:child_process";
import { appendFile, chmod, chown, mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import {
  canRunAsNobody,
  isRoot,
  keptWord,
  leftovers,
  nobody,
  nothingLeft,
  preparedDataDir,
  programFolder,
  removeTemplate,
  run,
  smallDisk,
  spawnHub,
  start,
  temporaryFolder,
} from "./fixture.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { EmbeddedPostgresProblem } from "./index.ts";
import { socketFolderFor } from "./socket-folder.ts";

afterAll(removeTemplate);

async function refusal(dataDir: string, options: { binDir?: string; settings?: Record<string, string> } = {}) {
  const error: unknown = await start({ dataDir, ...options }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EmbeddedPostgresProblem)) throw new Error("it was not refused", { cause: error });
  // One sentence, on one line, with an end.
  expect(error.message).toMatch(/^[^\n]+[^\n ]$/);
  return error;
}

/** Writes zeros until nothing but `bytes` are free. */
async function fillDisk(disk: string, bytes: number): Promise<void> {
  const path = join(disk, "filling");
  await run("dd", ["if=/dev/zero", `of=${path}`, "bs=4096"]).catch(() => {});
  await run("truncate", [`--size=-${bytes}`, path]);
}

describe("a full disk", () => {
  test("while the database is made is named, and nothing half-made stays", async ({ skip }) => {
    const disk = (await smallDisk("24m")) ?? skip("needs the right to mount a small file system");
    const problem = await refusal(disk);
    expect(problem.code).toBe("disk_full");
    expect(problem.message).toContain(`The disk that holds ${disk} is full`);
    expect(await leftovers(disk)).toEqual(nothingLeft);
    expect(await readdir(disk)).not.toContain("postgres");
  });

  // Nothing left stops the hub's own first file; one block stops PostgreSQL's.
  test.for([0, 4096])("with %i bytes left at a start is named, and the data survive", async (bytes, { skip }) => {
    const disk = (await smallDisk("96m")) ?? skip("needs the right to mount a small file system");
    await run("cp", ["-a", await preparedDataDir(), join(disk, "data")]);
    await fillDisk(disk, bytes);
    const dataDir = join(disk, "data");
    const problem = await refusal(dataDir);
    expect(problem.code).toBe("disk_full");
    expect(await leftovers(dataDir)).toEqual(nothingLeft);

    await rm(join(disk, "filling"));
    const { connection } = await start({ dataDir });
    expect(await keptWord(connection)).toBe("still here");
  });
});

describe("a data folder", () => {
  test("that the hub may not write to is named", async ({ skip }) => {
    if (isRoot) {
      skip(!(await canRunAsNobody()), "needs a clone that other users can enter");
      const dataDir = await temporaryFolder();
      const hub = spawnHub({ dataDir }, { account: nobody });
      expect(await hub.outcome).toMatchObject({
        kind: "problem",
        code: "data_directory_not_writable",
        message: expect.stringContaining(`may not read and write ${dataDir}`),
      });
      return;
    }
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, "something"), "");
    await chmod(dataDir, 0o500);
    onTestFinished(async () => await chmod(dataDir, 0o700));
    expect((await refusal(dataDir)).code).toBe("data_directory_not_writable");
  });

  test("on a read-only file system is named", async ({ skip }) => {
    const disk = (await smallDisk("1m")) ?? skip("needs the right to mount a small file system");
    await run("mount", ["-o", "remount,ro", disk]);
    const problem = await refusal(disk);
    expect(problem.code).toBe("data_directory_not_writable");
    expect(problem.message).toMatch(/may not read and write .*EROFS/);
  });

  test("that is a file is named", async () => {
    const path = join(await temporaryFolder(), "file");
    await writeFile(path, "");
    expect((await refusal(path)).code).toBe("data_directory_not_usable");
  });

  test("in which everybody may replace files is refused", async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, "something"), "");
    await chmod(dataDir, 0o777);
    expect((await refusal(dataDir)).code).toBe("data_directory_open_to_others");
  });

  test("with other things in it keeps its mode, a new or empty one is closed", async () => {
    const shared = await preparedDataDir();
    await chmod(shared, 0o755);
    await prepareDataFolder(shared);
    expect((await stat(shared)).mode & 0o777).toBe(0o755);
    const empty = await temporaryFolder();
    await prepareDataFolder(empty);
    expect((await stat(empty)).mode & 0o777).toBe(0o700);
    const made = join(empty, "below", "it");
    await prepareDataFolder(made);
    expect((await stat(made)).mode & 0o777).toBe(0o700);
  });
});

describe("a cluster", () => {
  test("of another major version is refused with both versions and the way out", async () => {
    const dataDir = await preparedDataDir();
    await writeFile(join(dataDir, "postgres", "PG_VERSION"), "14\n");
    const problem = await refusal(dataDir);
    expect(problem.code).toBe("data_directory_other_version");
    expect(problem.message).toMatch(/was made by PostgreSQL 14, .* are PostgreSQL \d\d: .*POSTGRES_BIN_DIR.* dump .* restore/);
    expect(await leftovers(dataDir)).toEqual(nothingLeft);
  });

  test.each([
    ["PG_VERSION", "PG_VERSION"],
    ["global/pg_control", "global/pg_control"],
  ])("without %s is refused, and stays as it is", async (missing, named) => {
    const dataDir = await preparedDataDir();
    await rm(join(dataDir, "postgres", missing));
    const problem = await refusal(dataDir);
    expect(problem.code).toBe("data_directory_incomplete");
    expect(problem.message).toContain(named);
    expect(await leftovers(dataDir)).toEqual(nothingLeft);
    expect(await readdir(join(dataDir, "postgres"))).toContain("base");
  });

  test("of another user is refused", async ({ skip }) => {
    skip(!(await canRunAsNobody()), "needs root, and a clone that other users can enter");
    const dataDir = await preparedDataDir();
    await chown(dataDir, nobody.uid, nobody.gid);
    for (const name of ["hub.lock", "postgres-password"]) await chown(join(dataDir, name), nobody.uid, nobody.gid);
    const hub = spawnHub({ dataDir }, { account: nobody });
    expect(await hub.outcome).toMatchObject({
      kind: "problem",
      code: "data_directory_other_owner",
      message: expect.stringMatching(/belongs to user id 0, but the hub runs as user id 65534/),
    });
  });

  test.each([
    ["is missing", async (path: string) => await rm(path)],
    ["is damaged", async (path: string) => await appendFile(path, "more\n")],
    ["does not fit the database", async (path: string) => await writeFile(path, `${"x".repeat(43)}\n`)],
    ["may be read by others", async (path: string) => await chmod(path, 0o644)],
  ])("whose password file %s is refused", async (reason, spoil) => {
    const dataDir = await preparedDataDir();
    await spoil(join(dataDir, "postgres-password"));
    const problem = await refusal(dataDir);
    expect(problem.code).toBe("password_file_unusable");
    expect(problem.message).toContain(reason);
    expect(await leftovers(dataDir)).toEqual(nothingLeft);
  });
});

describe("a socket folder", () => {
  async function prepared() {
    const dataDir = await preparedDataDir();
    const folder = await socketFolderFor(dataDir, process.getuid?.() ?? 0);
    onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
    return { dataDir, folder };
  }

  test("that is a link is refused and not followed", async () => {
    const { dataDir, folder } = await prepared();
    const target = await temporaryFolder();
    await chmod(target, 0o700);
    await symlink(target, folder);
    const problem = await refusal(dataDir);
    expect(problem.code).toBe("socket_folder_unsafe");
    expect(problem.message).toContain("is a symbolic link");
    expect(await readdir(target)).toEqual([]);
  });

  test("that others can enter is refused", async () => {
    const { dataDir, folder } = await prepared();
    await mkdir(folder);
    await chmod(folder, 0o755);
    expect((await refusal(dataDir)).message).toContain("has mode 755 instead of 700");
  });

  test("of another user is refused", async ({ skip }) => {
    skip(!isRoot, "needs root");
    const { dataDir, folder } = await prepared();
    await mkdir(folder, { mode: 0o700 });
    await chown(folder, nobody.uid, nobody.gid);
    expect((await refusal(dataDir)).message).toContain("belongs to user id 65534");
  });

  test("in which another program answers is left to it", async () => {
    const { dataDir, folder } = await prepared();
    await mkdir(folder, { mode: 0o700 });
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(join(folder, ".s.PGSQL.5432"), resolve));
    onTestFinished(() => void other.close());
    expect((await refusal(dataDir)).code).toBe("socket_in_use");
    expect(await readdir(folder)).toContain(".s.PGSQL.5432");
  });

  test("with the files of a server that was killed is taken again", async () => {
    const { dataDir, folder } = await prepared();
    await mkdir(folder, { mode: 0o700 });
    // A socket file that nobody answers, as kill -9 leaves it.
    const script = `require("net").createServer().listen(${JSON.stringify(join(folder, ".s.PGSQL.5432"))}, () => process.kill(process.pid, "SIGKILL"))`;
    await run(process.execPath, ["-e", script]).catch(() => {});
    expect(await readdir(folder)).toEqual([".s.PGSQL.5432"]);
    // The number of a process that is alive, in the lock file beside it.
    const stranger = spawn("sleep", ["600"]);
    onTestFinished(() => void stranger.kill());
    await writeFile(join(folder, ".s.PGSQL.5432.lock"), `${stranger.pid}\n/elsewhere\n0\n5432\n${folder}\n`);
    const { connection } = await start({ dataDir });
    expect(await keptWord(connection)).toBe("still here");
  });
});

describe("programs", () => {
  test("that are not in POSTGRES_BIN_DIR are named", async () => {
    const folder = await programFolder();
    const problem = await refusal(join(folder, "data"), { binDir: folder });
    expect(problem.code).toBe("binaries_missing");
    expect(problem.message).toContain(`POSTGRES_BIN_DIR is ${folder}, but there is no program postgres in it`);
  });

  test.each([
    ["do not run", "#!/bin/sh\necho 'cannot execute: wrong libc' >&2; exit 127\n", /cannot execute: wrong libc/],
    ["are too old", "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n", /version 14, and 15 or newer is needed/],
  ])("that %s are named, and nothing is made with them", async (_what, script, message) => {
    const folder = await programFolder();
    for (const name of ["postgres", "initdb"]) await writeFile(join(folder, name), script, { mode: 0o755 });
    const dataDir = join(folder, "data");
    const problem = await refusal(dataDir, { binDir: folder });
    expect(problem.code).toBe("binaries_do_not_run");
    expect(problem.message).toMatch(message);
    expect(await leftovers(dataDir)).toEqual(nothingLeft);
  });

  test("whose initdb fails are reported with its own words, and nothing half-made stays", async () => {
    const folder = await programFolder();
    await writeFile(join(folder, "postgres"), "#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n", { mode: 0o755 });
    await writeFile(join(folder, "initdb"), "#!/bin/sh\necho 'initdb: error: out of luck' >&2; exit 1\n", { mode: 0o755 });
    const dataDir = join(folder, "data");
    const problem = await refusal(dataDir, { binDir: folder });
    expect(problem.code).toBe("initdb_failed");
    expect(problem.message).toContain("initdb: error: out of luck");
    expect(await leftovers(dataDir)).toEqual(nothingLeft);
  });

  test("that refuse to start are reported with their own words, and the folder is free again", async () => {
    const dataDir = await preparedDataDir();
    const problem = await refusal(dataDir, { settings: { shared_buffers: "no number" } });
    expect(problem.code).toBe("server_did_not_start");
    expect(problem.message).toContain("shared_buffers");
    expect(await leftovers(dataDir)).toEqual(nothingLeft);
    const { connection } = await start({ dataDir });
    expect(await keptWord(connection)).toBe("still here");
  });
});

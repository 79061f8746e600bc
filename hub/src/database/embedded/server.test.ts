import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { findBinaries, prepareBinaries } from "./binaries.ts";
import { dataFolderAt } from "./data-folder.ts";
import { isServing, postmasterPid, preparedDataDir, processesIn, removeTemplate, run, temporaryFolder } from "./fixture.ts";
import { chooseLauncher, launch, launcherProbes, launcherSituation } from "./launcher.ts";
import { isAlive, processState, readPostmasterFile } from "./postmaster-file.ts";
import type { ServerLaunch, ServerProcess } from "./server.ts";
import { launchServer } from "./server.ts";
import { settingArguments } from "./settings.ts";

afterAll(removeTemplate);

async function launchOn(dataDir: string, changes: Partial<ServerLaunch> = {}): Promise<ServerProcess> {
  const folder = dataFolderAt(dataDir);
  const launcher = await chooseLauncher(await launcherSituation(folder), launcherProbes(dataDir));
  const binaries = await prepareBinaries(await findBinaries(undefined), folder, launcher);
  const settings = settingArguments({
    major: binaries.major,
    socketFolder: await temporaryFolder(),
    socketPort: 5432,
    hasLz4: false,
    extra: {},
  });
  const server = await launchServer({
    call: launch(launcher, binaries.postgres, ["-D", folder.clusterDir, ...settings], binaries.environment),
    clusterDir: folder.clusterDir,
    onLog() {},
    signal: new AbortController().signal,
    ...changes,
  });
  onTestFinished(async () => await server.stop());
  return server;
}

describe("a server", () => {
  test("is ready when its start resolves, and says how it ended", async () => {
    const dataDir = await preparedDataDir();
    const server = await launchOn(dataDir);
    expect(await readPostmasterFile(join(dataDir, "postgres"))).toMatchObject({ pid: server.pid, isReady: true });
    await server.stop();
    expect(await server.ended).toBe("exit code 0");
  });

  test("that does not stop when asked is stopped harder, and leaves nobody behind", async () => {
    const dataDir = await preparedDataDir();
    const server = await launchOn(dataDir, { limits: { fastMs: 50, immediateMs: 50 } });
    // A halted process takes no other signal than the last one.
    process.kill(server.pid, "SIGSTOP");
    await server.stop();
    expect(await server.ended).toBe("signal SIGKILL");
    await expect.poll(async () => await processesIn(dataDir), { timeout: 20_000 }).toEqual([]);
  });

  test("whose start is called off does not stay", async () => {
    const calling = new AbortController();
    const lines: string[] = [];
    const starting = launchOn(await preparedDataDir(), {
      // Says its number and never gets ready.
      call: { program: "/bin/sh", args: ["-c", "echo $$ >&2; exec sleep 600"], environment: { PATH: "/usr/bin:/bin" } },
      signal: calling.signal,
      onLog: (line) => {
        lines.push(line);
        calling.abort(new Error("called off"));
      },
    });
    await expect(starting).rejects.toThrow("called off");
    expect(isAlive(Number(lines[0]))).toBe(false);
  });

  test("that cannot even be spawned is a failed start", async () => {
    const call = { program: "/nonexistent/postgres", args: [], environment: {} };
    await expect(launchOn(await preparedDataDir(), { call })).rejects.toMatchObject({
      code: "server_did_not_start",
      message: expect.stringContaining("ENOENT"),
    });
  });
});

describe("postmaster.pid", () => {
  test("names the server's process, which works in its data directory", async () => {
    const dataDir = await preparedDataDir();
    const { pid } = await launchOn(dataDir);
    expect(await postmasterPid(dataDir)).toBe(pid);
    expect(await isServing(pid, dataDir)).toBe(true);
    expect(await processState(pid, await temporaryFolder())).toBe("unrelated");
    expect(await processState(process.pid, join(dataDir, "postgres"))).toBe("unrelated");
  });

  test("that was cut short names nobody", async () => {
    const folder = await temporaryFolder();
    expect(await readPostmasterFile(folder)).toBeUndefined();
    for (const text of ["", "\n", "not a number\n", "0\n", "-1\n", "1\n"]) {
      await run("sh", ["-c", 'printf "%s" "$1" > "$2/postmaster.pid"', "sh", text, folder]);
      expect(await readPostmasterFile(folder)).toBeUndefined();
    }
  });
});

describe("settings", () => {
  const usual = { major: 15, socketFolder: "/s", socketPort: 5432, hasLz4: false, extra: {} };

  test("keep the server small and its data safe", () => {
    const given = settingArguments(usual);
    for (const setting of ["shared_buffers=64MB", "max_connections=60", "jit=off", "fsync=on", "autovacuum=on"]) {
      expect(given).toContain(setting);
    }
  });

  test("name only what the version and the build know", () => {
    expect(settingArguments(usual).join(" ")).not.toMatch(/io_workers|default_toast_compression/);
    expect(settingArguments({ ...usual, major: 18 })).toContain("io_workers=1");
    expect(settingArguments({ ...usual, hasLz4: true })).toContain("default_toast_compression=lz4");
  });
});

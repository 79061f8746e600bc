import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import {
  ask,
  isServing,
  keptWord,
  postmasterPid,
  preparedDataDir,
  processesIn,
  removeTemplate,
  run,
  spawnHub,
  start,
  temporaryFolder,
  withClient,
} from "./fixture.ts";
import { findRunningPostgres } from "./index.ts";

afterAll(removeTemplate);

/** A hub was killed; its server runs on. */
async function orphanedServer(dataDir: string): Promise<number> {
  const hub = spawnHub({ dataDir });
  expect(await hub.outcome).toMatchObject({ kind: "started" });
  const pid = await postmasterPid(dataDir);
  hub.child.kill("SIGKILL");
  await hub.ended;
  expect(await isServing(pid, dataDir)).toBe(true);
  return pid;
}

async function endServer(dataDir: string): Promise<void> {
  const connection = await findRunningPostgres(dataDir);
  if (connection === null) return;
  process.kill(await postmasterPid(dataDir), "SIGINT");
  await expect.poll(async () => await processesIn(dataDir), { timeout: 20_000 }).toEqual([]);
}

describe("after a hub was killed", () => {
  test("the next hub stops the server it left, in order, and starts its own on the same data", async () => {
    const dataDir = await preparedDataDir();
    const orphan = await orphanedServer(dataDir);
    const left = await findRunningPostgres(dataDir);
    if (left === null) throw new Error("the server did not outlive its hub");
    await withClient(left, async (client) => await client.query("UPDATE kept SET word = 'written to the orphan'"));

    const log: string[] = [];
    const { connection } = await start({ dataDir, onLog: (line) => log.push(line) });
    expect(await isServing(orphan, dataDir)).toBe(false);
    expect(await postmasterPid(dataDir)).not.toBe(orphan);
    expect(await keptWord(connection)).toBe("written to the orphan");
    expect(log.join("\n")).toContain(`an earlier hub left its server behind (process ${orphan})`);
    expect(log.join("\n")).toContain("database system was shut down");
  });

  test("a server that another connection has claimed is left alone, and its holder is named", async () => {
    const dataDir = await preparedDataDir();
    const { connection } = await start({ dataDir, holder: "hub pid 7 on port 8484" });
    // As on a file system without working locks.
    await rm(join(dataDir, "hub.lock"));
    await expect(start({ dataDir })).rejects.toMatchObject({
      code: "data_directory_in_use",
      message: `The data directory ${dataDir} is in use by hub pid 7 on port 8484. Stop it, or set SENTINAL_DATA_DIR to another folder.`,
    });
    expect(await keptWord(connection)).toBe("still here");
  });

  test("a server that was killed too is recovered", async () => {
    const dataDir = await preparedDataDir();
    const orphan = await orphanedServer(dataDir);
    process.kill(orphan, "SIGKILL");
    await expect.poll(async () => await processesIn(dataDir), { timeout: 20_000 }).toEqual([]);
    const { connection } = await start({ dataDir });
    expect(await keptWord(connection)).toBe("still here");
  });

  test("a number in postmaster.pid that a stranger has now is no obstacle, and the stranger lives on", async () => {
    const dataDir = await preparedDataDir();
    const orphan = await orphanedServer(dataDir);
    const path = join(dataDir, "postgres", "postmaster.pid");
    const text = await readFile(path, "utf8");
    process.kill(orphan, "SIGKILL");
    await expect.poll(async () => await processesIn(dataDir), { timeout: 20_000 }).toEqual([]);
    const stranger = spawn("sleep", ["600"]);
    onTestFinished(() => void stranger.kill());
    await writeFile(path, text.replace(/^\d+/, String(stranger.pid)));
    expect(await findRunningPostgres(dataDir)).toBeNull();

    const { connection } = await start({ dataDir });
    expect(await keptWord(connection)).toBe("still here");
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  test("a hub killed during initdb leaves nothing that the next start minds", async () => {
    const dataDir = join(await temporaryFolder(), "data");
    const hub = spawnHub({ dataDir });
    hub.outcome.catch(() => {});
    const unfinished = join(dataDir, "postgres.new");
    await expect
      .poll(async () => (await readdir(unfinished, { recursive: true }).catch(() => [])).length, {
        interval: 5,
        timeout: 20_000,
      })
      .toBeGreaterThan(20);
    hub.child.kill("SIGKILL");
    await hub.ended;
    const { connection } = await start({ dataDir });
    expect(await ask(connection, "SELECT count(*)::int FROM pg_database WHERE datname = 'sentinal'")).toBe(1);
    expect(await readdir(dataDir)).not.toContain("postgres.new");
  });
});

describe("a process that cannot be verified", () => {
  test("which serves another directory is refused, since the folder is a copy", async () => {
    const dataDir = await preparedDataDir();
    const { connection } = await start({ dataDir });
    const copy = join(await temporaryFolder(), "copy");
    await run("cp", ["-a", dataDir, copy]);

    const refusal = {
      code: "data_directory_served_elsewhere",
      message: expect.stringContaining(`is a PostgreSQL server of ${join(dataDir, "postgres")}`),
    };
    await expect(start({ dataDir: copy })).rejects.toMatchObject(refusal);
    await expect(findRunningPostgres(copy)).rejects.toMatchObject(refusal);
    expect(await keptWord(connection)).toBe("still here");
  });

  test("and cannot be reached is named, and neither stopped nor replaced", async () => {
    const dataDir = await preparedDataDir();
    const orphan = await orphanedServer(dataDir);
    const connection = await findRunningPostgres(dataDir);
    if (connection === null) throw new Error("the server did not outlive its hub");
    const socket = join(connection.host, ".s.PGSQL.5432");
    await run("mv", [socket, `${socket}.away`]);
    onTestFinished(async () => {
      await run("mv", [`${socket}.away`, socket]);
      await endServer(dataDir);
    });

    const refusal = {
      code: "server_not_verifiable",
      message: expect.stringMatching(new RegExp(`running process ${orphan}, .*"kill -INT ${orphan}", then start again.$`)),
    };
    await expect(start({ dataDir })).rejects.toMatchObject(refusal);
    await expect(findRunningPostgres(dataDir)).rejects.toMatchObject(refusal);
    expect(await isServing(orphan, dataDir)).toBe(true);
    expect(await postmasterPid(dataDir)).toBe(orphan);
  });

  test("whose socket folder was replaced by a link is not given the password", async () => {
    const dataDir = await preparedDataDir();
    const orphan = await orphanedServer(dataDir);
    const connection = await findRunningPostgres(dataDir);
    if (connection === null) throw new Error("the server did not outlive its hub");
    const away = `${connection.host}-away`;
    await run("mv", [connection.host, away]);
    await symlink(away, connection.host);
    onTestFinished(async () => {
      await rm(connection.host);
      await run("mv", [away, connection.host]);
      await endServer(dataDir);
    });

    await expect(start({ dataDir })).rejects.toMatchObject({
      code: "server_not_verifiable",
      message: expect.stringContaining("is a symbolic link"),
    });
    expect(await isServing(orphan, dataDir)).toBe(true);
  });

  test("because it just stops is waited for", async () => {
    const dataDir = await preparedDataDir();
    const orphan = await orphanedServer(dataDir);
    // Halted on its way out: it still owns the directory and answers nobody.
    process.kill(orphan, "SIGINT");
    process.kill(orphan, "SIGSTOP");
    const starting = start({ dataDir });
    setImmediate(() => process.kill(orphan, "SIGCONT"));
    expect(await keptWord((await starting).connection)).toBe("still here");
    expect(await isServing(orphan, dataDir)).toBe(false);
  });
});

describe("two hubs", () => {
  test("on one data directory: the second is told who has it, and the first works on", async () => {
    const dataDir = await preparedDataDir();
    const { connection } = await start({ dataDir, holder: "hub pid 123 on port 8484" });
    const second = spawnHub({ dataDir, holder: "the second" });
    expect(await second.outcome).toMatchObject({
      kind: "problem",
      code: "data_directory_in_use",
      message: expect.stringContaining("is in use by hub pid 123 on port 8484. Stop it, or set SENTINAL_DATA_DIR"),
    });
    await second.ended;
    expect(await keptWord(connection)).toBe("still here");
    await expect(start({ dataDir, holder: "a third, in the same process" })).rejects.toMatchObject({
      code: "data_directory_in_use",
    });
    // Neither attempt may have loosened the first one's lock.
    const fourth = spawnHub({ dataDir });
    expect(await fourth.outcome).toMatchObject({ kind: "problem", code: "data_directory_in_use" });
  });

  test("that make the same database at once: one does, the other is told, nothing is lost", async () => {
    const dataDir = join(await temporaryFolder(), "data");
    await mkdir(dataDir);
    const hubs = [spawnHub({ dataDir, holder: "one of two" }), spawnHub({ dataDir, holder: "one of two" })];
    const outcomes = await Promise.all(hubs.map(async (hub) => await hub.outcome));
    expect(outcomes.map((outcome) => outcome.kind).toSorted()).toEqual(["problem", "started"]);
    expect(outcomes.find((outcome) => outcome.kind === "problem")).toMatchObject({ code: "data_directory_in_use" });
    const connection = await findRunningPostgres(dataDir);
    if (connection === null) throw new Error("no server runs");
    expect(await ask(connection, "SELECT 1")).toBe(1);
  });

  test("one after the other: a stopped hub lets the next one in", async () => {
    const dataDir = await preparedDataDir();
    const first = spawnHub({ dataDir });
    expect(await first.outcome).toMatchObject({ kind: "started" });
    first.say("stop");
    await once(first.child, "exit");
    const { connection } = await start({ dataDir });
    expect(await keptWord(connection)).toBe("still here");
  });
});

import { rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ask, keptWord, postmasterPid, preparedDataDir, processesIn, removeTemplate, spawnHub, start } from "./fixture.ts";
import type { EmbeddedPostgresProblem } from "./index.ts";

afterAll(removeTemplate);

const lockHolders = `SELECT string_agg(activity.application_name, ',')
  FROM pg_locks AS lock JOIN pg_stat_activity AS activity USING (pid) WHERE lock.locktype = 'advisory'`;

describe("while the hub lives", () => {
  test("its name stands in the database for as long as it holds it", async () => {
    const { connection } = await start({ dataDir: await preparedDataDir(), holder: "hub pid 5 on port 8484" });
    expect(await ask(connection, lockHolders)).toBe("hub pid 5 on port 8484");
  });

  test("a lost connection is made again, with its lock", async () => {
    const { connection } = await start({ dataDir: await preparedDataDir(), holder: "the holder" });
    const holding = "SELECT pid FROM pg_stat_activity WHERE application_name = 'the holder'";
    const ended = await ask(connection, holding);
    await ask(connection, `SELECT pg_terminate_backend(${String(ended)})`);
    await expect.poll(async () => await ask(connection, holding), { timeout: 20_000 }).toSatisfy((pid) => typeof pid === "number" && pid !== ended);
    await expect.poll(async () => await ask(connection, lockHolders), { timeout: 20_000 }).toBe("the holder");
  });

  test("a server that dies is started again under the same connection, and the log says so", async () => {
    const dataDir = await preparedDataDir();
    const log: string[] = [];
    const problems: EmbeddedPostgresProblem[] = [];
    const { connection } = await start({
      dataDir,
      holder: "the holder",
      restartDelaysMs: [10, 10, 10],
      onLog: (line) => log.push(line),
      onProblem: (problem) => problems.push(problem),
    });
    const died = await postmasterPid(dataDir);
    process.kill(died, "SIGKILL");
    await expect.poll(async () => await keptWord(connection).catch(() => undefined), { timeout: 20_000 }).toBe("still here");
    expect(await postmasterPid(dataDir)).not.toBe(died);
    await expect.poll(async () => await ask(connection, lockHolders), { timeout: 20_000 }).toBe("the holder");
    expect(log.join("\n")).toContain("supervisor: the server ended with signal SIGKILL; starting it again in 10 ms");
    expect(problems).toEqual([]);
  });

  test("a server that cannot be started again is reported once, after a limited number of tries", async () => {
    const dataDir = await preparedDataDir();
    const problems: EmbeddedPostgresProblem[] = [];
    const log: string[] = [];
    const postgres = await start({
      dataDir,
      restartDelaysMs: [1, 1],
      onLog: (line) => log.push(line),
      onProblem: (problem) => problems.push(problem),
    });
    const control = join(dataDir, "postgres", "global", "pg_control");
    await rename(control, `${control}.away`);
    process.kill(await postmasterPid(dataDir), "SIGKILL");
    await expect.poll(() => problems.length, { timeout: 20_000 }).toBe(1);
    expect(problems[0]).toMatchObject({
      code: "server_kept_ending",
      message: expect.stringMatching(/ended unexpectedly and 2 tries to start it again failed, the last one with: .*pg_control/),
    });
    expect(log.filter((line) => line.startsWith("supervisor:"))).toHaveLength(2);
    await postgres.stop();
    expect(await processesIn(dataDir)).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  test("stop ends a start that is under way", async () => {
    const dataDir = await preparedDataDir();
    const problems: EmbeddedPostgresProblem[] = [];
    const log: string[] = [];
    const postgres = await start({
      dataDir,
      restartDelaysMs: [60_000],
      onLog: (line) => log.push(line),
      onProblem: (problem) => problems.push(problem),
    });
    process.kill(await postmasterPid(dataDir), "SIGKILL");
    await expect.poll(() => log.join("\n"), { timeout: 20_000 }).toContain("supervisor:");
    await postgres.stop();
    expect(await processesIn(dataDir)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("nothing keeps the process alive after stop", async () => {
    const hub = spawnHub({ dataDir: await preparedDataDir() });
    expect(await hub.outcome).toMatchObject({ kind: "started" });
    hub.say("stop");
    await hub.ended;
    expect(hub.child.exitCode).toBe(0);
  });
});

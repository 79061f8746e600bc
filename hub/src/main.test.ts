import { describe, expect, onTestFinished, test } from "vitest";
import { kill, postmasterOf, processesOfGroup, spawnHub, temporaryDataDir } from "../../test/hub-process.ts";

async function start(settings: Record<string, string>) {
  const dataDir = await temporaryDataDir();
  const hub = spawnHub({ SENTINAL_DATA_DIR: dataDir.path, ...settings });
  onTestFinished(async () => {
    for (const { pid } of await processesOfGroup(hub.pid)) kill(pid);
    await hub.ended;
    await dataDir.remove();
  });
  return { hub, dataDir: dataDir.path };
}

describe("a hub's process", () => {
  test("stops in order when its terminal is closed, and says of settings that it does nothing with", async () => {
    const { hub, dataDir } = await start({ SENTINAL_GITHUB_WEBHOOK_SECRET_FILE: "/nowhere" });
    await hub.ready;
    expect(hub.output()).toContain('"setting":"SENTINAL_GITHUB_WEBHOOK_SECRET"');
    kill(hub.pid, "SIGHUP");
    expect(await hub.ended).toBe(0);
    expect(hub.output()).toContain('"msg":"stopped"');
    expect(await postmasterOf(dataDir)).toBeNull();
  });

  test("tells all wrong settings at once, without a stack, and ends with 1", async () => {
    const { hub } = await start({ SENTINAL_PORT: "eighty", SENTINAL_TYPO: "1", SENTINAL_METRICS_TOKEN: "hunter2" });
    hub.ready.catch(() => {});
    expect(await hub.ended).toBe(1);
    expect(hub.errors()).toContain("Sentinal cannot start.");
    for (const name of ["SENTINAL_PORT", "SENTINAL_TYPO", "SENTINAL_METRICS_TOKEN"]) expect(hub.errors()).toContain(name);
    expect(hub.errors()).not.toMatch(/hunter2|\n\s+at /);
  });
});

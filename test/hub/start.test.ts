import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { lstat, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { socketFolderFor } from "../../hub/src/database/embedded/socket-folder.ts";
import { adminAccount, postJson } from "../hub.ts";
import { freePort, type HubProcess, kill, postmasterOf, processesOf, processesOfGroup, spawnHub, startEntry, temporaryDataDir } from "../hub-process.ts";

const root = join(import.meta.dirname, "..", "..");
/** Where packages and pages are not in place, `npm start` would first install and build: that is not what is tested here. */
const isPrepared = isInstalled() && existsSync(join(root, "web", "dist", "index.html"));
const codePattern = /Set-up code for the first account: (\S+)/;

function isInstalled(): boolean {
  const stamp = join(root, "node_modules", ".sentinal-installed");
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
}

async function newDataDir(): Promise<string> {
  const { path, remove } = await temporaryDataDir();
  onTestFinished(remove);
  return path;
}

function start(settings: Record<string, string>, options: Parameters<typeof spawnHub>[1] = {}): HubProcess {
  const hub = spawnHub(settings, options);
  onTestFinished(async () => {
    for (const { pid } of await processesOfGroup(hub.pid)) kill(pid);
    await hub.ended;
  });
  return hub;
}

async function stop(hub: HubProcess): Promise<void> {
  kill(hub.pid, "SIGTERM");
  expect(await hub.ended).toBe(0);
}

/** What a hub that has ended may not leave: processes of its own or PostgreSQL's, the socket's folder, half a database. */
async function leftOf(dataDir: string, hub: HubProcess): Promise<unknown> {
  const entries = await readdir(dataDir).catch(() => []);
  const socketFolder = await socketFolderFor(dataDir, process.getuid?.() ?? 0);
  return {
    processes: [...(await processesOf(dataDir)), ...(await processesOfGroup(hub.pid))],
    postmaster: await postmasterOf(dataDir),
    entries: entries.filter((entry) => entry === "postgres.new" || entry === "hub.holder"),
    socketFolder: await lstat(socketFolder).then(
      () => socketFolder,
      () => null,
    ),
  };
}

const nothing = { processes: [], postmaster: null, entries: [], socketFolder: null };

describe("a hub on an empty folder", () => {
  test("gets ready, prints the code for the first account, and prints the same one at every start until there is an account", async () => {
    const dataDir = await newDataDir();
    const first = start({ SENTINAL_DATA_DIR: dataDir });
    const url = await first.ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    await first.says("/setup and enter it there");
    const code = codePattern.exec(first.output())?.[1];
    expect(code).toMatch(/^[a-z2-9]{6}(-[a-z2-9]{6}){3}$/);
    await stop(first);

    const second = start({ SENTINAL_DATA_DIR: dataDir });
    const secondUrl = await second.ready;
    await second.says(`Set-up code for the first account: ${code}`);
    const account = await postJson(`${secondUrl}/api/auth/register`, { ...adminAccount, setup_code: code });
    expect(account.status).toBe(201);
    await stop(second);

    const third = start({ SENTINAL_DATA_DIR: dataDir });
    await third.ready;
    await stop(third);
    expect(third.output()).not.toContain("Set-up code");
  });

  test("answers that it lives and is not ready while it starts, and takes requests to any address meanwhile", async () => {
    const dataDir = await newDataDir();
    const port = String(await freePort());
    const hub = start({ SENTINAL_DATA_DIR: dataDir, SENTINAL_PORT: port });
    const statuses = new Set<string>();
    const isReady = () => hub.output().includes("Sentinal is ready");
    while (!isReady()) {
      for (const path of ["/healthz", "/readyz", "/api/auth/me", "/api/cicd/webhook/trivy"]) {
        const status = await fetch(`http://127.0.0.1:${port}${path}`, { method: path.endsWith("trivy") ? "POST" : "GET" })
          .then((answer) => answer.status)
          .catch(() => "not there");
        if (!isReady()) statuses.add(`${path} ${status}`);
      }
      await pause(1);
    }
    expect(statuses).toContain("/healthz 200");
    expect(statuses).toContain("/readyz 503");
    expect(statuses).toContain("/api/auth/me 503");
    expect([...statuses].filter((status) => /\b(404|500)$/.test(status))).toEqual([]);
    await stop(hub);
  });
});

describe("a hub that is told to stop", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("ends in order after %s, and nothing of it is left", async (signal) => {
    const dataDir = await newDataDir();
    const hub = start({ SENTINAL_DATA_DIR: dataDir });
    await hub.ready;
    expect(await postmasterOf(dataDir)).not.toBeNull();
    kill(hub.pid, signal);
    expect(await hub.ended).toBe(0);
    expect(hub.errors()).toBe("");
    expect(hub.output()).toContain('"msg":"stopped"');
    expect(await leftOf(dataDir, hub)).toEqual(nothing);
  });

  test("ends in order when it is told so twice", async () => {
    const dataDir = await newDataDir();
    const hub = start({ SENTINAL_DATA_DIR: dataDir });
    await hub.ready;
    for (const signal of ["SIGINT", "SIGTERM", "SIGINT"] as const) kill(hub.pid, signal);
    expect(await hub.ended).toBe(0);
    expect(await leftOf(dataDir, hub)).toEqual(nothing);
  });

  test.skipIf(!isPrepared)("by Ctrl-C, which reaches the whole process group, ends in order", async () => {
    const dataDir = await newDataDir();
    const hub = start({ SENTINAL_DATA_DIR: dataDir }, { entry: startEntry });
    await hub.ready;
    expect((await processesOfGroup(hub.pid)).length).toBeGreaterThanOrEqual(2);
    process.kill(-hub.pid, "SIGINT");
    expect(await hub.ended).toBe(0);
    expect(hub.output()).toContain('"msg":"stopped"');
    // In order means that PostgreSQL ended after the hub was done with it, by the hub's hand.
    expect(hub.output()).not.toMatch(/"level":"(warn|error)".*(broke|connection|postgres)/);
    expect(await leftOf(dataDir, hub)).toEqual(nothing);
  });

  describe.each([
    ["as soon as its process is there", async () => {}],
    ["when it begins", (_dataDir: string, hub: HubProcess) => hub.says('"msg":"starting"')],
    ["when the first program of PostgreSQL runs", (dataDir: string) => until(async () => (await processesOf(dataDir)).length > 0)],
    ["when PostgreSQL has started", (dataDir: string) => until(async () => (await postmasterOf(dataDir)) !== null)],
  ] as const)("%s", (_moment, moment) => {
    test.each(["an empty folder", "a folder with a database"])("on %s, ends and leaves nothing", async (folder) => {
      const dataDir = await newDataDir();
      if (folder !== "an empty folder") {
        const earlier = start({ SENTINAL_DATA_DIR: dataDir });
        await earlier.ready;
        await stop(earlier);
      }
      const hub = start({ SENTINAL_DATA_DIR: dataDir });
      await moment(dataDir, hub);
      kill(hub.pid, "SIGTERM");
      // Before its own code runs the signal ends it outright: nothing was started then.
      expect([0, "SIGTERM"]).toContain(await hub.ended);
      expect(hub.errors()).toBe("");
      expect(await leftOf(dataDir, hub)).toEqual(nothing);
    });
  });
});

describe("a hub that cannot start says so in one line, ends with 1 and leaves no process", () => {
  /** Runs a hub that is to fail; answers the line. */
  async function refusal(dataDir: string, settings: Record<string, string>): Promise<string> {
    const hub = start({ SENTINAL_DATA_DIR: dataDir, ...settings });
    expect(await hub.ended).toBe(1);
    expect(await processesOfGroup(hub.pid)).toEqual([]);
    const lines = hub
      .errors()
      .split("\n")
      .filter((line) => line !== "");
    expect(lines[0]).toBe("Sentinal cannot start.");
    expect(lines).toHaveLength(2);
    return lines[1] ?? "";
  }

  async function keyFile(dataDir: string, name: string): Promise<string> {
    const path = join(dataDir, name);
    await writeFile(path, randomBytes(32).toString("base64"), { mode: 0o600 });
    return path;
  }

  test("when the port is taken", async () => {
    const [holding, dataDir] = [await newDataDir(), await newDataDir()];
    const other = start({ SENTINAL_DATA_DIR: holding });
    const { port } = new URL(await other.ready);
    expect(await refusal(dataDir, { SENTINAL_PORT: port })).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program, perhaps another hub. Stop it, or set SENTINAL_PORT to a free port.`,
    );
    // It ends before it has touched anything.
    expect(await readdir(dataDir)).toEqual([]);
    await stop(other);
  });

  test("when another hub has the data folder, which goes on undisturbed", async () => {
    const dataDir = await newDataDir();
    const other = start({ SENTINAL_DATA_DIR: dataDir });
    const url = await other.ready;
    expect(await refusal(dataDir, {})).toBe(
      `The data directory ${dataDir} is in use by hub pid ${other.pid} on port ${new URL(url).port}. Stop it, or set SENTINAL_DATA_DIR to another folder.`,
    );
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    await stop(other);
  });

  test("when a setting is unknown", async () => {
    const dataDir = await newDataDir();
    expect(await refusal(dataDir, { SENTINAL_PROT: "8485" })).toMatch(/^SENTINAL_PROT is no setting of Sentinal; did you mean SENTINAL_PORT\. Unset it/);
    expect(await readdir(dataDir)).toEqual([]);
  });

  test("when a setting has a value that cannot be used, without showing a secret one", async () => {
    const dataDir = await newDataDir();
    expect(await refusal(dataDir, { SENTINAL_PORT: "eighty" })).toMatch(/^SENTINAL_PORT: "eighty" cannot be used: /);
    const line = await refusal(dataDir, { SENTINAL_METRICS_TOKEN: "too-short" });
    expect(line).toMatch(/^SENTINAL_METRICS_TOKEN: its value cannot be used: /);
    expect(line).not.toContain("too-short");
  });

  test("when SENTINAL_KEY is no key, without showing it", async () => {
    const line = await refusal(await newDataDir(), { SENTINAL_KEY: "hunter2hunter2" });
    expect(line).toMatch(/^SENTINAL_KEY holds 10 bytes; at least 32 random ones are needed, .*openssl rand -base64 32/);
    expect(line).not.toContain("hunter2");
  });

  test("when DATABASE_URL is given without a key", async () => {
    expect(await refusal(await newDataDir(), { DATABASE_URL: "postgresql://sentinal:hidden@127.0.0.1:1/sentinal" })).toMatch(
      /^DATABASE_URL is set, so SENTINAL_KEY_FILE must be set too: .*openssl rand -base64 32/,
    );
  });

  test("when the server of DATABASE_URL cannot be reached, without showing its password", async () => {
    const dataDir = await newDataDir();
    const line = await refusal(dataDir, {
      DATABASE_URL: "postgresql://sentinal:hidden@127.0.0.1:1/sentinal",
      SENTINAL_KEY_FILE: await keyFile(dataDir, "own-key"),
    });
    expect(line).toMatch(/^PostgreSQL cannot be reached: .*Check that the server runs and what DATABASE_URL says\.$/);
    expect(line).not.toContain("hidden");
  });

  test("when the database belongs to another key, and starts again with its own", async () => {
    const dataDir = await newDataDir();
    const first = start({ SENTINAL_DATA_DIR: dataDir });
    await first.ready;
    await stop(first);
    const line = await refusal(dataDir, { SENTINAL_KEY_FILE: await keyFile(dataDir, "other-key") });
    expect(line).toMatch(/^The database belongs to the key [0-9a-f]{16}, and this hub has the key [0-9a-f]{16}\. Start it with the key file of that database/);
    expect(await processesOf(dataDir)).toEqual([]);
    const again = start({ SENTINAL_DATA_DIR: dataDir });
    await again.ready;
    await stop(again);
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(2);
}

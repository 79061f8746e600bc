import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { TokenPair } from "@sentinal/contract";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DatabaseProblem } from "../../hub/src/database/index.ts";
import { startHub } from "../../hub/src/hub.ts";
import { createLog } from "../../hub/src/log.ts";
import { createVault, hubKey, openKeyRing, readHubKey, type Vault } from "../../hub/src/vault/index.ts";
import { adminAccount, postJson, startTestHub, type TestHub } from "../hub.ts";

let hub: TestHub;
let keyFile: string;
let first: Awaited<ReturnType<typeof readHubKey>>;

beforeEach(async () => {
  hub = await startTestHub();
  keyFile = hub.config.keyFile ?? "";
  first = await readHubKey(hub.config);
});
afterEach(() => hub.close());

const placeOf = (row: number) => ({ table: "credentials", row: String(row), column: "value_sealed" });
const me = async (url: string, bearer: string) => (await fetch(`${url}/api/auth/me`, { headers: { authorization: `Bearer ${bearer}` } })).status;

/** The command as a process of its own, as people run it. */
function spawnRotation() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "..", "..", "cli", "src", "main.ts"), "key", "rotate", "--yes", "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], DATABASE_URL: hub.config.databaseUrl ?? "", SENTINAL_KEY_FILE: keyFile, SENTINAL_DATA_DIR: hub.config.dataDir },
  });
  const collected = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (collected.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (collected.stderr += text));
  return { child, collected, closed: once(child, "close") };
}

async function rotate(): Promise<unknown> {
  const { child, collected, closed } = spawnRotation();
  await closed;
  if (child.exitCode !== 0) throw new Error(`sentinal key rotate ended with ${child.exitCode}: ${collected.stderr}`);
  return JSON.parse(collected.stdout);
}

async function signIn(url: string): Promise<{ access_token: string; refresh_token?: string | undefined }> {
  const answer = await postJson(`${url}/api/auth/login`, { username: adminAccount.username, password: adminAccount.password });
  return TokenPair.parse(await answer.json());
}

describe("while two hubs run", () => {
  test("nobody has to sign in anew, and what one signs the other takes at once", async () => {
    const other = await hub.startAnother();
    const session = await signIn(hub.url);
    const report = await rotate();
    expect(report).toMatchObject({ from: first.id, finished: true, unreadable: [] });
    const entries = await hub.database.db
      .selectFrom("audit_entries")
      .select(["action", "actor_kind"])
      .where("subject_kind", "=", "hub_key")
      .orderBy("id")
      .execute();
    expect(entries).toEqual([
      { action: "hub_key.rotation_started", actor_kind: "operator" },
      { action: "hub_key.rotated", actor_kind: "operator" },
    ]);

    for (const url of [hub.url, other.url]) {
      expect(await me(url, session.access_token)).toBe(200);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    }
    const refreshed = TokenPair.parse(await (await postJson(`${hub.url}/api/auth/refresh`, { refresh_token: session.refresh_token })).json());
    const header: unknown = JSON.parse(Buffer.from(refreshed.access_token.split(".")[0] ?? "", "base64url").toString());
    expect(header).toMatchObject({ kid: (await readHubKey(hub.config)).id });
    for (const url of [hub.url, other.url]) expect(await me(url, refreshed.access_token)).toBe(200);
    expect(await me(other.url, (await signIn(other.url)).access_token)).toBe(200);
  });

  test("one that starts afterwards needs the new file, and refuses what only the old key signed; its browser gets a new one", async () => {
    const session = await signIn(hub.url);
    await copyFile(keyFile, `${keyFile}-copy`);
    await rotate();
    const later = await hub.startAnother();
    expect(await me(later.url, session.access_token)).toBe(401);
    const refreshed = TokenPair.parse(await (await postJson(`${later.url}/api/auth/refresh`, { refresh_token: session.refresh_token })).json());
    expect(await me(later.url, refreshed.access_token)).toBe(200);

    const stale = startHub({ ...hub.config, port: 0, keyFile: `${keyFile}-copy` }, { log: createLog("silent"), onFatal() {} });
    await expect(stale).rejects.toThrow(DatabaseProblem);
    await expect(stale).rejects.toThrow(`this hub has the key ${first.id}, which was rotated out on`);
  });
});

describe("kill -9", () => {
  const records = 1_200;
  let sealed: Buffer[];
  let running: Vault;

  beforeEach(async () => {
    const { db } = hub.database;
    running = createVault({ db, key: first, keys: await openKeyRing({ db, key: first, readKeyFile: () => readHubKey(hub.config) }) });
    sealed = await db.transaction().execute(async (trx) => {
      const made: Buffer[] = [];
      for (let row = 0; row < records; row++) made.push(await running.seal(trx, placeOf(row), `secret ${row}`));
      return made;
    });
  });

  const underNewKey = async () => {
    const row = await hub.database.db
      .selectFrom("vault_data_keys")
      .select(({ fn }) => fn.countAll<number>().as("records"))
      .where("key_id", "!=", first.id)
      .executeTakeFirstOrThrow();
    return row.records;
  };
  const hasStarted = async () => (await hub.database.db.selectFrom("key_rotations").select("id").executeTakeFirst()) !== undefined;

  test.each<[string, () => boolean | Promise<boolean>]>([
    ["when the new key lies beside the old", () => existsSync(`${keyFile}.new`)],
    ["when it is announced", hasStarted],
    ["in the middle of the records", async () => (await underNewKey()) >= 500],
    ["when all records are wrapped anew", async () => (await underNewKey()) >= records],
    ["when the old key is put aside", () => existsSync(`${keyFile}.${first.id}`)],
    ["when the file is replaced", async () => (await readHubKey(hub.config)).id !== first.id],
  ])(
    "%s loses nothing, forks nothing, and the next run ends what it began",
    async (_when, isThere) => {
      const { child, closed } = spawnRotation();
      while (child.exitCode === null && !(await isThere())) await setImmediate();
      child.kill("SIGKILL");
      await closed;

      for (const row of [0, 700, records - 1])
        expect((await running.open(hub.database.db, placeOf(row), sealed[row] ?? Buffer.alloc(0))).toString()).toBe(`secret ${row}`);
      const between = await hub.database.db.transaction().execute((trx) => running.seal(trx, placeOf(records), "sealed in between"));
      const isOver = (await hub.database.db.selectFrom("key_rotations").select("id").where("finished_at", "is not", null).executeTakeFirst()) !== undefined;
      // The kill may come when all is done: then there is nothing to go on with.
      if (!isOver) expect(await rotate()).toMatchObject({ from: first.id, finished: true, unreadable: [] });

      const key = await readHubKey(hub.config);
      expect(key.id).not.toBe(first.id);
      expect(await hub.database.db.selectFrom("key_rotations").select(["from_key", "to_key", "forward", "backward"]).execute()).toEqual([
        { from_key: first.id, to_key: key.id, forward: null, backward: null },
      ]);
      const fresh = createVault({ db: hub.database.db, key, keys: await openKeyRing({ db: hub.database.db, key }) });
      const opened = await Promise.all(sealed.map((bytes, row) => fresh.open(hub.database.db, placeOf(row), bytes)));
      expect(opened.map(String)).toEqual(sealed.map((_bytes, row) => `secret ${row}`));
      expect((await fresh.open(hub.database.db, placeOf(records), between)).toString()).toBe("sealed in between");
      expect((await readHubKey({ ...hub.config, keyFile: `${keyFile}.${first.id}` })).id).toBe(first.id);
      expect(await me(hub.url, hub.admin)).toBe(200);
    },
    180_000,
  );
});

test("another key than the database's is refused at the start, rotated or not", async () => {
  const other = hubKey(Buffer.alloc(32, 9));
  await expect(openKeyRing({ db: hub.database.db, key: other })).rejects.toThrow(
    `belongs to the key ${first.id}, and this hub has the key ${other.id}. Start it`,
  );
  await rotate();
  await expect(openKeyRing({ db: hub.database.db, key: other })).rejects.toMatchObject({ code: "key_differs" });
});

test("a hub that has the key from its environment works beside one that has it from a file, and makes none", async () => {
  const dataDir = join(hub.config.dataDir, "of-the-other");
  const other = await startHub(
    { ...hub.config, dataDir, keyFile: null, key: (await readFile(keyFile, "utf8")).trim() },
    { log: createLog("silent"), onFatal: (error) => expect.unreachable(error.message) },
  );
  try {
    expect(await me(other.url, (await signIn(hub.url)).access_token)).toBe(200);
    expect(await me(hub.url, (await signIn(other.url)).access_token)).toBe(200);
    expect(existsSync(dataDir)).toBe(false);
  } finally {
    await other.stop();
  }
});

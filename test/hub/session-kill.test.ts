import { randomBytes, randomInt } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { adminAccount, postJson, setupCode, urlOf } from "../hub.ts";
import { freePort, type HubProcess, kill, spawnHub } from "../hub-process.ts";
import { createRandom } from "./random.ts";

/** KILLS=100 for a longer run; KILL_SEED repeats one. */
const kills = Number(process.env["KILLS"] ?? "8");
const seed = Number(process.env["KILL_SEED"] ?? randomInt(1, 1_000_000_000));
const sessions = 12;
/** A hub dies after so many refreshes at most, and then in the middle of others. */
const mostRefreshes = 150;
const limitMs = 60_000 + kills * 15_000;

let database: TestDatabase;
let folder: string;
let settings: Record<string, string>;
let url: string;
let hub: HubProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "sentinal-hub-"));
  const port = String(await freePort());
  await writeFile(join(folder, "key"), randomBytes(32).toString("base64"), { mode: 0o600 });
  settings = {
    SENTINAL_DATA_DIR: folder,
    SENTINAL_KEY_FILE: join(folder, "key"),
    SENTINAL_PORT: port,
    SENTINAL_SETUP_CODE: setupCode,
    SENTINAL_LOG_LEVEL: "warn",
    DATABASE_URL: urlOf(database.connection),
  };
  url = `http://127.0.0.1:${port}`;
  hub = spawnHub(settings);
  await hub.ready;
  const registered = await postJson(`${url}/api/auth/register`, { ...adminAccount, setup_code: setupCode });
  if (registered.status !== 201) throw new Error(`the first account was refused: ${await registered.text()}`);
}, 60_000);
afterAll(async () => {
  kill(hub.pid);
  await hub.ended;
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** One that keeps its newest token, as a browser or the command line does, and tries the same again when no answer came. */
type Client = { token: string; access: string; refreshes: number; refused: number };

async function signIn(): Promise<Client> {
  const answer = await postJson(`${url}/api/auth/login`, { username: adminAccount.username, password: adminAccount.password });
  const pair = TokenPair.parse(await answer.json());
  return { token: pair.refresh_token ?? "", access: pair.access_token, refreshes: 0, refused: 0 };
}

async function refresh(client: Client): Promise<void> {
  const answer = await postJson(`${url}/api/auth/refresh`, { refresh_token: client.token }).catch(() => null);
  // Killed before it answered, or in the middle of its answer.
  const body: unknown = await answer?.json().catch(() => null);
  const pair = TokenPair.safeParse(body).data;
  if (answer?.status === 401) client.refused++;
  if (pair?.refresh_token === undefined) return;
  client.token = pair.refresh_token;
  client.access = pair.access_token;
  client.refreshes++;
}

function refreshesOf(clients: readonly Client[]): number {
  return clients.reduce((sum, client) => sum + client.refreshes, 0);
}

test(
  "a hub that is killed over and over while sessions are refreshed loses none of them and forks none",
  async () => {
    console.log(`${kills} kills with KILL_SEED=${seed}`);
    const random = createRandom(seed);
    const clients: Client[] = [];
    for (let index = 0; index < sessions; index++) clients.push(await signIn());

    for (let round = 0; round < kills; round++) {
      let isDead = false;
      const work = clients.map(async (client) => {
        while (!isDead) await refresh(client);
      });
      const enough = refreshesOf(clients) + 1 + random.below(mostRefreshes);
      while (refreshesOf(clients) < enough) await pause(1);
      kill(hub.pid);
      isDead = true;
      await hub.ended;
      await Promise.all(work);
      hub = spawnHub(settings);
      await hub.ready;
    }

    await Promise.all(clients.map(refresh));
    expect(clients.map((client) => client.refused)).toEqual(clients.map(() => 0));
    expect(refreshesOf(clients)).toBeGreaterThan(kills + sessions);
    for (const client of clients) {
      expect((await fetch(`${url}/api/auth/me`, { headers: { authorization: `Bearer ${client.access}` } })).status).toBe(200);
    }
    const { rows } = await sql<{ live: number; ended: boolean }>`
      select count(*) filter (where rotated_at is null and not revoked)::int as live, bool_or(sessions.revoked_at is not null) as ended
        from refresh_tokens join sessions using (family) group by family`.execute(database.db);
    expect(rows).toEqual(clients.map(() => ({ live: 1, ended: false })));
  },
  limitMs,
);

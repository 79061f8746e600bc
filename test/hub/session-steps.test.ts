import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { adminAccount, postJson, setupCode, urlOf } from "../hub.ts";
import { freePort, type HubProcess, kill, spawnHub } from "../hub-process.ts";

/** Held by the test while a hub shall stand still; any number will do. */
const gate = 4_071_336;
/** A hub is killed and started anew. */
const limitMs = 60_000;

let database: TestDatabase;
let folder: string;
let settings: Record<string, string>;
let url: string;
let hub: HubProcess;

/**
 * A trigger at each write of a session's life: at the one that is named, the hub's statement waits for the gate. Those
 * "at commit" are deferred: the gate then stands within COMMIT itself, which goes through although the hub is dead.
 */
const points = {
  "before the old token is marked as exchanged": "before update on refresh_tokens for each row when (old.rotated_at is null and new.rotated_at is not null)",
  "after the old token was marked as exchanged": "after update on refresh_tokens for each row when (old.rotated_at is null and new.rotated_at is not null)",
  "before the new token is written": "before insert on refresh_tokens for each row",
  "after the new token was written": "after insert on refresh_tokens for each row",
  "before the copy for the grace is erased":
    "before update on refresh_tokens for each row when (old.successor_sealed is not null and new.successor_sealed is null)",
  "after the copy for the grace was erased":
    "after update on refresh_tokens for each row when (old.successor_sealed is not null and new.successor_sealed is null)",
  "before the session's last use is noted": "before update on sessions for each row when (old.last_seen_at is distinct from new.last_seen_at)",
  "after the session's last use was noted": "after update on sessions for each row when (old.last_seen_at is distinct from new.last_seen_at)",
  "before the session is written": "before insert on sessions for each row",
  "after the session was written": "after insert on sessions for each row",
  "before the session is ended": "before update on sessions for each row when (old.revoked_at is null and new.revoked_at is not null)",
  "after the session was ended": "after update on sessions for each row when (old.revoked_at is null and new.revoked_at is not null)",
  "before its audit entry": "before insert on audit_entries for each row when (new.action like 'session.%')",
  "after its audit entry": "after insert on audit_entries for each row when (new.action like 'session.%')",
  "at commit of a new token": "after insert on refresh_tokens deferrable initially deferred for each row",
  "at commit of its audit entry": "after insert on audit_entries deferrable initially deferred for each row when (new.action like 'session.%')",
} as const;
type Point = keyof typeof points;

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
  await installPoints();
  hub = spawnHub(settings);
  await hub.ready;
  const registered = await postJson(`${url}/api/auth/register`, { ...adminAccount, setup_code: setupCode });
  if (registered.status !== 201) throw new Error(`the first account was refused: ${await registered.text()}`);
}, limitMs);
afterAll(async () => {
  kill(hub.pid);
  await hub.ended;
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function installPoints(): Promise<void> {
  await sql`create table stands_at (point text not null)`.execute(database.db);
  await sql
    .raw(
      `create function stand_still() returns trigger language plpgsql as $$
       begin
         if exists (select from stands_at where point = tg_argv[0]) then perform pg_advisory_xact_lock(${gate}); end if;
         return new;
       end $$`,
    )
    .execute(database.db);
  for (const [index, [point, when]] of Object.entries(points).entries()) {
    const kind = when.includes("deferrable") ? "constraint trigger" : "trigger";
    await sql.raw(`create ${kind} stands_${index} ${when} execute function stand_still('${point.replaceAll("'", "''")}')`).execute(database.db);
  }
}

/** Does the work, kills the hub while it stands at the point, lets the database go on, and starts the hub anew. */
async function killAt(point: Point, work: () => Promise<unknown>): Promise<void> {
  await database.db.connection().execute(async (holder) => {
    await sql`select pg_advisory_lock(${gate})`.execute(holder);
    await sql`insert into stands_at values (${point})`.execute(holder);
    const working = work().catch(() => null);
    await until(
      async () =>
        (await rowsOf<{ n: number }>(sql`select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = ${gate} and not granted`))[0]?.n === 1,
    );
    kill(hub.pid);
    await hub.ended;
    await working;
    await sql`delete from stands_at`.execute(holder);
    await sql`select pg_advisory_unlock(${gate})`.execute(holder);
  });
  await until(
    async () =>
      (
        await rowsOf<{ n: number }>(
          sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'sentinal hub'`,
        )
      )[0]?.n === 0,
  );
  hub = spawnHub(settings);
  await hub.ready;
}

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(database.db)).rows;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(5);
}

async function signIn(): Promise<TokenPair> {
  const answer = await postJson(`${url}/api/auth/login`, { username: adminAccount.username, password: adminAccount.password });
  return TokenPair.parse(await answer.json());
}

async function refresh(token: string | undefined): Promise<TokenPair> {
  const answer = await postJson(`${url}/api/auth/refresh`, { refresh_token: token });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return TokenPair.parse(await answer.json());
}

async function me(access: string): Promise<number> {
  return (await fetch(`${url}/api/auth/me`, { headers: { authorization: `Bearer ${access}` } })).status;
}

/** Of the session of a refresh token: how many tokens of it can be exchanged, and whether it runs. */
async function sessionOf(token: string | undefined) {
  const hash = createHash("sha256")
    .update(token ?? "")
    .digest();
  const rows = await rowsOf<{ family: string; live: number; is_over: boolean }>(sql`
    select family, count(*) filter (where rotated_at is null and not revoked)::int as live, bool_or(sessions.revoked_at is not null) as is_over
      from refresh_tokens join sessions using (family)
     where family = (select family from refresh_tokens where token_hash = ${hash}) group by family`);
  return rows[0];
}

async function entriesOf(family: string | undefined): Promise<string[]> {
  const rows = await rowsOf<{ action: string }>(sql`select action from audit_entries where subject_id = ${family} order by id`);
  return rows.map((row) => row.action);
}

describe("a hub that is killed while a session is refreshed loses it not and forks it not", () => {
  const steps = [
    "before the old token is marked as exchanged",
    "after the old token was marked as exchanged",
    "before the new token is written",
    "after the new token was written",
    "before the copy for the grace is erased",
    "after the copy for the grace was erased",
    "before the session's last use is noted",
    "after the session's last use was noted",
    "at commit of a new token",
  ] as const satisfies Point[];

  test.each(steps)(
    "%s",
    async (point) => {
      // The second refresh of a session has all of the steps: it erases what the first kept for its grace.
      const first = await signIn();
      const before = await refresh(first.refresh_token);
      await sql`update sessions set last_seen_at = last_seen_at - interval '1 hour'`.execute(database.db);
      await killAt(point, () => refresh(before.refresh_token));

      const after = await refresh(before.refresh_token);
      expect(after.refresh_token).not.toBe(before.refresh_token);
      expect(await sessionOf(after.refresh_token)).toMatchObject({ live: 1, is_over: false });
      expect((await refresh(before.refresh_token)).refresh_token, "the same again").toBe(after.refresh_token);
      expect([await me(before.access_token), await me(after.access_token)]).toEqual([200, 200]);
      await refresh(after.refresh_token);
      expect(await sessionOf(after.refresh_token)).toMatchObject({ live: 1, is_over: false });
    },
    limitMs,
  );
});

describe("a hub that is killed while somebody signs in leaves a whole session, with its entry, or none", () => {
  const steps = [
    "before the session is written",
    "after the session was written",
    "before the new token is written",
    "after the new token was written",
    "before its audit entry",
    "after its audit entry",
    "at commit of a new token",
  ] as const satisfies Point[];

  test.each(steps)(
    "%s",
    async (point) => {
      const earlier = new Set((await rowsOf<{ family: string }>(sql`select family from sessions`)).map((row) => row.family));
      await killAt(point, signIn);
      const opened = (await rowsOf<{ family: string }>(sql`select family from sessions`)).filter((row) => !earlier.has(row.family));
      expect(opened).toHaveLength(point.startsWith("at commit") ? 1 : 0);
      for (const { family } of opened) {
        expect(await rowsOf(sql`select family from refresh_tokens where family = ${family} and rotated_at is null and not revoked`)).toHaveLength(1);
        expect(await entriesOf(family)).toEqual(["session.opened"]);
      }
      expect(await me((await signIn()).access_token)).toBe(200);
    },
    limitMs,
  );
});

describe("a hub that is killed while somebody signs out has ended the session, with its entry, or not at all", () => {
  const steps = [
    "before the session is ended",
    "after the session was ended",
    "before its audit entry",
    "after its audit entry",
    "at commit of its audit entry",
  ] as const satisfies Point[];

  test.each(steps)(
    "%s",
    async (point) => {
      const pair = await signIn();
      const signOut = () => postJson(`${url}/api/auth/logout`, { refresh_token: pair.refresh_token });
      await killAt(point, signOut);
      const session = await sessionOf(pair.refresh_token);
      const isEnded = point.startsWith("at commit");
      expect(session?.is_over).toBe(isEnded);
      expect(await me(pair.access_token)).toBe(isEnded ? 401 : 200);
      expect(await entriesOf(session?.family)).toEqual(isEnded ? ["session.opened", "session.revoked"] : ["session.opened"]);

      expect((await signOut()).status).toBe(204);
      expect(await me(pair.access_token)).toBe(401);
      expect(await entriesOf(session?.family)).toEqual(["session.opened", "session.revoked"]);
    },
    limitMs,
  );
});

import { randomInt } from "node:crypto";
import { TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestHub, type TestAnswer, type TestHub } from "../../hub/src/accounts/fixture.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { createRandom, type Random } from "./random.ts";

/** RACES=20000 for a longer run; RACE_SEED repeats one. */
const races = Number(process.env["RACES"] ?? "2000");
const seed = Number(process.env["RACE_SEED"] ?? randomInt(1, 1_000_000_000));
const racesAtOnce = 25;
const limitMs = 60_000 + races * 60;

let database: TestDatabase;
let hubs: readonly TestHub[];
let ada: { id: number; accessToken: string; family: string };

beforeAll(async () => {
  database = await createTestDatabase();
  hubs = await Promise.all([startTestHub({ database }), startTestHub({ database })]);
  const made = await hubOf(0).signUp("ada");
  const session = await database.db.selectFrom("sessions").select("family").executeTakeFirstOrThrow();
  ada = { ...made, family: session.family };
});
afterAll(async () => {
  await Promise.all(hubs.map((hub) => hub.close()));
  await database.close();
});

function hubOf(index: number): TestHub {
  const hub = hubs[index % hubs.length];
  if (hub === undefined) throw new Error("there are no hubs");
  return hub;
}

type Session = { family: string; refreshToken: string };

/** A session without the price of a password, as a device gets one. */
async function openSession(): Promise<Session> {
  const hub = hubOf(0);
  const caller = { address: "192.0.2.1", requestId: "race" };
  const grant = await database.db.transaction().execute((trx) => hub.accounts.openDeviceSession(trx, { userId: ada.id, family: ada.family }, "race", caller));
  if (grant === null) throw new Error("no session was opened");
  return { family: grant.family, refreshToken: grant.refreshToken };
}

function refresh(hub: TestHub, token: string): Promise<TestAnswer> {
  return hub.call("POST", "/api/auth/refresh", { body: { refresh_token: token } });
}

/** Lets others go first, by a number of turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("a thousand refreshes of one token at once, on two hubs, give exactly one successor, and nobody is logged out", async () => {
  const session = await openSession();
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => refresh(hubOf(index), session.refreshToken)));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  const pairs = answers.map((answer) => TokenPair.parse(answer.body));
  expect(new Set(pairs.map((pair) => pair.refresh_token)).size).toBe(1);
  const rows = await database.db.selectFrom("refresh_tokens").select(["rotated_at", "revoked"]).where("family", "=", session.family).execute();
  expect(rows).toHaveLength(2);
  expect(rows.filter((row) => row.rotated_at === null && !row.revoked)).toHaveLength(1);
  for (const pair of [pairs[0], pairs[499], pairs[999]]) {
    expect((await hubOf(0).call("GET", "/api/auth/me", { bearer: pair?.access_token ?? "" })).status).toBe(200);
  }
  expect((await refresh(hubOf(1), pairs[7]?.refresh_token ?? "")).status).toBe(200);
}, 60_000);

/** One session that is refreshed by several hands while it is revoked; answers what was still alive after that was confirmed. */
async function race(random: Random): Promise<string[]> {
  const session = await openSession();
  const [revoker, hands] = [hubOf(random.below(2)), 1 + random.below(3)];
  const given: TokenPair[] = [];
  let isOver = false;

  async function keepRefreshing(hub: TestHub, waitTurns: number): Promise<void> {
    let token = session.refreshToken;
    await turns(waitTurns);
    while (!isOver) {
      const answer = await refresh(hub, token);
      if (answer.status !== 200) return;
      const pair = TokenPair.parse(answer.body);
      given.push(pair);
      token = pair.refresh_token ?? "";
    }
  }

  async function revoke(waitTurns: number): Promise<void> {
    await turns(waitTurns);
    const answer = await revoker.call("POST", "/api/auth/logout", { body: { refresh_token: session.refreshToken } });
    expect(answer.status).toBe(204);
  }

  const work = Array.from({ length: hands }, () => keepRefreshing(hubOf(random.below(2)), random.below(40)));
  await revoke(random.below(60));
  const alive: string[] = [];
  // Right after the answer: what is in the database must be dead everywhere, and access tokens on the hub that was told.
  const live = await sql<{ jti: string }>`
    select jti from refresh_tokens join sessions using (family)
     where family = ${session.family} and (not refresh_tokens.revoked or sessions.revoked_at is null or successor_sealed is not null)`.execute(database.db);
  alive.push(...live.rows.map((row) => `row ${row.jti}`));
  isOver = true;
  await Promise.all(work);
  for (const pair of given) {
    if ((await revoker.call("GET", "/api/auth/me", { bearer: pair.access_token })).status !== 401) alive.push("an access token");
  }
  const newest = given.at(-1)?.refresh_token ?? session.refreshToken;
  for (const hub of hubs) {
    if ((await refresh(hub, newest)).status !== 401) alive.push("a refresh token");
  }
  return alive;
}

test(
  "refreshing against revoking, in thousands of interleavings, leaves nothing alive once the revocation was confirmed",
  async () => {
    console.log(`${races} races with RACE_SEED=${seed}`);
    const random = createRandom(seed);
    for (let done = 0; done < races; done += racesAtOnce) {
      const alive = await Promise.all(Array.from({ length: Math.min(racesAtOnce, races - done) }, () => race(random)));
      expect(alive.flat()).toEqual([]);
      // Rows of what is over only make the next races slower.
      await sql`delete from sessions where family <> ${ada.family}`.execute(database.db);
    }
    const { rows } = await sql<{ deadlocks: number }>`select deadlocks::int from pg_stat_database where datname = current_database()`.execute(database.db);
    expect(rows).toEqual([{ deadlocks: 0 }]);
  },
  limitMs,
);

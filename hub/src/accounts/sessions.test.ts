import { TokenPair } from "@sentinal/contract";
import { type RawBuilder, sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { deleteEnded, eraseEndedGraces } from "./queries.ts";
import { password, startTestHub, type TestAnswer, type TestHub } from "./fixture.ts";

let database: TestDatabase;
let hub: TestHub;
let other: TestHub;
let bob: { id: number; accessToken: string; refreshToken: string };
let names = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  [hub, other] = await Promise.all([startTestHub({ database }), startTestHub({ database })]);
});
afterAll(async () => {
  await Promise.all([hub.close(), other.close()]);
  await database.close();
});
beforeEach(async () => {
  bob = await hub.signUp(`bob${++names}`);
});
afterEach(async () => {
  await sql`truncate users, sessions, refresh_tokens, audit_entries cascade`.execute(database.db);
});

function refresh(token: string, on = hub): Promise<TestAnswer> {
  return on.call("POST", "/api/auth/refresh", { body: { refresh_token: token } });
}

async function refreshed(token: string, on = hub): Promise<string> {
  const answer = await refresh(token, on);
  expect(answer.status).toBe(200);
  return TokenPair.parse(answer.body).refresh_token ?? "";
}

async function me(bearer: string, on = hub): Promise<number> {
  return (await on.call("GET", "/api/auth/me", { bearer })).status;
}

/** Moves what happened to refresh tokens into the past. */
async function later(interval: RawBuilder<unknown>): Promise<void> {
  await sql`update refresh_tokens set rotated_at = rotated_at - ${interval}, expires_at = expires_at - ${interval}`.execute(database.db);
}

async function tokens() {
  return database.db.selectFrom("refresh_tokens").selectAll().orderBy("created_at").execute();
}

describe("refreshing", () => {
  test("gives a new pair, and the new access token is good", async () => {
    const answer = await refresh(bob.refreshToken);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.stringMatching(/^sentr_[0-9A-Za-z]{43}$/),
      token_type: "bearer",
      expires_in: 600,
    });
    const pair = TokenPair.parse(answer.body);
    expect(pair.refresh_token).not.toBe(bob.refreshToken);
    expect(await me(pair.access_token)).toBe(200);
  });

  test("goes on over many steps within one session", async () => {
    let token = bob.refreshToken;
    for (let step = 0; step < 20; step++) token = await refreshed(token, step % 2 === 0 ? hub : other);
    const rows = await tokens();
    expect(rows).toHaveLength(21);
    expect(new Set(rows.map((row) => row.family)).size).toBe(1);
    expect(rows.filter((row) => row.rotated_at === null)).toHaveLength(1);
    expect(rows.filter((row) => row.successor_sealed !== null)).toHaveLength(1);
  });

  test("with the same token again within the grace gives the same successor, on every hub", async () => {
    const successor = await refreshed(bob.refreshToken);
    await later(sql`interval '28 seconds'`);
    expect(await refreshed(bob.refreshToken)).toBe(successor);
    expect(await refreshed(bob.refreshToken, other)).toBe(successor);
    expect(await refreshed(successor)).not.toBe(successor);
  });

  test("by a hundred at once with one token gives one successor", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => refresh(bob.refreshToken, index % 2 === 0 ? hub : other)));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 100 }, () => 200));
    expect(new Set(answers.map((answer) => TokenPair.parse(answer.body).refresh_token)).size).toBe(1);
    const rows = await tokens();
    expect(rows).toHaveLength(2);
    expect(rows.filter((row) => row.rotated_at === null)).toHaveLength(1);
  });

  test("after the successor was presented ends the family: the old token is in two hands", async () => {
    const second = await refreshed(bob.refreshToken);
    const third = await refreshed(second);
    const stolen = await refresh(bob.refreshToken);
    expect(stolen.status).toBe(401);
    expect(stolen.body).toMatchObject({ code: "session_ended" });
    expect((await refresh(third)).status).toBe(401);
    expect((await refresh(second)).status).toBe(401);
    expect(await me(bob.accessToken)).toBe(401);
    expect((await tokens()).every((row) => row.revoked && row.successor_sealed === null)).toBe(true);
    expect(await hub.audit()).toContainEqual(
      expect.objectContaining({
        action: "session.revoked",
        actor_kind: "anonymous",
        subject_kind: "session",
        detail: expect.objectContaining({ reason: "refresh_token_reused", user_id: bob.id }),
      }),
    );
  });

  test("after the grace has passed ends the family, also when the successor was never presented", async () => {
    const successor = await refreshed(bob.refreshToken);
    await later(sql`interval '31 seconds'`);
    expect((await refresh(bob.refreshToken)).status).toBe(401);
    expect((await refresh(successor)).status).toBe(401);
  });

  test("with a token of long ago ends the family", async () => {
    let token = bob.refreshToken;
    for (let step = 0; step < 5; step++) token = await refreshed(token);
    await later(sql`interval '10 days'`);
    expect((await refresh(bob.refreshToken)).status).toBe(401);
    expect((await refresh(token)).status).toBe(401);
  });

  test("that ends a family leaves the user's other sessions alone", async () => {
    const name = `bob${names}`;
    const second = TokenPair.parse((await hub.call("POST", "/api/auth/login", { body: { username: name, password } })).body);
    const successor = await refreshed(bob.refreshToken);
    await refreshed(successor);
    expect((await refresh(bob.refreshToken)).status).toBe(401);
    expect(await me(second.access_token)).toBe(200);
    await refreshed(second.refresh_token ?? "");
  });

  test.each([
    ["unknown", async () => `sentr_${"0".repeat(43)}`],
    ["no token at all", async () => "x"],
    [
      "expired",
      async () => {
        await later(sql`interval '31 days'`);
        return bob.refreshToken;
      },
    ],
    [
      "of a session that has reached its end",
      async () => {
        await sql`update sessions set expires_at = now()`.execute(database.db);
        return bob.refreshToken;
      },
    ],
    [
      "of a user who was disabled",
      async () => {
        await sql`update users set disabled_at = now()`.execute(database.db);
        return bob.refreshToken;
      },
    ],
  ])("with a token that is %s is refused", async (_what, make) => {
    const answer = await refresh(await make());
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "session_ended" });
  });

  test("never makes a session last longer than it may", async () => {
    await sql`update sessions set expires_at = now() + interval '1 hour'`.execute(database.db);
    await refreshed(bob.refreshToken);
    const newest = (await tokens()).find((row) => row.rotated_at === null);
    expect((newest?.expires_at.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  test("without a token is refused, and with a wrong field is a bad request", async () => {
    expect((await hub.call("POST", "/api/auth/refresh")).status).toBe(401);
    expect((await hub.call("POST", "/api/auth/refresh", { body: {} })).status).toBe(401);
    expect((await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: 7 } })).status).toBe(400);
    expect((await hub.call("POST", "/api/auth/refresh", { body: { refresh_token: "x".repeat(501) } })).status).toBe(400);
  });

  test("against signing out at the same moment never leaves a session that lives, and neither waits for the other in a circle", async () => {
    const users = await Promise.all(Array.from({ length: 12 }, (_, index) => hub.signUp(`both${index}`)));
    const deadlocks = async () =>
      (await sql<{ deadlocks: number }>`select deadlocks from pg_stat_database where datname = current_database()`.execute(database.db)).rows[0]?.deadlocks;
    await Promise.all(
      users.map(async (user) => {
        const [exchanged] = await Promise.all([
          refresh(user.refreshToken, other),
          hub.call("POST", "/api/auth/logout", { body: { refresh_token: user.refreshToken } }),
        ]);
        const successor = TokenPair.safeParse(exchanged.body).data?.refresh_token ?? "none, for signing out came first";
        expect((await refresh(successor)).status).toBe(401);
        expect((await refresh(user.refreshToken)).status).toBe(401);
      }),
    );
    expect(await database.db.selectFrom("refresh_tokens").select("jti").where("user_id", "!=", bob.id).where("revoked", "=", false).execute()).toEqual([]);
    expect(await deadlocks()).toBe(0);
  });

  test("against a password reset at the same moment never leaves a session that lives", async () => {
    for (let round = 0; round < 5; round++) {
      const user = await hub.signUp(`reset${round}`);
      await Promise.all([
        hub.accounts.resetPassword(`reset${round}`, "another long password", { kind: "operator", id: "test" }),
        refresh(user.refreshToken, other),
        ...Array.from({ length: 4 }, () => other.call("POST", "/api/auth/login", { body: { username: `reset${round}`, password } })),
      ]);
      expect(await database.db.selectFrom("sessions").select("family").where("user_id", "=", user.id).where("revoked_at", "is", null).execute()).toEqual([]);
    }
  });
});

describe("the sealed successor", () => {
  test("is erased when it is presented, and by time", async () => {
    const successor = await refreshed(bob.refreshToken);
    const sealed = async () => (await tokens()).filter((row) => row.successor_sealed !== null).length;
    expect(await sealed()).toBe(1);
    await refreshed(successor);
    expect(await sealed()).toBe(1);
    expect(await eraseEndedGraces(database.db)).toBe(0);
    await later(sql`interval '31 seconds'`);
    expect(await eraseEndedGraces(database.db)).toBe(1);
    expect(await sealed()).toBe(0);
  });

  test("cannot be opened with what the database holds", async () => {
    const successor = await refreshed(bob.refreshToken);
    const everything = Buffer.concat((await tokens()).flatMap((row) => [row.token_hash, row.successor_sealed ?? Buffer.alloc(0)]));
    expect(everything.includes(Buffer.from(successor))).toBe(false);
  });
});

describe("signing out", () => {
  const logout = (body: unknown, on = hub) => on.call("POST", "/api/auth/logout", { body });

  test("ends the session here at once and is in the audit log once, however often it is asked for", async () => {
    expect(await me(bob.accessToken)).toBe(200);
    const answer = await logout({ refresh_token: bob.refreshToken });
    expect(answer.status).toBe(204);
    expect(answer.text).toBe("");
    expect(await me(bob.accessToken)).toBe(401);
    expect((await refresh(bob.refreshToken)).status).toBe(401);
    expect((await logout({ refresh_token: bob.refreshToken })).status).toBe(204);
    expect((await hub.audit()).filter((entry) => entry.action === "session.revoked")).toMatchObject([
      { actor_kind: "user", actor_id: String(bob.id), detail: { reason: "logout" } },
    ]);
  });

  test("works with an older token of the session, and ends the newer ones", async () => {
    const successor = await refreshed(await refreshed(bob.refreshToken));
    expect((await logout({ refresh_token: bob.refreshToken })).status).toBe(204);
    expect((await refresh(successor)).status).toBe(401);
  });

  test("ends the session on the other hubs", async () => {
    expect(await me(bob.accessToken, other)).toBe(200);
    await logout({ refresh_token: bob.refreshToken });
    await vi.waitFor(async () => expect(await me(bob.accessToken, other)).toBe(401), { timeout: 5_000, interval: 5 });
  });

  test("tells the sockets which session ended", async () => {
    const heard: string[] = [];
    hub.revocations.onRevoked((subject) => heard.push(subject));
    await logout({ refresh_token: bob.refreshToken });
    const session = await database.db.selectFrom("sessions").select("family").where("user_id", "=", bob.id).executeTakeFirstOrThrow();
    expect(heard[0]).toBe(`session:${session.family}`);
  });

  test("of nobody is done, and with a wrong field a bad request", async () => {
    expect((await hub.call("POST", "/api/auth/logout")).status).toBe(204);
    expect((await logout({ refresh_token: "unknown" })).status).toBe(204);
    expect((await logout({ refresh_token: ["x"] })).status).toBe(400);
  });
});

describe("a session in memory", () => {
  test("is not believed while the hub does not hear of revocations", async () => {
    let isHearing = true;
    const deaf = await startTestHub({ database, isHearing: () => isHearing });
    expect(await me(bob.accessToken, deaf)).toBe(200);
    isHearing = false;
    // Behind the back of every hub: no notification tells of it.
    await sql`update sessions set revoked_at = now()`.execute(database.db);
    expect(await me(bob.accessToken, deaf)).toBe(401);
    await deaf.close();
  });

  test("is judged anew for a socket, by the database", async () => {
    const principal = await hub.accounts.authenticate(bob.accessToken, { address: "192.0.2.1", requestId: "1" });
    expect(await hub.accounts.isStillValid(principal)).toBe(true);
    await sql`update users set role = 'Member'`.execute(database.db);
    expect(await hub.accounts.isStillValid(principal)).toBe(false);
    await sql`update users set role = 'Viewer', disabled_at = now()`.execute(database.db);
    expect(await hub.accounts.isStillValid(principal)).toBe(false);
  });
});

test("what ended long ago is deleted, and what lives is kept", async () => {
  await refreshed(bob.refreshToken);
  expect(await deleteEnded(database.db)).toBe(0);
  await sql`update refresh_tokens set expires_at = now() - interval '25 hours' where rotated_at is not null`.execute(database.db);
  expect(await deleteEnded(database.db)).toBe(1);
  await sql`update sessions set revoked_at = now() - interval '31 days'`.execute(database.db);
  expect(await deleteEnded(database.db)).toBe(1);
  expect(await tokens()).toEqual([]);
});

import { type CreatedApiToken, DashboardUpdate, TokenPair } from "@sentinal/contract";
import { sql } from "kysely";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../hub/src/hub.ts";
import { withOperator } from "../../hub/src/operator.ts";
import { adminAccount, postJson, startTestHub, type TestHub, urlOf } from "../hub.ts";

let hub: TestHub;
let other: Hub;
const open: Socket[] = [];
let commits = 0;

beforeAll(async () => {
  hub = await startTestHub();
  other = await hub.startAnother();
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => hub.close());

type Watcher = { socket: Socket; closed: Promise<unknown>; heard: string[] };

/** A socket on the dashboard that remembers the commits which it hears of. */
async function watch(url: string, token: string): Promise<Watcher> {
  const socket = io(url, { auth: { token }, transports: ["websocket"], reconnection: false, forceNew: true });
  open.push(socket);
  const heard: string[] = [];
  socket.on("dashboard_update", (update: DashboardUpdate) => {
    const { type, data } = DashboardUpdate.parse(update);
    heard.push(data?.commit_hash ?? type);
  });
  const closed = new Promise((resolve) => socket.once("disconnect", resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once("connected", () => resolve());
    socket.once("connect_error", reject);
  });
  expect(await socket.emitWithAck("subscribe_dashboard")).toEqual({ ok: true });
  return { socket, closed, heard };
}

async function sendReport(url: string, token: string, commit = `c0ffee${++commits}`): Promise<string> {
  const answer = await postJson(
    `${url}/api/cicd/webhook/trivy`,
    { repository: "team/secret", commit_hash: commit, branch: "main", results: { total: 0 } },
    token,
  );
  expect(answer.ok).toBe(true);
  return commit;
}

/** Resolves when the watcher has heard of the commit. */
function hears(watcher: Watcher, commit: string): Promise<void> {
  return expect.poll(() => watcher.heard, { timeout: 10_000, interval: 5 }).toContain(commit);
}

const reads = async (url: string, token: string) => (await fetch(`${url}/api/cicd/runs?limit=1`, { headers: { authorization: `Bearer ${token}` } })).status;
const both = { scopes: ["webhook:read", "webhook:write"] as const };
const makeToken = (): Promise<CreatedApiToken> => hub.createToken({ scopes: [...both.scopes] });

async function signIn(): Promise<Required<TokenPair>> {
  const pair = TokenPair.parse(
    await (await postJson(`${hub.url}/api/auth/login`, { username: adminAccount.username, password: adminAccount.password })).json(),
  );
  return { ...pair, refresh_token: pair.refresh_token ?? "" };
}

const revokeToken = async (id: number) => expect((await postJson(`${hub.url}/api/auth/api-tokens/${id}/revoke`, {}, hub.admin)).status).toBe(200);

describe("what is revoked at one of two hubs", () => {
  test.each(["API token", "session"])("(%s) is refused there at the next request, and at the other with its sockets closed", async (kind) => {
    const made = kind === "session" ? null : await makeToken();
    const pair = made === null ? await signIn() : null;
    const bearer = made?.token ?? pair?.access_token ?? "";
    const [here, there] = [await watch(hub.url, bearer), await watch(other.url, bearer)];
    expect([await reads(hub.url, bearer), await reads(other.url, bearer)]).toEqual([200, 200]);

    if (made !== null) await revokeToken(made.id);
    else expect((await postJson(`${hub.url}/api/auth/logout`, { refresh_token: pair?.refresh_token })).status).toBe(204);
    expect(await reads(hub.url, bearer)).toBe(401);
    await Promise.all([here.closed, there.closed]);
    // The one event closes sockets and empties memory, in one turn.
    expect(await reads(other.url, bearer)).toBe(401);
    for (const url of [hub.url, other.url]) await expect(watch(url, bearer)).rejects.toThrow();
  });

  test("(all sessions of a user, by the operator's own process) is refused at both, with all sockets closed", async () => {
    const username = "olga";
    const environment = { DATABASE_URL: urlOf(hub.database.connection), SENTINAL_KEY_FILE: hub.config.keyFile ?? "", SENTINAL_DATA_DIR: hub.config.dataDir };
    const operate = <T>(work: Parameters<typeof withOperator<T>>[2]) => withOperator(environment, { mayCreate: false, onNotice() {} }, work);
    expect(await operate((operator) => operator.createAdmin({ username, email: "olga@example.org", password: adminAccount.password }))).toHaveProperty("value");
    const pairs = await Promise.all(
      [hub.url, other.url].map(async (url) =>
        TokenPair.parse(await (await postJson(`${url}/api/auth/login`, { username, password: adminAccount.password })).json()),
      ),
    );
    const watchers = await Promise.all([hub.url, other.url].flatMap((url) => pairs.map((pair) => watch(url, pair.access_token))));
    expect(await operate((operator) => operator.resetPassword(username, "another long password"))).toEqual({ value: { sessionsEnded: 2 } });
    await Promise.all(watchers.map((watcher) => watcher.closed));
    for (const url of [hub.url, other.url]) for (const pair of pairs) expect(await reads(url, pair.access_token)).toBe(401);
  });

  test("gets nothing that happens after the revocation was confirmed, on either hub", async () => {
    const witnessToken = await makeToken();
    const witnesses = [await watch(hub.url, witnessToken.token), await watch(other.url, witnessToken.token)];
    for (let round = 0; round < 10; round++) {
      const made = await makeToken();
      const watchers = [await watch(hub.url, made.token), await watch(other.url, made.token)];
      const before = await sendReport(other.url, witnessToken.token);
      await Promise.all([...witnesses, ...watchers].map((watcher) => hears(watcher, before)));

      await revokeToken(made.id);
      const after = await sendReport(round % 2 === 0 ? hub.url : other.url, witnessToken.token);
      await Promise.all(witnesses.map((witness) => hears(witness, after)));
      await Promise.all(watchers.map((watcher) => watcher.closed));
      for (const watcher of watchers) expect(watcher.heard).not.toContain(after);
    }
  });

  test("stays refused when it was read from the database at the same moment", async () => {
    for (let round = 0; round < 30; round++) {
      const made = await makeToken();
      const asking = Array.from({ length: 8 }, (_, index) => reads(index % 2 === 0 ? hub.url : other.url, made.token));
      await revokeToken(made.id);
      expect(await reads(hub.url, made.token)).toBe(401);
      await Promise.all(asking);
      expect(await reads(hub.url, made.token)).toBe(401);
    }
  });
});

describe("a rotation with overlap", () => {
  test("keeps the sockets of the old token open, on both hubs, and closes them when the overlap ends", async () => {
    const made = await makeToken();
    const watchers = [await watch(hub.url, made.token), await watch(other.url, made.token)];
    const rotated = await postJson(`${hub.url}/api/auth/api-tokens/${made.id}/rotate`, { overlap_hours: 1 }, hub.admin);
    expect(rotated.status).toBe(201);
    const commit = await sendReport(hub.url, made.token);
    await Promise.all(watchers.map((watcher) => hears(watcher, commit)));
    expect(watchers.map((watcher) => watcher.socket.connected)).toEqual([true, true]);

    // The end comes sooner, and both hubs are told so as a rotation tells them.
    await sql`update api_tokens set overlap_ends_at = now() + interval '300 milliseconds' where id = ${made.id}`.execute(hub.database.db);
    await sql`select pg_notify('sentinal_revoked', ${`api_token:${made.id} shortened`})`.execute(hub.database.db);
    await Promise.all(watchers.map((watcher) => watcher.closed));
    expect([await reads(hub.url, made.token), await reads(other.url, made.token)]).toEqual([401, 401]);
  });
});

describe("while a hub cannot hear of revocations", () => {
  const isReady = async (url: string) => (await fetch(`${url}/readyz`)).status === 200;
  /** Whether listeners that were cut off may come back. */
  async function allowConnections(isAllowed: boolean): Promise<void> {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(hub.database.db);
    await sql`update pg_database set datallowconn = ${isAllowed} where datname = ${rows[0]?.name ?? ""}`.execute(hub.database.db);
  }
  const cutOff = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sentinal listener' and datname = current_database()`.execute(
      hub.database.db,
    );

  test("it asks the database about every token, lets nothing private out, and closes afterwards what was revoked meanwhile", async () => {
    const [revoked, kept] = [await makeToken(), await makeToken()];
    const [ended, witness] = [await watch(other.url, revoked.token), await watch(other.url, kept.token)];
    expect([await reads(other.url, revoked.token), await reads(other.url, kept.token)]).toEqual([200, 200]);

    await allowConnections(false);
    await cutOff();
    await expect.poll(() => isReady(other.url), { timeout: 10_000, interval: 5 }).toBe(false);
    // Nobody is told: as a notification that was lost.
    await sql`update api_tokens set revoked_at = now() where id = ${revoked.id}`.execute(hub.database.db);
    expect(await reads(other.url, revoked.token)).toBe(401);
    expect(await reads(hub.url, revoked.token)).toBe(401);
    expect(await reads(other.url, kept.token)).toBe(200);
    const commit = await sendReport(other.url, kept.token);

    await allowConnections(true);
    await ended.closed;
    await expect.poll(() => isReady(other.url), { timeout: 10_000, interval: 20 }).toBe(true);
    await hears(witness, "resync");
    expect(ended.heard).not.toContain(commit);
    expect(await reads(other.url, revoked.token)).toBe(401);
    const later = await sendReport(hub.url, kept.token);
    await hears(witness, later);
  }, 60_000);
});

describe("a token that stands in an address", () => {
  const placed: readonly (readonly [string, (token: string) => string])[] = [
    ["a query", (token) => `/api/cicd/runs?token=${token}`],
    ["a query, twice over", (token) => `/api/cicd/runs?a=${token}&b=${token}`],
    ["a path", (token) => `/api/cicd/runs/${token}`],
    ["a path that no route has", (token) => `/x/${token}/y`],
    ["a path, percent-encoded", (token) => `/x/${[...token].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("")}`],
    ["a page's address", (token) => `/tokens?show=${token}`],
    ["a socket's handshake", (token) => `/socket.io/?EIO=4&transport=polling&token=${token}`],
  ];
  test.each(placed)("as %s is refused, revoked everywhere and audited once", async (_where, place) => {
    const made = await makeToken();
    expect(await reads(other.url, made.token)).toBe(200);
    const watcher = await watch(other.url, made.token);
    const answer = await fetch(`${hub.url}${place(made.token)}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toContain(made.token);
    expect(await reads(hub.url, made.token)).toBe(401);
    await watcher.closed;
    expect(await reads(other.url, made.token)).toBe(401);
    const entries = await hub.database.db
      .selectFrom("audit_entries")
      .select(["actor_kind", "detail"])
      .where("action", "=", "api_token.revoked")
      .where("subject_id", "=", String(made.id))
      .execute();
    expect(entries).toMatchObject([{ actor_kind: "hub", detail: { reason: "in_url" } }]);
  });
});

test("a token in any other spelling is refused, and stays good in its own", async () => {
  const { token } = await makeToken();
  const swapCase = (letter: string) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
  const spellings = [
    ...[...token].flatMap((letter, index) => (swapCase(letter) === letter ? [] : [token.slice(0, index) + swapCase(letter) + token.slice(index + 1)])),
    token.toUpperCase(),
    token.toLowerCase(),
    `${token}0`,
    `${token}=`,
    `${token}.`,
    `0${token}`,
    token.slice(0, -1),
    `${token}${token}`,
    token.replace("_", "%5F"),
    encodeURIComponent(token).replace("s", "%73"),
    `"${token}"`,
    Buffer.from(token).toString("base64"),
  ];
  for (const spelling of spellings) expect(`${spelling} ${await reads(hub.url, spelling)}`).toBe(`${spelling} 401`);
  expect(await reads(hub.url, token)).toBe(200);
});

import { randomBytes } from "node:crypto";
import pino from "pino";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { createRevocations, type Listener, revocationChannel, startListener } from "../database/index.ts";
import { bindServer, HttpError, type Principal } from "../http/index.ts";
import { createSockets, type SocketRights } from "./sockets.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

type ApiTokenPrincipal = Extract<Principal, { kind: "api_token" }>;

/** A token's text is what it may do: `7` sees all, `8@team/shop` one repository. */
function principalOf(bearer: string, expiresAt: Date | null = null): ApiTokenPrincipal {
  const [id = "", repository] = bearer.split("@");
  if (!/^\d+$/.test(id)) throw new HttpError("token_unknown");
  return {
    kind: "api_token",
    id: Number(id),
    name: id,
    scopes: ["webhook:read"],
    repository: repository ?? null,
    expiresAt,
    subjects: [`api_token:${Number(id)}`],
  };
}

async function start(rights: Partial<SocketRights> = {}) {
  const bound = await bindServer("127.0.0.1", 0);
  const reconnections: (() => void)[] = [];
  const real = await startListener(database.connection, { hubId: randomBytes(8).toString("hex"), channels: [revocationChannel], onProblem: () => {} });
  // The test says itself when the listener was cut off and came back.
  const listener: Listener = { ...real, onReconnect: (handler) => void reconnections.push(handler) };
  const leaked: string[] = [];
  const revocations = createRevocations(listener);
  const sockets = createSockets(bound.server, {
    rights: {
      authenticate: ({ bearer }) => principalOf(bearer),
      authenticateCookie: async () => null,
      isStillValid: async () => true,
      endOf: async (principal) => principal.expiresAt,
      repositoryOfRun: async (runId) => (runId < 100 ? "team/shop" : null),
      ...rights,
    },
    revocations,
    log: pino({ enabled: false }),
    version: "1.2.3",
    publicUrl: () => `http://127.0.0.1:${bound.port}`,
    trustedProxies: ["127.0.0.1"],
    onTokenInUrl: async (token) => void leaked.push(token),
  });
  onTestFinished(async () => {
    sockets.close();
    await real.close();
    await bound.close();
  });
  return {
    sockets,
    revocations,
    leaked,
    url: `http://127.0.0.1:${bound.port}`,
    comeBack() {
      for (const handler of reconnections) handler();
    },
    async connect(token: string): Promise<Socket & { heard: unknown[] }> {
      const socket = io(`http://127.0.0.1:${bound.port}`, { auth: { token }, transports: ["websocket"], reconnection: false, forceNew: true });
      onTestFinished(() => void socket.disconnect());
      const heard: unknown[] = [];
      socket.on("dashboard_update", (update) => heard.push(update));
      socket.on("scan_update", (update) => heard.push(update));
      await once(socket, "connected");
      return Object.assign(socket, { heard });
    },
  };
}

function once(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve) => socket.once(event, resolve));
}

const update = (id: number) => ({
  type: "run_updated" as const,
  data: {
    id,
    repository: "team/shop",
    commit_hash: "c",
    branch: "main",
    status: "Success" as const,
    critical_vulnerabilities: 0,
    scan_id: null,
    updated_at: "2026-01-01T00:00:00Z",
  },
});
const resync = { type: "resync", data: null };

describe("after notifications may have been missed", () => {
  test("every dashboard is told to fetch anew, those of bound tokens too, and nobody else", async () => {
    const hub = await start();
    const [all, bound, idle] = [await hub.connect("1"), await hub.connect("2@team/shop"), await hub.connect("3")];
    await all.emitWithAck("subscribe_dashboard");
    await bound.emitWithAck("subscribe_dashboard");
    hub.comeBack();
    await expect.poll(() => [all.heard, bound.heard]).toEqual([[resync], [resync]]);
    await idle.emitWithAck("unsubscribe_dashboard");
    expect(idle.heard).toEqual([]);
  });

  test("sockets whose right has ended are closed, and others stay", async () => {
    const hub = await start({ isStillValid: async (principal) => principal.id !== 2 });
    const [good, ended] = [await hub.connect("1"), await hub.connect("2")];
    const closed = once(ended, "disconnect");
    hub.comeBack();
    await closed;
    expect(good.connected).toBe(true);
  });

  test("nothing private goes out before every right has been checked again", async () => {
    let answer = (_isValid: boolean) => {};
    const asked: (() => void)[] = [];
    const isAsked = new Promise<void>((resolve) => asked.push(resolve));
    const hub = await start({
      isStillValid: () => {
        asked[0]?.();
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const socket = await hub.connect("1");
    await socket.emitWithAck("subscribe_dashboard");
    await socket.emitWithAck("subscribe_scan", { run_id: 7 });
    hub.comeBack();
    await isAsked;
    hub.sockets.emitDashboard("team/shop", update(1));
    hub.sockets.emitScan(7, { type: "progress", run_id: 7, data: {} });
    answer(true);
    await expect.poll(() => socket.heard).toEqual([resync]);
    hub.sockets.emitDashboard("team/shop", update(2));
    await expect.poll(() => socket.heard).toEqual([resync, update(2)]);
  });

  test("a right that cannot be checked counts as ended", async () => {
    const hub = await start({ isStillValid: () => Promise.reject(new Error("no database")) });
    const socket = await hub.connect("1");
    const closed = once(socket, "disconnect");
    hub.comeBack();
    await closed;
  });
});

describe("of many sockets whose right is revoked", () => {
  test("those that wait to be closed hear and learn nothing more, and those of others do", async () => {
    const looks: ((repository: string) => void)[] = [];
    const hub = await start({ repositoryOfRun: () => new Promise((resolve) => looks.push(resolve)) });
    const [witness, ...revoked] = [await hub.connect("1"), await hub.connect("2"), await hub.connect("2"), await hub.connect("2")];
    for (const socket of [witness, ...revoked]) await socket.emitWithAck("subscribe_dashboard");
    const answers: unknown[] = [];
    for (const socket of revoked) socket.emit("subscribe_scan", { run_id: 7 }, (answer: { ok: boolean }) => answers.push(answer.ok));
    await expect.poll(() => looks.length).toBe(3);
    const closed = Promise.all(revoked.map((socket) => once(socket, "disconnect")));
    // Each look at the clock finds it 6 ms later: one socket is told, the others wait for the next slices.
    let moment = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (moment += 6));
    onTestFinished(() => clock.mockRestore());
    hub.revocations.apply("api_token:2");
    hub.sockets.emitDashboard("team/shop", update(1));
    for (const look of looks) look("team/shop");
    await closed;
    await expect.poll(() => witness.heard).toEqual([update(1)]);
    expect(revoked.map((socket) => socket.heard)).toEqual([[], [], []]);
    expect(answers).not.toContain(true);
    await expect.poll(() => hub.sockets.count()).toBe(1);
  });
});

describe("a socket", () => {
  test("that is admitted while its right is being revoked is closed", async () => {
    let admit = () => {};
    const isWaiting = new Promise<void>((resolve) => (admit = resolve));
    const hub: Awaited<ReturnType<typeof start>> = await start({
      authenticate: async ({ bearer }) => {
        const principal = principalOf(bearer);
        // Verified, and revoked before the socket stands.
        hub.revocations.apply("api_token:1");
        await isWaiting;
        return principal;
      },
      isStillValid: async () => false,
    });
    const socket = io(hub.url, { auth: { token: "1" }, transports: ["websocket"], reconnection: false, forceNew: true });
    onTestFinished(() => void socket.disconnect());
    const closed = once(socket, "disconnect");
    admit();
    await closed;
  });

  test("ends with its token's time", async () => {
    const hub = await start({ authenticate: ({ bearer }) => principalOf(bearer, new Date(Date.now() + 150)) });
    const socket = await hub.connect("1");
    await once(socket, "disconnect");
    expect(hub.sockets.count()).toBe(0);
  });

  test("ends with the session of its user", async () => {
    const hub = await start({
      authenticate: () => ({ kind: "user", id: 1, name: "ada", role: "Viewer", session: "s", expiresAt: new Date(Date.now() + 300), subjects: ["user:1"] }),
    });
    const socket = await hub.connect("7");
    await once(socket, "disconnect");
    expect(socket.connected).toBe(false);
  });

  test("has the address that a trusted proxy tells", async () => {
    const addresses: string[] = [];
    const hub = await start({
      authenticate: ({ bearer }, caller) => {
        addresses.push(caller.address);
        return principalOf(bearer);
      },
    });
    const socket = io(hub.url, { auth: { token: "1" }, transports: ["websocket"], forceNew: true, extraHeaders: { "x-forwarded-for": "203.0.113.9" } });
    onTestFinished(() => void socket.disconnect());
    await once(socket, "connected");
    expect(addresses).toEqual(["203.0.113.9"]);
  });

  test("outlives the longest time that one timer can be set to, when its token does", async () => {
    const hub = await start({ authenticate: ({ bearer }) => principalOf(bearer, new Date(Date.now() + 3_000_000_000_000)) });
    const socket = await hub.connect("1");
    expect(await socket.emitWithAck("subscribe_dashboard")).toEqual({ ok: true });
    expect(socket.connected).toBe(true);
  });

  test("watches at most 200 runs, and is told so", async () => {
    const hub = await start({ repositoryOfRun: async () => "team/shop" });
    const socket = await hub.connect("1");
    const answers = [];
    for (let run = 1; run <= 201; run++) answers.push(await socket.emitWithAck("subscribe_scan", { run_id: run }));
    expect(answers.filter((one) => one.ok).length).toBeLessThanOrEqual(200);
    expect(answers.at(-1)).toMatchObject({ ok: false, code: "too_many_requests" });
    await socket.emitWithAck("unsubscribe_scan", { run_id: 1 });
    expect(await socket.emitWithAck("subscribe_scan", { run_id: 500 })).toEqual({ ok: true });
  });

  test("is told when the hub could not look a run up, and stays", async () => {
    const hub = await start({ repositoryOfRun: () => Promise.reject(new Error("secret words")) });
    const socket = await hub.connect("1");
    expect(await socket.emitWithAck("subscribe_scan", { run_id: 1 })).toEqual({
      ok: false,
      code: "internal",
      message: "The hub could not look that run up; try again.",
    });
    expect(socket.connected).toBe(true);
  });

  test("may leave the acknowledgement out", async () => {
    const hub = await start();
    const socket = await hub.connect("1");
    socket.emit("subscribe_dashboard");
    socket.emit("subscribe_scan", { run_id: "no number" });
    socket.emit("unsubscribe_scan");
    await socket.emitWithAck("subscribe_scan", { run_id: 7 });
    hub.sockets.emitDashboard("team/shop", update(3));
    await expect.poll(() => socket.heard).toEqual([update(3)]);
  });

  test("that sends more than 16 KB at once is closed", async () => {
    const hub = await start();
    const socket = await hub.connect("1");
    const closed = once(socket, "disconnect");
    socket.emit("subscribe_scan", { run_id: "x".repeat(20_000) });
    await closed;
  });
});

describe("a handshake", () => {
  test("with a token in its address is refused, and the token is told, by polling and by upgrade", async () => {
    const hub = await start();
    const token = `sent_${"a".repeat(49)}`;
    const answer = await fetch(`${hub.url}/socket.io/?EIO=4&transport=polling&token=${token}`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("token_in_url");
    const socket = io(hub.url, { auth: { token: "1" }, query: { token }, transports: ["websocket"], reconnection: false, forceNew: true });
    await once(socket, "connect_error");
    expect(hub.leaked).toEqual([token, token]);
  });
});

import { DashboardUpdate, IntakeAnswer, TokenPair } from "@sentinal/contract";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { adminAccount, postJson, startTestHub, type TestHub } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";

let hub: TestHub;
let otherUrl: string;
let token: string;
const open: Socket[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  otherUrl = (await hub.startAnother()).url;
  token = (await hub.createToken({ scopes: ["webhook:write", "webhook:read"] })).token;
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => hub.close());

function connect(url: string, auth: Record<string, unknown>, headers: Record<string, string> = {}): Socket {
  const socket = io(url, { auth, extraHeaders: headers, transports: ["websocket"], reconnection: false, forceNew: true });
  open.push(socket);
  return socket;
}

/** The next event of that name that `isWanted`; listening starts at once. */
function next<Payload>(socket: Socket, event: string, isWanted: (payload: Payload) => boolean = () => true): Promise<Payload> {
  return new Promise((resolve) => {
    const listen = (payload: Payload) => {
      if (!isWanted(payload)) return;
      socket.off(event, listen);
      resolve(payload);
    };
    socket.on(event, listen);
  });
}

async function send(url: string, commit: string, repository: string, ids: string[]): Promise<IntakeAnswer> {
  const answer = await postJson(
    `${url}/api/cicd/webhook/trivy`,
    { repository, commit_hash: commit, branch: "main", report: trivyReport(ids.map((id) => ({ id, severity: "CRITICAL" }))) },
    token,
  );
  expect(answer.status).toBe(200);
  return IntakeAnswer.parse(await answer.json());
}

describe("live updates", () => {
  test("a connection is greeted with the server's time and version", async () => {
    const greeting = await next<{ server_time: string; version: string }>(connect(hub.url, { token }), "connected");
    expect(new Date(greeting.server_time).getTime()).toBeGreaterThan(0);
    expect(greeting.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("a report posted to one hub appears on a dashboard that is connected to the other", async () => {
    const socket = connect(otherUrl, { token });
    await next(socket, "connected");
    expect(await socket.emitWithAck("subscribe_dashboard")).toEqual({ ok: true });
    const created = next<DashboardUpdate>(socket, "dashboard_update", (update) => update.type === "new_run");
    const completed = next<DashboardUpdate>(socket, "dashboard_update", (update) => update.type === "scan_completed");
    const answer = await send(hub.url, "abc1", "live/one", ["CVE-1", "CVE-2"]);
    const expected = { id: answer.run_id, repository: "live/one", commit_hash: "abc1", branch: "main", status: "Success", critical_vulnerabilities: 2 };
    expect(DashboardUpdate.parse(await created).data).toMatchObject(expected);
    expect(DashboardUpdate.parse(await completed).data).toMatchObject({ ...expected, scan_id: answer.scan_id });
  });

  test("a run's page hears that its scan is completed", async () => {
    const { run_id: runId } = await send(hub.url, "abc2", "live/two", ["CVE-1"]);
    const socket = connect(otherUrl, { token });
    await next(socket, "connected");
    expect(await socket.emitWithAck("subscribe_scan", { run_id: runId })).toEqual({ ok: true });
    // The first report's own event may still be under way.
    const update = next<{ type: string; run_id: number; data: { counts?: { total: number } } }>(socket, "scan_update", ({ data }) => data.counts?.total === 2);
    await send(hub.url, "abc2", "live/two", ["CVE-1", "CVE-2"]);
    expect(await update).toMatchObject({ type: "completed", run_id: runId, data: { counts: { total: 2 } } });
  });

  test("what was unsubscribed is heard no more", async () => {
    const socket = connect(hub.url, { token });
    await next(socket, "connected");
    await socket.emitWithAck("subscribe_dashboard");
    expect(await socket.emitWithAck("unsubscribe_dashboard")).toEqual({ ok: true });
    const watcher = connect(hub.url, { token });
    await next(watcher, "connected");
    await watcher.emitWithAck("subscribe_dashboard");
    let heard = 0;
    socket.on("dashboard_update", () => heard++);
    const seen = next(watcher, "dashboard_update");
    await send(hub.url, "abc3", "live/three", ["CVE-1"]);
    await seen;
    await socket.emitWithAck("unsubscribe_dashboard");
    expect(heard).toBe(0);
  });

  test("a token bound to a repository hears of that repository only", async () => {
    const bound = (await hub.createToken({ scopes: ["webhook:read"], repository: "live/bound" })).token;
    const socket = connect(hub.url, { token: bound });
    await next(socket, "connected");
    await socket.emitWithAck("subscribe_dashboard");
    const updates: DashboardUpdate[] = [];
    socket.on("dashboard_update", (update: DashboardUpdate) => updates.push(update));
    const foreign = await send(hub.url, "abc4", "live/foreign", ["CVE-1"]);
    const own = next<DashboardUpdate>(socket, "dashboard_update", (update) => update.data?.repository === "live/bound");
    await send(hub.url, "abc4", "live/bound", ["CVE-1"]);
    await own;
    expect(updates.every((update) => update.data?.repository === "live/bound")).toBe(true);
    expect(await socket.emitWithAck("subscribe_scan", { run_id: foreign.run_id })).toMatchObject({ ok: false, code: "not_found" });
  });

  test.each([[{}], [{ run_id: "7" }], [null], [{ run_id: -1 }], ["x".repeat(1_000)]])("a subscription to %j is answered with the reason", async (payload) => {
    const socket = connect(hub.url, { token });
    await next(socket, "connected");
    expect(await socket.emitWithAck("subscribe_scan", payload)).toMatchObject({ ok: false, code: "field_invalid" });
  });
});

describe("who may listen", () => {
  async function refusal(auth: Record<string, unknown>, headers: Record<string, string> = {}): Promise<string> {
    const socket = connect(hub.url, auth, headers);
    const error = await next<Error & { data?: { code?: string } }>(socket, "connect_error");
    return error.data?.code ?? "";
  }

  test("nobody without a credential, with a wrong one, or with a token that may only write", async () => {
    const { token: writer } = await hub.createToken({ scopes: ["webhook:write"] });
    expect(await refusal({})).toBe("not_signed_in");
    expect(await refusal({ token: "sent_nonsense" })).toBe("token_malformed");
    expect(await refusal({ token: writer })).toBe("scope_missing");
  });

  test("a revoked token's sockets are closed, also on the other hub", async () => {
    const { token: doomed, id } = await hub.createToken({ scopes: ["webhook:read"] });
    const sockets = [connect(hub.url, { token: doomed }), connect(otherUrl, { token: doomed })];
    await Promise.all(sockets.map((socket) => next(socket, "connected")));
    const closed = Promise.all(sockets.map((socket) => next(socket, "disconnect")));
    const answer = await postJson(`${hub.url}/api/auth/api-tokens/${id}/revoke`, {}, hub.admin);
    expect(answer.status).toBe(200);
    await closed;
    expect(await refusal({ token: doomed })).toBe("token_revoked");
  });

  test("a signed-in browser listens by its cookie, from our own pages only, until it signs out", async () => {
    const signedIn = await postJson(`${hub.url}/api/auth/login`, { username: adminAccount.username, password: adminAccount.password, cookie: true });
    expect(TokenPair.parse(await signedIn.json()).refresh_token).toBeUndefined();
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect(await refusal({}, { cookie, origin: "https://evil.example" })).toBe("origin_refused");
    const socket = connect(hub.url, {}, { cookie, origin: hub.url });
    await next(socket, "connected");
    const closed = next(socket, "disconnect");
    const signedOut = await fetch(`${hub.url}/api/auth/logout`, { method: "POST", headers: { cookie, origin: hub.url } });
    expect(signedOut.status).toBe(204);
    await closed;
    expect(await refusal({}, { cookie, origin: hub.url })).toBe("not_signed_in");
  });
});

import { TokenPair } from "@sentinal/contract";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Hub } from "../../hub/src/hub.ts";
import { postJson, startTestHub, type TestHub } from "../hub.ts";

const password = "a few plain words";

let hub: TestHub;
let other: Hub;
let bob: { id: number; name: string };
let names = 0;
const open: Socket[] = [];

beforeAll(async () => {
  hub = await startTestHub({ SENTINAL_REGISTRATION: "open" });
  other = await hub.startAnother();
});
beforeEach(async () => {
  const name = `bob${++names}`;
  const answer: unknown = await (await postJson(`${hub.url}/api/auth/register`, { username: name, email: `${name}@example.org`, password })).json();
  bob = { id: typeof answer === "object" && answer !== null && "id" in answer ? Number(answer.id) : 0, name };
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => hub.close());

async function signIn(): Promise<string> {
  return TokenPair.parse(await (await postJson(`${hub.url}/api/auth/login`, { username: bob.name, password })).json()).access_token;
}

/** A live socket; `closed` resolves when the hub ends it. */
async function connect(url: string, token: string): Promise<{ socket: Socket; closed: Promise<unknown> }> {
  const socket = io(url, { auth: { token }, transports: ["websocket"], reconnection: false, forceNew: true });
  open.push(socket);
  const closed = new Promise((resolve) => socket.once("disconnect", resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once("connected", () => resolve());
    socket.once("connect_error", reject);
  });
  return { socket, closed };
}

async function put(path: string, body: unknown, bearer: string): Promise<number> {
  const answer = await fetch(hub.url + path, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  });
  return answer.status;
}

const me = async (url: string, bearer: string) => (await fetch(`${url}/api/auth/me`, { headers: { authorization: `Bearer ${bearer}` } })).status;

describe("open connections of an account, on two hubs,", () => {
  test.each([
    ["deactivation", async () => (await postJson(`${hub.url}/api/auth/users/${bob.id}/deactivate`, {}, hub.admin)).status, 401],
    ["the end of all its sessions", async () => (await postJson(`${hub.url}/api/auth/users/${bob.id}/end-sessions`, {}, hub.admin)).status, 401],
    ["a change of its role", () => put(`/api/auth/users/${bob.id}/role`, { role: "Member" }, hub.admin), 200],
  ])("are closed by %s", async (_what, act, status) => {
    const bearer = await signIn();
    const sockets = [await connect(hub.url, bearer), await connect(other.url, bearer)];
    expect(await act()).toBe(200);
    await Promise.all(sockets.map(({ closed }) => closed));
    expect(await Promise.all([hub.url, other.url].map((url) => me(url, bearer)))).toEqual([status, status]);
  });

  test("are closed session by session where the user ends them", async () => {
    const [kept, ended] = [await signIn(), await signIn()];
    const stays = await connect(other.url, kept);
    const goes = await connect(other.url, ended);
    expect((await postJson(`${hub.url}/api/auth/sessions/end-others`, undefined, kept)).status).toBe(200);
    await goes.closed;
    expect(stays.socket.connected).toBe(true);
    expect([await me(other.url, kept), await me(other.url, ended)]).toEqual([200, 401]);
  });

  test("stay through a change of the name", async () => {
    const bearer = await signIn();
    const sockets = [await connect(hub.url, bearer), await connect(other.url, bearer)];
    expect(await put("/api/auth/profile", { username: `${bob.name}-renamed` }, bearer)).toBe(200);
    for (const { socket } of sockets) expect(await socket.emitWithAck("subscribe_dashboard")).toEqual({ ok: true });
  });
});

import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { TokenPair } from "@sentinal/contract";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { adminAccount, startTestHub, type TestHub } from "../hub.ts";

let hub: TestHub;
const open: Socket[] = [];

beforeAll(async () => {
  hub = await startTestHub();
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => hub.close());

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** As a browser that knows the hub by this name. */
async function post(name: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
  const sending = request({
    host: "127.0.0.1",
    port: hub.hub.port,
    path,
    method: "POST",
    headers: {
      host: `${name}:${hub.hub.port}`,
      origin: `http://${name}:${hub.hub.port}`,
      ...(options.body !== undefined && { "content-type": "application/json" }),
      ...options.headers,
    },
  });
  sending.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  const [response] = await once(sending, "response");
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += part;
  return { status: response.statusCode, headers: response.headers, text };
}

const signIn = (name: string, headers: Record<string, string> = {}) =>
  post(name, "/api/auth/login", { body: { username: adminAccount.username, password: adminAccount.password, cookie: true }, headers });

function connects(name: string, headers: Record<string, string>): Promise<string> {
  const socket = io(`http://127.0.0.1:${hub.hub.port}`, {
    transports: ["websocket"],
    extraHeaders: { host: `${name}:${hub.hub.port}`, ...headers },
    reconnection: false,
    forceNew: true,
  });
  open.push(socket);
  return new Promise((resolve) => {
    socket.once("connected", () => resolve("connected"));
    socket.once("connect_error", (error: Error & { data?: { code?: string } }) => resolve(error.data?.code ?? error.message));
  });
}

describe.each([
  ["127.0.0.1", "__Host-sentinal_refresh", true],
  ["localhost", "__Host-sentinal_refresh", true],
  ["sentinal.lan", "sentinal_refresh", false],
  ["192.168.1.5", "sentinal_refresh", false],
])("over plain http as %s", (name, cookieName, isSecure) => {
  test("the sign-in sets a cookie that a browser keeps there, which refreshes and ends the session", async () => {
    const answer = await signIn(name);
    expect(answer.status).toBe(200);
    const [set = ""] = answer.headers["set-cookie"] ?? [];
    expect(set.startsWith(`${cookieName}=sentr_`)).toBe(true);
    expect(/; *Secure/i.test(set)).toBe(isSecure);
    expect(set).toMatch(/HttpOnly.*SameSite=Strict/i);
    const cookie = set.split(";")[0] ?? "";
    const refreshed = await post(name, "/api/auth/refresh", { headers: { cookie } });
    expect(TokenPair.parse(JSON.parse(refreshed.text)).refresh_token).toBeUndefined();
    const next = (refreshed.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
    expect(next.startsWith(`${cookieName}=`)).toBe(true);
    expect((await post(name, "/api/auth/logout", { headers: { cookie: next } })).status).toBe(204);
    expect((await post(name, "/api/auth/refresh", { headers: { cookie: next } })).status).toBe(401);
  });

  test("another origin changes nothing by the cookie and opens no socket", async () => {
    const cookie = ((await signIn(name)).headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
    const other = name === "localhost" ? "127.0.0.1" : "localhost";
    for (const origin of ["http://evil.example", `http://${other}:${hub.hub.port}`, `http://${name}:1`, `https://${name}.evil.example`, "null"]) {
      // The public address of this hub is its own on this machine, and counts as our pages under every name.
      const isOurs = origin === hub.url;
      for (const path of ["/api/auth/refresh", "/api/auth/logout"]) {
        if (isOurs) continue;
        expect(`${origin} ${(await post(name, path, { headers: { cookie, origin } })).status}`).toBe(`${origin} 403`);
      }
      expect(await connects(name, { cookie, origin })).toBe(isOurs ? "connected" : "origin_refused");
    }
    expect((await signIn(name, { origin: "http://evil.example" })).status).toBe(403);
    expect(await connects(name, { cookie, origin: `http://${name}:${hub.hub.port}` })).toBe("connected");
    expect((await post(name, "/api/auth/refresh", { headers: { cookie } })).status).toBe(200);
  });
});

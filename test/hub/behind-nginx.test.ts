import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { connect } from "node:net";
import { DashboardUpdate, IntakeAnswer, TokenPair } from "@sentinal/contract";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { adminAccount, startTestHub, type TestHub } from "../hub.ts";
import { findPorts, hasNginx, type Nginx, publicName, startNginx } from "../nginx.ts";
import { trivyReport } from "../trivy-report.ts";

let hub: TestHub;
let nginx: Nginx;
let name: string;
const open: Socket[] = [];

beforeAll(async () => {
  if (!hasNginx) return;
  const ports = await findPorts();
  name = `${publicName}:${ports.port}`;
  nginx = await startNginx(ports);
  hub = await startTestHub({
    SENTINAL_PORT: String(ports.hubPort),
    SENTINAL_PUBLIC_URL: `https://${name}`,
    SENTINAL_TRUSTED_PROXIES: "127.0.0.1",
  });
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await hub?.close();
  await nginx?.stop();
});

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** As a client whose address is `from`, any of 127.0.0.0/8; `127.0.0.1` is the proxy itself. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: unknown; from?: string; chunks?: AsyncIterable<string> | Iterable<string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        host: "127.0.0.1",
        port: nginx.port,
        path,
        method: options.method ?? (options.body === undefined && options.chunks === undefined ? "GET" : "POST"),
        localAddress: options.from ?? "127.0.0.7",
        ca: nginx.certificate,
        servername: publicName,
        headers: { host: name, ...(options.body !== undefined && { "content-type": "application/json" }), ...options.headers },
        agent: false,
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on("error", reject);
      },
    );
    sending.on("error", reject);
    void (async () => {
      if (options.body !== undefined) sending.write(JSON.stringify(options.body));
      for await (const chunk of options.chunks ?? []) {
        if (!sending.write(chunk)) await once(sending, "drain");
      }
      sending.end();
    })().catch(reject);
  });
}

const own = () => ({ origin: `https://${name}` });
const signIn = (headers: Record<string, string> = own(), from?: string) =>
  ask("/api/auth/login", {
    body: { username: adminAccount.username, password: adminAccount.password, cookie: true },
    headers,
    ...(from !== undefined && { from }),
  });

function cookieOf(answer: Answer): string {
  const cookie = answer.headers["set-cookie"]?.[0];
  if (cookie === undefined) throw new Error(`no cookie was set: ${answer.status} ${answer.text}`);
  return cookie.split(";")[0] ?? "";
}

function socketAs(headers: Record<string, string>, auth: Record<string, string> = {}): Socket {
  const socket = io(`https://127.0.0.1:${nginx.port}`, {
    transports: ["websocket"],
    extraHeaders: { host: name, ...headers },
    ca: nginx.certificate,
    auth,
    reconnection: false,
    forceNew: true,
  });
  open.push(socket);
  return socket;
}

const outcome = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once("connected", () => resolve("connected"));
    socket.once("connect_error", (error: Error & { data?: { code?: string } }) => resolve(error.data?.code ?? error.message));
  });

describe.runIf(hasNginx)("behind nginx with TLS", () => {
  test("the sign-in sets a cookie that is Secure and bound to the host, and it refreshes the session", async () => {
    const answer = await signIn();
    expect(answer.status).toBe(200);
    expect(TokenPair.parse(JSON.parse(answer.text)).refresh_token).toBeUndefined();
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/^__Host-sentinal_refresh=sentr_\w+; .*Path=\/.*HttpOnly.*Secure.*SameSite=Strict/i);
    expect(answer.headers["strict-transport-security"]).toBeDefined();
    const refreshed = await ask("/api/auth/refresh", { method: "POST", headers: { ...own(), cookie: cookieOf(answer) } });
    expect(refreshed.status).toBe(200);
  });

  test("a change of state that a cookie signs in is refused from every other origin", async () => {
    const cookie = cookieOf(await signIn());
    for (const origin of ["https://evil.example", `http://${name}`, "null", `https://${publicName}.evil.example`, `https://${publicName}`]) {
      for (const path of ["/api/auth/refresh", "/api/auth/logout"]) {
        const answer = await ask(path, { method: "POST", headers: { origin, cookie } });
        expect(`${origin} ${path} ${answer.status}`).toBe(`${origin} ${path} 403`);
      }
    }
    expect((await signIn({ origin: "https://evil.example" })).status).toBe(403);
    expect((await ask("/api/auth/refresh", { method: "POST", headers: { cookie, "sec-fetch-site": "cross-site" } })).status).toBe(403);
    expect((await ask("/api/auth/refresh", { method: "POST", headers: { ...own(), cookie } })).status).toBe(200);
  });

  test("a socket is signed in by the cookie from our own pages, and from nowhere else", async () => {
    const cookie = cookieOf(await signIn());
    expect(await outcome(socketAs({ ...own(), cookie }))).toBe("connected");
    expect(await outcome(socketAs({ origin: "https://evil.example", cookie }))).toBe("origin_refused");
    expect(await outcome(socketAs({ cookie }))).toBe("origin_refused");
    expect(await outcome(socketAs(own()))).toBe("not_signed_in");
  });

  test("live updates come through, and the socket ends with its session", async () => {
    const cookie = cookieOf(await signIn());
    const socket = socketAs({ ...own(), cookie });
    await outcome(socket);
    expect(await socket.emitWithAck("subscribe_dashboard")).toEqual({ ok: true });
    const heard = new Promise<unknown>((resolve) => socket.once("dashboard_update", resolve));
    const { token } = await hub.createToken();
    const sent = await ask("/api/cicd/webhook/trivy", {
      headers: { authorization: `Bearer ${token}` },
      body: { repository: "team/live", commit_hash: "abc1234", branch: "main", report: trivyReport([{ id: "CVE-1", severity: "HIGH" }]) },
    });
    expect(sent.status).toBe(200);
    expect(DashboardUpdate.parse(await heard).type).toBe("new_run");
    const closed = new Promise<string>((resolve) => socket.once("disconnect", resolve));
    expect((await ask("/api/auth/logout", { method: "POST", headers: { ...own(), cookie } })).status).toBe(204);
    await closed;
  });

  test("the audit log has the client's own address, whatever the client says of itself", async () => {
    const claims = { ...own(), "x-forwarded-for": "198.51.100.1, 127.0.0.1", "x-real-ip": "198.51.100.2", forwarded: "for=198.51.100.3" };
    expect((await signIn(claims, "127.0.0.23")).status).toBe(200);
    const wrong = { body: { username: "ada", password: "not the password" }, headers: claims, from: "127.0.0.24" };
    expect((await ask("/api/auth/login", wrong)).status).toBe(401);
    const opened = await hub.database.db
      .selectFrom("audit_entries")
      .select("address")
      .where("action", "=", "session.opened")
      .orderBy("id", "desc")
      .limit(1)
      .execute();
    expect(opened).toEqual([{ address: "127.0.0.23" }]);
    const session = await hub.database.db.selectFrom("sessions").select("address").orderBy("created_at", "desc").limit(1).execute();
    expect(session).toEqual([{ address: "127.0.0.23" }]);
  });

  test("who comes to the hub past the proxy cannot claim an address either", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const body = JSON.stringify({ username: adminAccount.username, password: adminAccount.password });
      const socket = connect({ host: "127.0.0.1", port: hub.hub.port, localAddress: "127.0.0.31" });
      let text = "";
      socket.on("data", (part) => (text += part.toString()));
      socket.on("end", () => resolve(text));
      socket.on("error", reject);
      socket.write(
        `POST /api/auth/login HTTP/1.1\r\nHost: ${name}\r\nX-Forwarded-For: 198.51.100.9\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    });
    expect(answer).toMatch(/^HTTP\/1.1 200/);
    const session = await hub.database.db.selectFrom("sessions").select("address").orderBy("created_at", "desc").limit(1).execute();
    expect(session).toEqual([{ address: "127.0.0.31" }]);
  });

  test("a token that stands in an address is refused and revoked through the proxy too", async () => {
    const { token, id } = await hub.createToken({ scopes: ["webhook:read"] });
    expect((await ask(`/api/cicd/runs?token=${token}`)).status).toBe(400);
    expect((await ask("/api/cicd/runs", { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    const entry = await hub.database.db
      .selectFrom("audit_entries")
      .select("address")
      .where("action", "=", "api_token.revoked")
      .where("subject_id", "=", String(id))
      .execute();
    expect(entry).toEqual([{ address: "127.0.0.7" }]);
  });

  test("a report of 100 MB goes through whole, and nginx keeps none of it", async () => {
    const { token } = await hub.createToken();
    const report = JSON.stringify(trivyReport([{ id: "CVE-100", severity: "CRITICAL" }]));
    const filler = `"${"x".repeat(1023 * 1024 - 3)}",`;
    const kept: string[] = [];
    async function* chunks() {
      yield `${report.slice(0, -1)},"Filler":[`;
      for (let megabyte = 0; megabyte < 101; megabyte++) {
        yield filler;
        kept.push(...(await nginx.buffered()));
      }
      yield `""]}`;
    }
    const answer = await ask("/api/cicd/reports?repository=team/large&commit_hash=abc1234&branch=main&scan_type=trivy", {
      headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
      chunks: chunks(),
    });
    expect(answer.text).toContain("import_id");
    expect([200, 202]).toContain(answer.status);
    expect(IntakeAnswer.parse(JSON.parse(answer.text)).warnings).toEqual([]);
    expect(kept).toEqual([]);
  });

  test("plain http leads to https, and keeps the method", async () => {
    const answer = await fetch(`http://127.0.0.1:${nginx.plainPort}/api/auth/login?x=1`, { method: "POST", headers: { host: publicName }, redirect: "manual" });
    expect(answer.status).toBe(308);
    expect(answer.headers.get("location")).toBe(`https://${publicName}/api/auth/login?x=1`);
  });
});

test.runIf(hasNginx)("a body reaches what is behind nginx before the client has sent all of it", async () => {
  const ports = await findPorts();
  const arrived = Promise.withResolvers<string>();
  const upstream = createServer((incoming, answer) => {
    incoming.once("data", (part: Buffer) => arrived.resolve(part.toString().slice(0, 5)));
    incoming.resume().on("end", () => answer.end("done"));
  });
  upstream.listen(ports.hubPort, "127.0.0.1");
  await once(upstream, "listening");
  const front = await startNginx(ports);
  try {
    const sending = request({ host: "127.0.0.1", port: front.port, ca: front.certificate, servername: publicName, method: "POST", path: "/", agent: false });
    const answered = once(sending, "response");
    sending.write("first");
    expect(await arrived.promise).toBe("first");
    sending.end("last");
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    response.resume();
  } finally {
    await front.stop();
    upstream.close();
    upstream.closeAllConnections();
  }
});

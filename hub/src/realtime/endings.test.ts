import { createConnection, type Socket as Connection } from "node:net";
import { createServer, type Server as HttpServer } from "node:http";
import { once } from "node:events";
import { Server, type Socket } from "socket.io";
import { io, type Socket as Client } from "socket.io-client";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createEndings, endingRoom } from "./endings.ts";

async function start() {
  const http: HttpServer = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("a port has no number");
  const server = new Server(http);
  const endings = createEndings();
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${address.port}`;
  return {
    port: address.port,
    url,
    server,
    endings,
    /** A client, and the hub's side of it. */
    async connect(transports: string[]): Promise<{ client: Client; socket: Socket }> {
      const client = io(url, { transports, reconnection: false, forceNew: true });
      onTestFinished(() => void client.disconnect());
      await new Promise<void>((resolve) => client.once("connect", () => resolve()));
      const socket = server.of("/").sockets.get(client.id ?? "");
      if (socket === undefined) throw new Error("the hub does not have the socket");
      return { client, socket };
    },
    /** Asks by polling, as a client that has no library does. */
    async poll(session: string, body?: string): Promise<{ status: number; text: string }> {
      const query = `EIO=4&transport=polling${session === "" ? "" : `&sid=${session}`}`;
      const answer = await fetch(`${url}/socket.io/?${query}`, body === undefined ? {} : { method: "POST", body });
      return { status: answer.status, text: await answer.text() };
    },
    async connectByPolling() {
      const { text } = await this.poll("");
      const session = /"sid":"([^"]+)"/.exec(text)?.[1] ?? "";
      await this.poll(session, "40");
      await this.poll(session);
      const socket = [...server.of("/").sockets.values()].find((one) => one.conn.transport.sid === session);
      if (socket === undefined) throw new Error("the hub does not have the socket");
      return { session, socket };
    },
  };
}

/** Each look at the clock finds it 6 ms later: one step a slice. */
function makeSlicesShort(): void {
  let moment = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => (moment += 6));
  onTestFinished(() => clock.mockRestore());
}

const reasonOf = (client: Client) => new Promise<string>((resolve) => client.once("disconnect", resolve));

describe("a socket whose right is gone", () => {
  test.each([["websocket"], ["polling"]])("by %s is told that the hub ended it, and is forgotten at once", async (transport) => {
    const hub = await start();
    const { client, socket } = await hub.connect([transport]);
    // A poll waits at the hub, or a frame can be written.
    await expect.poll(() => socket.conn.transport.writable).toBe(true);
    const reason = reasonOf(client);
    hub.endings.end([socket]);
    expect([socket.connected, hub.server.of("/").sockets.size, hub.server.engine.clientsCount]).toEqual([false, 0, 0]);
    expect(await reason).toBe("io server disconnect");
  });

  test("that came by polling and changed to a WebSocket is told so as well", async () => {
    const hub = await start();
    const { client, socket } = await hub.connect(["polling", "websocket"]);
    await expect.poll(() => socket.conn.transport.name).toBe("websocket");
    await expect.poll(() => socket.conn.transport.writable).toBe(true);
    const reason = reasonOf(client);
    hub.endings.end([socket]);
    expect(await reason).toBe("io server disconnect");
  });

  test("gets nothing that was kept for its next poll", async () => {
    const hub = await start();
    const { session, socket } = await hub.connectByPolling();
    socket.emit("dashboard_update", { secret: "of the repository" });
    hub.endings.end([socket]);
    const answer = await hub.poll(session);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.text).toContain("Session ID unknown");
  });

  test("loses its connection although it answers nothing, and hears nothing after the farewell", async () => {
    const hub = await start();
    const stubborn = await connectBare(hub.port);
    const [socket] = hub.server.of("/").sockets.values();
    if (socket === undefined) throw new Error("the hub does not have the socket");
    await expect.poll(() => socket.conn.transport.writable).toBe(true);
    const heard: Buffer[] = [];
    stubborn.on("data", (bytes: Buffer) => heard.push(bytes));
    hub.endings.end([socket]);
    socket.emit("dashboard_update", "private");
    await once(stubborn, "end");
    expect(Buffer.concat(heard)).toEqual(Buffer.from([0x81, 2, ...Buffer.from("41"), 0x88, 2, 0x03, 0xf0]));
  });

  test("does not get what it was too slow to read", async () => {
    const hub = await start();
    const slow = await connectBare(hub.port);
    const [socket] = hub.server.of("/").sockets.values();
    if (socket === undefined) throw new Error("the hub does not have the socket");
    slow.pause();
    // More than the system keeps for a connection.
    for (let count = 0; count < 64; count++) socket.emit("dashboard_update", "x".repeat(1024 * 1024));
    socket.emit("dashboard_update", "the last words");
    makeSlicesShort();
    hub.endings.end([socket]);
    expect(socket.connected).toBe(false);
    let isHeard = false;
    slow.on("data", (bytes: Buffer) => (isHeard ||= bytes.includes("the last words"))).on("error", () => {});
    slow.resume();
    await new Promise((resolve) => slow.once("close", resolve));
    expect(isHeard).toBe(false);
  });
});

test("many sockets are closed in slices, and others stay", async () => {
  const hub = await start();
  const witness = await hub.connect(["websocket"]);
  const many = await Promise.all(Array.from({ length: 20 }, () => hub.connect(["websocket"])));
  const sockets = many.map(({ socket }) => socket);
  const reasons = many.map(({ client }) => reasonOf(client));
  makeSlicesShort();
  hub.endings.end(sockets);
  hub.endings.end(sockets);
  expect(hub.server.of("/").adapter.rooms.get(endingRoom)).toEqual(new Set(sockets.map((socket) => socket.id)));
  expect(new Set(await Promise.all(reasons))).toEqual(new Set(["io server disconnect"]));
  await expect.poll(() => hub.server.of("/").sockets.size).toBe(1);
  expect(hub.server.of("/").adapter.rooms.has(endingRoom)).toBe(false);
  expect(witness.client.connected).toBe(true);
});

/** A WebSocket that has no library: it answers no close frame. Resolves when Socket.IO has admitted it. */
async function connectBare(port: number): Promise<Connection> {
  const connection = createConnection(port, "127.0.0.1");
  onTestFinished(() => void connection.destroy());
  connection.write(
    [
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
      "Host: 127.0.0.1",
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}`,
      "\r\n",
    ].join("\r\n"),
  );
  let text = "";
  let hasAsked = false;
  await new Promise<void>((resolve) => {
    connection.on("data", function read(bytes: Buffer) {
      text += bytes.toString("latin1");
      if (!hasAsked && text.includes("pingInterval")) {
        hasAsked = true;
        // "40", masked with zeros.
        connection.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]));
      }
      if (!text.includes("40{")) return;
      connection.off("data", read);
      resolve();
    });
  });
  return connection;
}

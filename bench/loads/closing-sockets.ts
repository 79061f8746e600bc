import { once } from "node:events";
import { createConnection } from "node:net";
import { io } from "socket.io-client";

/**
 * Opens sockets that watch the dashboard, says "ready", and when the last of them was closed by the hub tells when each
 * was, in milliseconds since 1970. Bare clients know no more of the protocol than it takes, so that their own work is
 * hardly counted; they do not answer the close frame.
 */
export type ClosingSocketsOrder = { url: string; token: string; sockets: number; client: "Socket.IO" | "bare" };
/** `told`: Socket.IO's packet that the hub has ended the connection. `cut`: the connection's end, of bare clients only. */
export type ClosingSocketsAnswer = { told: number[]; cut: number[] };

const order: ClosingSocketsOrder = JSON.parse(process.argv[2] ?? "{}");
const openAtOnce = 50;
/** First byte of a frame; no text that is sent here has it. */
const closeFrame = 0x88;
/** Engine.IO's, as a frame. */
const ping = Buffer.from([0x81, 1, 0x32]);
const told: number[] = [];
const cut: number[] = [];
const now = () => performance.timeOrigin + performance.now();

async function main(): Promise<void> {
  const closed: Promise<void>[] = [];
  while (closed.length < order.sockets) {
    const count = Math.min(openAtOnce, order.sockets - closed.length);
    const opened = await Promise.all(Array.from({ length: count }, order.client === "bare" ? openBare : open));
    closed.push(...opened.map((socket) => socket.closed));
  }
  console.log("ready");
  await Promise.all(closed);
  console.log(JSON.stringify({ told, cut } satisfies ClosingSocketsAnswer));
  process.stdin.destroy();
}

async function open(): Promise<{ closed: Promise<void> }> {
  const socket = io(order.url, { auth: { token: order.token }, transports: ["websocket"], reconnection: false, forceNew: true, timeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    socket.once("connected", () => resolve());
    socket.once("connect_error", reject);
  });
  await socket.emitWithAck("subscribe_dashboard");
  const closed = new Promise<void>((resolve) => {
    socket.once("disconnect", () => {
      told.push(now());
      resolve();
    });
  });
  return { closed };
}

async function openBare(): Promise<{ closed: Promise<void> }> {
  const { hostname, port, host } = new URL(order.url);
  const connection = createConnection(Number(port), hostname);
  const key = Buffer.alloc(16).toString("base64");
  connection.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  // What to say to what is heard: the packet to the main namespace, the subscription, and nothing to its acknowledgement.
  const dialogue: [heard: string, answer: string | null][] = [
    ["pingInterval", `40${JSON.stringify({ token: order.token })}`],
    ['"connected"', '420["subscribe_dashboard"]'],
    ["430[", null],
  ];
  let text = "";
  await new Promise<void>((resolve, reject) => {
    connection.once("close", () => reject(new Error(`the hub ended the connection: ${text}`)));
    connection.on("data", function hear(bytes: Buffer) {
      text += bytes.toString("latin1");
      const [next] = dialogue;
      if (next === undefined || !text.includes(next[0])) return;
      dialogue.shift();
      if (next[1] !== null) {
        connection.write(frame(next[1]));
        return;
      }
      connection.off("data", hear);
      resolve();
    });
  });
  connection.on("data", (bytes: Buffer) => {
    if (bytes.includes(closeFrame)) told.push(now());
    else if (bytes.includes(ping)) connection.write(frame("3"));
  });
  const closed = new Promise<void>((resolve) => {
    connection.once("end", () => {
      cut.push(now());
      resolve();
    });
  });
  return { closed };
}

/** A text frame of less than 126 bytes, masked with zeros. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

process.stdin.resume();
void once(process.stdin, "end").then(() => process.exit(1));
await main();

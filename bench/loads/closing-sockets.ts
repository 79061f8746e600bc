import { once } from "node:events";
import { io, type Socket } from "socket.io-client";

/**
 * Opens sockets that watch the dashboard, says "ready", and when the last of them was closed by the hub tells when each
 * was, in milliseconds since 1970.
 */
export type ClosingSocketsOrder = { url: string; token: string; sockets: number };
export type ClosingSocketsAnswer = number[];

const order: ClosingSocketsOrder = JSON.parse(process.argv[2] ?? "{}");
const openAtOnce = 50;

async function main(): Promise<void> {
  const closed: Promise<number>[] = [];
  while (closed.length < order.sockets) {
    const count = Math.min(openAtOnce, order.sockets - closed.length);
    const opened = await Promise.all(Array.from({ length: count }, open));
    closed.push(...opened.map(closing));
  }
  console.log("ready");
  console.log(JSON.stringify((await Promise.all(closed)) satisfies ClosingSocketsAnswer));
  process.stdin.destroy();
}

async function open(): Promise<Socket> {
  const socket = io(order.url, { auth: { token: order.token }, transports: ["websocket"], reconnection: false, forceNew: true, timeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    socket.once("connected", () => resolve());
    socket.once("connect_error", reject);
  });
  await socket.emitWithAck("subscribe_dashboard");
  return socket;
}

async function closing(socket: Socket): Promise<number> {
  await new Promise((resolve) => socket.once("disconnect", resolve));
  return performance.timeOrigin + performance.now();
}

process.stdin.resume();
void once(process.stdin, "end").then(() => process.exit(1));
await main();

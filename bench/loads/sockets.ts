import { createInterface } from "node:readline";
import type { DashboardUpdate } from "@sentinal/contract";
import { io, type Socket } from "socket.io-client";

/**
 * Opens sockets that watch the dashboard, says "ready", notes when each hears of each commit for the first time, and
 * tells it all when its input says "end": for each commit the moments, in milliseconds since 1970.
 */
export type SocketsOrder = { url: string; token: string; sockets: number };
export type SocketsAnswer = Record<string, number[]>;

const order: SocketsOrder = JSON.parse(process.argv[2] ?? "{}");
const openAtOnce = 25;

async function main(): Promise<void> {
  const heard: SocketsAnswer = {};
  const sockets: Socket[] = [];
  while (sockets.length < order.sockets) {
    const count = Math.min(openAtOnce, order.sockets - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: count }, () => open(heard)))));
  }
  console.log("ready");
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "end") break;
  }
  console.log(JSON.stringify(heard satisfies SocketsAnswer));
  for (const socket of sockets) socket.disconnect();
  process.stdin.destroy();
}

async function open(heard: SocketsAnswer): Promise<Socket> {
  const socket = io(order.url, { auth: { token: order.token }, transports: ["websocket"], reconnection: false, forceNew: true });
  await new Promise<void>((resolve, reject) => {
    socket.once("connected", () => resolve());
    socket.once("connect_error", reject);
  });
  await socket.emitWithAck("subscribe_dashboard");
  const known = new Set<string>();
  socket.on("dashboard_update", (update: DashboardUpdate) => {
    const commit = update.data?.commit_hash;
    if (commit === undefined || known.has(commit)) return;
    known.add(commit);
    (heard[commit] ??= []).push(performance.timeOrigin + performance.now());
  });
  return socket;
}

await main();

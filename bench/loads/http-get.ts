import { connect, type Socket } from "node:net";
import { quantile } from "../parts/quantile.ts";

/** Asks for one address over so many kept connections, one request after another on each. Speaks plain sockets, so that it costs less than what it measures. */
export type HttpGetOrder = { port: number; path: string; headers: Record<string, string>; connections: number; seconds: number };
export type HttpGetAnswer = { requests: number; seconds: number; p50Ms: number; p99Ms: number };

const order: HttpGetOrder = JSON.parse(process.argv[2] ?? "{}");
const request = Buffer.from(
  [`GET ${order.path} HTTP/1.1`, `host: 127.0.0.1:${order.port}`, ...Object.entries(order.headers).map(([name, value]) => `${name}: ${value}`), "", ""].join(
    "\r\n",
  ),
  "latin1",
);
const headEnd = Buffer.from("\r\n\r\n");
const lengthName = "content-length: ";

async function main(): Promise<void> {
  const latencies: number[] = [];
  const begin = performance.now();
  const until = begin + order.seconds * 1_000;
  await Promise.all(Array.from({ length: order.connections }, () => client(until, latencies)));
  const all = Float64Array.from(latencies);
  const answer: HttpGetAnswer = { requests: all.length, seconds: (performance.now() - begin) / 1_000, p50Ms: quantile(all, 0.5), p99Ms: quantile(all, 0.99) };
  console.log(JSON.stringify(answer));
}

function client(until: number, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(order.port, "127.0.0.1");
    socket.setNoDelay(true);
    let sentAt = 0;
    let waiting = Buffer.alloc(0);
    const ask = () => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.once("connect", ask);
    socket.once("error", reject);
    socket.on("data", (data) => {
      waiting = waiting.length === 0 ? data : Buffer.concat([waiting, data]);
      const end = waiting.indexOf(headEnd);
      if (end === -1) return;
      const head = waiting.toString("latin1", 0, end).toLowerCase();
      if (!head.startsWith("http/1.1 200")) return reject(new Error(`the server answered ${head.slice(0, 40)}`));
      const length = Number.parseInt(head.slice(head.indexOf(lengthName) + lengthName.length), 10);
      if (waiting.length < end + headEnd.length + length) return;
      waiting = Buffer.alloc(0);
      const now = performance.now();
      latencies.push(now - sentAt);
      if (now < until) return ask();
      socket.end();
      resolve();
    });
  });
}

await main();

import { once } from "node:events";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { quantile } from "../parts/quantile.ts";

/**
 * Asks for addresses, each so often, whether the last answer has come or not. A line of input begins a new part; the end of
 * input ends it, with one line of JSON for each part.
 */
export type ProbeOrder = { url: string; token: string; asked: { name: string; path: string; everyMs: number }[] };
export type ProbePart = Record<string, { count: number; p50Ms: number; p99Ms: number; longestMs: number }>;

const order: ProbeOrder = JSON.parse(process.argv[2] ?? "{}");
const agent = new Agent({ keepAlive: true });
const timeoutMs = 60_000;

let latencies = new Map<string, number[]>();
const parts: ProbePart[] = [];
const waiting = new Set<Promise<void>>();

async function main(): Promise<void> {
  const timers = order.asked.map(({ name, path, everyMs }) => setInterval(() => track(ask(name, path)), everyMs));
  console.log("asking");
  const input = createInterface({ input: process.stdin }).on("line", endPart);
  await once(input, "close");
  for (const timer of timers) clearInterval(timer);
  await Promise.all(waiting);
  endPart();
  agent.destroy();
  console.log(JSON.stringify(parts));
}

function endPart(): void {
  const part: ProbePart = {};
  for (const [name, list] of latencies) {
    const all = Float64Array.from(list);
    part[name] = { count: all.length, p50Ms: quantile(all, 0.5), p99Ms: quantile(all, 0.99), longestMs: quantile(all, 1) };
  }
  parts.push(part);
  latencies = new Map();
}

function track(asking: Promise<void>): void {
  const one = asking.finally(() => waiting.delete(one));
  waiting.add(one);
}

/** Counted in the part in which it was asked for. */
function ask(name: string, path: string): Promise<void> {
  const list = latencies.get(name) ?? [];
  latencies.set(name, list);
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const asking = request(`${order.url}${path}`, { agent, timeout: timeoutMs, headers: { authorization: `Bearer ${order.token}` } }, (response) => {
      response.resume().once("end", () => {
        list.push(performance.now() - begin);
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${path} was answered with ${response.statusCode}`));
      });
    });
    asking.once("timeout", () => asking.destroy(new Error(`${path} was not answered within ${timeoutMs / 1_000} s`)));
    asking.once("error", reject);
    asking.end();
  });
}

await main();

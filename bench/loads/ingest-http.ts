import { Agent, request } from "node:http";
import { quantile } from "../parts/quantile.ts";
import { realisticReport } from "../parts/report.ts";

/** Posts reports for so long, each client one after another, a new commit each time. */
export type IngestHttpOrder = { url: string; token: string; clients: number; seconds: number; findings: number; hasOwnRepositories: boolean; name: string };
export type IngestAnswer = { reports: number; seconds: number; p50Ms: number; p99Ms: number; bodyBytes: number; cpuSeconds: number };

const order: IngestHttpOrder = JSON.parse(process.argv[2] ?? "{}");
const agent = new Agent({ keepAlive: true, maxSockets: order.clients });
const target = new URL(`${order.url}/api/cicd/webhook/trivy`);
const commitMark = "0123456789abcdef0123456789abcdef01234567";
const timeMark = "2026-01-01T00:00:00.000000000Z";

async function main(): Promise<void> {
  const latencies: number[] = [];
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  const until = begin + order.seconds * 1_000;
  let bodyBytes = 0;

  async function client(index: number): Promise<void> {
    const repository = order.hasOwnRepositories ? `bench/${order.name}-${index}` : `bench/${order.name}`;
    // Contract 3's body. What differs from one report to the next is written into it in place.
    const body = Buffer.from(
      JSON.stringify({ commit_hash: commitMark, branch: "main", repository, status: "completed", report: realisticReport(order.findings) }),
    );
    bodyBytes = body.length;
    const commitAt = body.indexOf(commitMark);
    const timeAt = body.indexOf(timeMark);
    for (let count = 0; performance.now() < until; count++) {
      const number = String(index * 10_000_000 + count);
      body.write(`${process.pid}${number}`.padStart(commitMark.length, "0"), commitAt, "latin1");
      body.write(number.padStart(9, "0").slice(-9), timeAt + "2026-01-01T00:00:00.".length, "latin1");
      const at = performance.now();
      await post(body);
      latencies.push(performance.now() - at);
    }
  }

  await Promise.all(Array.from({ length: order.clients }, (_, index) => client(index)));
  const seconds = (performance.now() - begin) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  agent.destroy();
  const all = Float64Array.from(latencies);
  const answer: IngestAnswer = {
    reports: all.length,
    seconds,
    p50Ms: quantile(all, 0.5),
    p99Ms: quantile(all, 0.99),
    bodyBytes,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
  };
  console.log(JSON.stringify(answer));
}

function post(body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(
      target,
      { method: "POST", agent, headers: { authorization: `Bearer ${order.token}`, "content-type": "application/json", "content-length": body.length } },
      (answer) => {
        answer.resume();
        answer.once("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error(`the hub answered ${answer.statusCode}`))));
        answer.once("error", reject);
      },
    );
    sending.once("error", reject);
    sending.end(body);
  });
}

await main();

import { Agent, request } from "node:http";
import { quantile } from "../parts/quantile.ts";

/** Asks for each address again and again, one request after another. `page`: the page is reached by its cursors, and that one is asked for. */
export type AskOrder = { url: string; token: string; paths: { path: string; page?: number }[]; atLeast: number; atMost: number; seconds: number };
/** `bytes` as they stand in the answer, not compressed. */
export type AskAnswer = { count: number; p50Ms: number; p95Ms: number; bytes: number }[];

const order: AskOrder = JSON.parse(process.argv[2] ?? "{}");
const agent = new Agent({ keepAlive: true });

async function main(): Promise<void> {
  const answers: AskAnswer = [];
  for (const { path, page = 1 } of order.paths) answers.push(await askAgain(await pathOfPage(path, page)));
  agent.destroy();
  console.log(JSON.stringify(answers));
}

async function askAgain(path: string): Promise<AskAnswer[number]> {
  await get(path);
  const latencies: number[] = [];
  let bytes = 0;
  const until = performance.now() + order.seconds * 1_000;
  while (latencies.length < order.atLeast || (latencies.length < order.atMost && performance.now() < until)) {
    const begin = performance.now();
    bytes = (await get(path)).length;
    latencies.push(performance.now() - begin);
  }
  const all = Float64Array.from(latencies);
  return { count: all.length, p50Ms: quantile(all, 0.5), p95Ms: quantile(all, 0.95), bytes };
}

async function pathOfPage(path: string, page: number): Promise<string> {
  let current = path;
  for (let number = 1; number < page; number++) {
    const { next_cursor: cursor }: { next_cursor: string | null } = JSON.parse((await get(current)).toString());
    if (cursor === null) throw new Error(`${path} has no page ${number + 1}`);
    current = `${path}&cursor=${encodeURIComponent(cursor)}`;
  }
  return current;
}

function get(path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asking = request(`${order.url}${path}`, { agent, headers: { authorization: `Bearer ${order.token}` } }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.once("end", () => {
        const body = Buffer.concat(pieces);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${path} was answered with ${response.statusCode}: ${body.toString().slice(0, 500)}`));
      });
    });
    asking.once("error", reject);
    asking.end();
  });
}

await main();

import { createReadStream } from "node:fs";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { IntakeAnswer } from "@sentinal/contract";

/** Posts one report file as it is, and waits for the end of its import. `query` holds what is said of the run. */
export type PostReportOrder = { url: string; token: string; path: string; query: Record<string, string> };
/** Milliseconds count from the last byte, once the system has taken it: to the answer, and to the end of the import as its sender sees it. */
export type PostReportAnswer = { status: number; uploadMs: number; answerMs: number; doneMs: number; answer: IntakeAnswer };

const order: PostReportOrder = JSON.parse(process.argv[2] ?? "{}");
const headers = { authorization: `Bearer ${order.token}` };
const askEveryMs = 20;
/** An import that fails is tried again and again; nobody waits for that here. */
const mostMs = 15 * 60_000;

async function main(): Promise<void> {
  const begin = performance.now();
  const { status, text, sentAt } = await post();
  const answeredAt = performance.now();
  let answer = IntakeAnswer.parse(JSON.parse(text));
  while (answer.status === "queued" || answer.status === "running") {
    if (performance.now() - answeredAt > mostMs) throw new Error(`after ${mostMs / 60_000} minutes the import is still ${answer.status}`);
    await pause(askEveryMs);
    const asked = await fetch(`${order.url}/api/cicd/imports/${answer.import_id}`, { headers });
    answer = IntakeAnswer.parse(await asked.json());
  }
  const told: PostReportAnswer = { status, uploadMs: sentAt - begin, answerMs: answeredAt - sentAt, doneMs: performance.now() - sentAt, answer };
  console.log(JSON.stringify(told));
}

function post(): Promise<{ status: number; text: string; sentAt: number }> {
  return new Promise((resolve, reject) => {
    let sentAt = Number.NaN;
    const sending = request(`${order.url}/api/cicd/reports?${new URLSearchParams(order.query).toString()}`, { method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.once("end", () => {
        const status = response.statusCode ?? 0;
        if (status === 200 || status === 202) resolve({ status, text, sentAt });
        else reject(new Error(`the hub answered ${status}: ${text}`));
      });
    });
    sending.once("finish", () => {
      sentAt = performance.now();
    });
    sending.once("error", reject);
    createReadStream(order.path, { highWaterMark: 256 * 1024 })
      .once("error", reject)
      .pipe(sending);
  });
}

await main();

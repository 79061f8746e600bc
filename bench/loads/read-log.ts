import { createReadStream } from "node:fs";
import { openDiagnosis, redactor } from "@sentinal/diagnosis";
import { forgetPeak, memoryOf } from "../parts/memory.ts";

/** Reads one log, `times` over: as the hub does (`redacted`), without redaction, or only decoded and split into lines. */
export type ReadLogOrder = { path: string; how: "diagnose" | "redact" | "redacted" | "split"; times: number };
/** Seconds of the processor and of the clock of each reading; the memory is that of the first. */
export type ReadLogAnswer = { cpuSeconds: number[]; seconds: number[]; overIdleBytes: number };

const order: ReadLogOrder = JSON.parse(process.argv[2] ?? "{}");
const pieceBytes = 256 * 1024;

async function main(): Promise<void> {
  await forgetPeak();
  const { residentBytes: idleBytes } = await memoryOf();
  const cpuSeconds: number[] = [];
  const seconds: number[] = [];
  let peak = 0;
  for (let time = 0; time < order.times; time++) {
    const [before, started] = [process.cpuUsage(), performance.now()];
    await read();
    const cpu = process.cpuUsage(before);
    cpuSeconds.push((cpu.user + cpu.system) / 1_000_000);
    seconds.push((performance.now() - started) / 1_000);
    if (time === 0) peak = (await memoryOf()).peakBytes;
  }
  console.log(JSON.stringify({ cpuSeconds, seconds, overIdleBytes: peak - idleBytes } satisfies ReadLogAnswer));
}

async function read(): Promise<void> {
  const file = createReadStream(order.path, { highWaterMark: pieceBytes });
  if (order.how === "split") {
    const decoder = new TextDecoder();
    let rest = "";
    let count = 0;
    for await (const bytes of file) {
      const lines = (rest + decoder.decode(bytes as Uint8Array, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      count += lines.length;
    }
    if (count < 0) throw new Error("no lines");
    return;
  }
  const redaction = order.how === "diagnose" ? null : redactor();
  const diagnosis = order.how === "redact" ? null : openDiagnosis();
  for await (const bytes of file) {
    const given = redaction === null ? (bytes as Uint8Array) : redaction.write(bytes as Uint8Array);
    diagnosis?.write(given);
  }
  if (redaction !== null) diagnosis?.write(redaction.end());
  diagnosis?.end();
}

await main();

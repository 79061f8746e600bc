import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { readerOf } from "@sentinal/reports";
import { SaxesParser } from "saxes";
import { forgetPeak, memoryOf } from "../parts/memory.ts";

/** Reads one report file: by the hub's reader as a stream, or at once and whole, as programs do that hold it as a tree. */
export type ReadReportOrder = { path: string; format: string; how: "stream" | "json" | "xml" | "lines" };
/** `records`: findings and tests; what is read whole tells the parts of its tree instead. `problems`: what may have been lost, without warnings. */
export type ReadReportAnswer = { records: number; cpuSeconds: number; overIdleBytes: number; problems: string[] };

const order: ReadReportOrder = JSON.parse(process.argv[2] ?? "{}");
/** As large as the pieces in which the hub stores reports. */
const pieceBytes = 1024 * 1024;

async function main(): Promise<void> {
  await forgetPeak();
  const { residentBytes: idleBytes } = await memoryOf();
  const cpuBefore = process.cpuUsage();
  const read = order.how === "stream" ? await readStream() : await readWhole(order.how);
  const cpu = process.cpuUsage(cpuBefore);
  const { peakBytes } = await memoryOf();
  const answer: ReadReportAnswer = {
    records: read.records,
    problems: read.problems,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
    overIdleBytes: peakBytes - idleBytes,
  };
  console.log(JSON.stringify(answer));
}

async function readStream(): Promise<{ records: number; problems: string[] }> {
  const reader = readerOf(order.format);
  if (reader === null) throw new Error(`there is no reader for ${order.format}`);
  const problems: string[] = [];
  let records = 0;
  for await (const event of reader.read(createReadStream(order.path, { highWaterMark: pieceBytes }))) {
    if (event.type === "finding" || event.type === "test") records++;
    else if (event.type === "problem" && event.severity !== "warning") problems.push(`${event.code}: ${event.message}`);
  }
  return { records, problems };
}

async function readWhole(how: "json" | "xml" | "lines"): Promise<{ records: number; problems: string[] }> {
  const text = await readFile(order.path, "utf8");
  const tree: unknown = how === "json" ? JSON.parse(text) : how === "xml" ? treeOf(text) : text.split("\n");
  return { records: partsOf(tree), problems: [] };
}

type Element = { name: string; attributes: Record<string, string>; children: (Element | string)[] };

function treeOf(text: string): Element {
  const parser = new SaxesParser();
  const root: Element = { name: "", attributes: {}, children: [] };
  const open = [root];
  const add = (child: Element | string) => open.at(-1)?.children.push(child);
  parser.on("opentag", (tag) => {
    const element: Element = { name: tag.name, attributes: tag.attributes, children: [] };
    add(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", add);
  parser.on("cdata", add);
  parser.write(text).close();
  return root;
}

/** Counted at the end, so that the tree is there until then. */
function partsOf(tree: unknown): number {
  return typeof tree === "object" && tree !== null ? Object.keys(tree).length : 1;
}

await main();

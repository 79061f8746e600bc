import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { type FindingRecord, limits, nameOfUnsupported, recognise, type ReportReader, type ReportSummary, type TestRecord, type ToolGate } from "@sentinal/reports";

/** A report as the product reads it; `refusal` says why nothing of it counts. */
export type ReadReport = {
  format: string | null;
  refusal: string | null;
  isPartial: boolean;
  problems: string[];
  findings: FindingRecord[];
  tests: TestRecord[];
  gates: ToolGate[];
  summary: ReportSummary | null;
};

/** Reads a report file with the product's own readers; the content tells the format. Never throws for what the file holds. */
export async function readReportFile(file: string): Promise<ReadReport> {
  const read: ReadReport = { format: null, refusal: null, isPartial: false, problems: [], findings: [], tests: [], gates: [], summary: null };
  const head = await headOf(file);
  const reader = recognise(head)?.reader ?? null;
  if (reader === null) {
    const name = nameOfUnsupported(head);
    return { ...read, refusal: name === null ? "the content is of no known format" : `this is ${name}, which is not read` };
  }
  return readWith(reader, createReadStream(file), { ...read, format: reader.format });
}

async function readWith(reader: ReportReader, source: AsyncIterable<Uint8Array>, read: ReadReport): Promise<ReadReport> {
  for await (const event of reader.read(source)) {
    if (event.type === "finding") read.findings.push(event.finding);
    else if (event.type === "test") read.tests.push(event.test);
    else if (event.type === "gate") read.gates.push(event.gate);
    else if (event.type === "summary") read.summary = event.summary;
    else {
      read.problems.push(event.message);
      if (event.severity === "partial") read.isPartial = true;
      if (event.severity === "refused") read.refusal ??= event.message;
    }
  }
  return read;
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(limits.headBytes);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

import type { FindingRecord, ReportEvent, ReportReader, ReportSummary, TestRecord, ToolGate } from "../reader.ts";

export type Problem = Extract<ReportEvent, { type: "problem" }>;
export type Read = {
  findings: FindingRecord[];
  tests: TestRecord[];
  gates: ToolGate[];
  summary: ReportSummary | null;
  problems: Problem[];
  order: ReportEvent["type"][];
};

/** For tests: reads a report in pieces of at most `pieceBytes`, each overwritten once it was taken, as a socket's buffer would be. */
export async function readAll(reader: ReportReader, content: unknown, pieceBytes = Number.POSITIVE_INFINITY): Promise<Read> {
  const read: Read = { findings: [], tests: [], gates: [], summary: null, problems: [], order: [] };
  for await (const event of reader.read(piecesOf(bytesOf(content), pieceBytes))) {
    read.order.push(event.type);
    if (event.type === "finding") read.findings.push(event.finding);
    else if (event.type === "test") read.tests.push(event.test);
    else if (event.type === "gate") read.gates.push(event.gate);
    else if (event.type === "summary") read.summary = event.summary;
    else read.problems.push(event);
  }
  return read;
}

/** Bytes as they are, a text in UTF-8, anything else as JSON. */
export function bytesOf(content: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
}

async function* piecesOf(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = Uint8Array.from(bytes.subarray(from, from + pieceBytes));
    yield piece;
    piece.fill(0x7d);
  }
}

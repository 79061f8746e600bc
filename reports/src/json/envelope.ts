import { limits } from "../limits.ts";
import type { JsonEvent } from "./events.ts";
import { JsonSlicer } from "./slicer.ts";

/** The bytes of the member `report`, untouched, and all other members parsed; null when there is no such member. */
export type Envelope = { fields: Record<string, unknown>; report: Uint8Array<ArrayBuffer> | null };

/** What is wrong with a body, and where: `offset` in bytes from 0, `line` and `column` (in bytes) from 1. */
export type EnvelopeProblem = { problem: { message: string; offset: number; line: number; column: number } };

/**
 * Takes a webhook's body apart without parsing its report. Repeated members: the last one counts, as in `JSON.parse`.
 * A report that is the JSON `null` gives its four bytes. The report's bytes are a view on the body, not a copy.
 */
export function splitEnvelope(body: Uint8Array<ArrayBuffer>): Envelope | EnvelopeProblem {
  const slicer = new JsonSlicer((path) => (path.length === 0 ? "walk" : path[0] === "report" ? "skip" : "text"), {
    depth: limits.depth,
    elementBytes: body.length,
  });
  const members: string[] = [];
  let report: Uint8Array<ArrayBuffer> | null = null;
  for (const event of eventsOf(slicer, body)) {
    const isWrong = event.type === "flaw" || event.type === "failure" || event.type === "unreadable";
    if (isWrong) return problemAt(body, event.offset, event.message);
    const isObject = event.path.length > 0 || event.type === "end" || (event.type === "start" && event.container === "object");
    if (!isObject) return problemAt(body, event.from, "The body must be a JSON object");
    if (event.type === "skipped") report = body.subarray(event.from, event.to);
    if (event.type === "text") members.push(`${JSON.stringify(event.path[0])}:${event.text}`);
  }
  return { fields: JSON.parse(`{${members.join(",")}}`), report };
}

function* eventsOf(slicer: JsonSlicer, body: Uint8Array): Generator<JsonEvent, void, undefined> {
  yield* slicer.write(body);
  yield* slicer.end();
}

function problemAt(body: Uint8Array, offset: number, message: string): EnvelopeProblem {
  let line = 1;
  let lineStart = 0;
  for (let at = body.indexOf(0x0a); at !== -1 && at < offset; at = body.indexOf(0x0a, at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { problem: { message, offset, line, column: offset - lineStart + 1 } };
}

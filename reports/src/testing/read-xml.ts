import type { XmlEvent } from "../xml/events.ts";
import { xmlEvents } from "../xml/events.ts";

/**
 * For tests: all events of a content in pieces of at most `pieceBytes`, with the pieces of a text put together. Problems
 * come last, since when they come between the pieces of a text says nothing.
 */
export async function readXml(content: string | Uint8Array, pieceBytes = Number.POSITIVE_INFINITY): Promise<XmlEvent[]> {
  const read: XmlEvent[] = [];
  const problems: XmlEvent[] = [];
  let text: { type: "text"; text: string } | null = null;
  for await (const events of xmlEvents(piecesOf(typeof content === "string" ? Buffer.from(content) : content, pieceBytes))) {
    for (const event of events) {
      if (event.type === "text" && text !== null) {
        text.text += event.text;
        continue;
      }
      if (event.type === "problem") problems.push(event);
      else if (event.type === "text") read.push((text = { ...event }));
      else {
        read.push(event);
        text = null;
      }
    }
  }
  return [...read, ...problems];
}

/** The events as short lines: `<name a=b>`, the text, `</name>`, and `! code` for a problem. */
export async function toldXml(content: string | Uint8Array): Promise<string[]> {
  return (await readXml(content)).map((event) => {
    if (event.type === "text") return event.text;
    if (event.type === "close") return `</${event.name}>`;
    if (event.type === "problem") return `! ${event.code}`;
    return `<${[event.name, ...[...event.attributes].map(([name, value]) => `${name}=${value}`)].join(" ")}>`;
  });
}

async function* piecesOf(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = Uint8Array.from(bytes.subarray(from, from + pieceBytes));
    yield piece;
    piece.fill(0x7d);
  }
}

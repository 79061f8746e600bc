import { XmlDecoding } from "./decoding.ts";
import { XmlReading } from "./reading.ts";

export type XmlRoot = { name: string; attributes: ReadonlyMap<string, string> };

/** Bytes that are read at once: most roots stand in the first of them. */
const stepBytes = 1_024;

/**
 * The root element of a content by its first bytes, which may be cut anywhere: its name without prefix and its
 * attributes. Null where the start tag is not whole, and where anything but declarations, comments and the like
 * stands in front of it.
 */
export function rootElementOf(head: Uint8Array): XmlRoot | null {
  const decoding = new XmlDecoding();
  const reading = new XmlReading();
  let hasBegun = false;
  for (let from = 0; from < head.length; from += stepBytes) {
    const isLast = from + stepBytes >= head.length;
    const text = [...decoding.take(head.subarray(from, from + stepBytes)), isLast ? decoding.finish() : ""].join("");
    const start = hasBegun ? text : text.trimStart();
    if (start === "") continue;
    if (!hasBegun && !start.startsWith("<")) return null;
    hasBegun = true;
    for (const event of reading.take(start)) {
      if (event.type === "open") return { name: event.name, attributes: event.attributes };
      if (reading.hasFailed || reading.hasTextOutside) return null;
    }
  }
  return null;
}

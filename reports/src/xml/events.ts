import { XmlDecoding } from "./decoding.ts";
import { XmlReading } from "./reading.ts";

/**
 * `loose`: not as XML wants it, and read all the same; nothing is lost. `ill_formed`: elements may be missing or stand
 * in the wrong place. `text_outside`: text in front of the root or behind it, which is not given. `cut_off`: the end is missing. `too_large`: more than `limits.xmlTag` or `limits.xmlName` holds.
 * `encoding`: the declaration names one that is not known, and the content was read as UTF-8. `no_root`: no element at all.
 */
export type XmlProblemCode = "loose" | "text_outside" | "ill_formed" | "cut_off" | "too_deep" | "too_large" | "encoding" | "no_root";

export type XmlEvent =
  /** Names are without their prefix; attributes without `xmlns:…`, each value at most `limits.xmlText` long. */
  | { type: "open"; name: string; attributes: ReadonlyMap<string, string> }
  /** A piece of the innermost open element's text or CDATA; those of one element add up to at most `limits.xmlText`. White space between tags is not given. */
  | { type: "text"; text: string }
  /** Every open has its close, in order, but for those that stand open where the content is cut off. */
  | { type: "close"; name: string }
  /** Each kind is told once. Nothing follows a fatal one. */
  | { type: "problem"; code: XmlProblemCode; message: string; isFatal: boolean };

/**
 * Reads XML as it comes, as leniently as it can, in bounded memory; a list of events for each piece that told something.
 * Never throws for what the content holds. No entity but XML's own five is known, nothing of a DTD is used, and nothing
 * is fetched.
 */
export async function* xmlEvents(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly XmlEvent[], void, undefined> {
  const decoding = new XmlDecoding();
  const reading = new XmlReading();
  let isEncodingTold = false;
  const read = (text: string): XmlEvent[] => {
    if (decoding.unknownEncoding !== null && !isEncodingTold) {
      isEncodingTold = true;
      reading.problem("encoding", `The encoding ${decoding.unknownEncoding} is not known; the content was read as UTF-8`);
    }
    return reading.take(text);
  };
  for await (const bytes of source) {
    for (const text of decoding.take(bytes)) {
      const events = read(text);
      if (events.length > 0) yield events;
      if (reading.hasFailed) return;
    }
  }
  const last = read(decoding.finish());
  const events = [...last, ...reading.finish()];
  if (events.length > 0) yield events;
}

import { TextDecoder } from "node:util";

/** Bytes that are decoded at once; larger pieces are cut. */
const pieceBytes = 65_536;
/** The declaration stands within these first bytes, or it is not looked for. */
const declarationBytes = 1_024;

/**
 * Makes text of bytes: by the byte order mark, else as UTF-16 where the first `<` shows it, else by the declaration's
 * encoding, else as UTF-8. What cannot be decoded becomes U+FFFD.
 */
export class XmlDecoding {
  /** The encoding that the declaration names and nobody here knows; the content is then read as UTF-8. */
  unknownEncoding: string | null = null;
  #decoder: TextDecoder | null = null;
  #head: Uint8Array = new Uint8Array(0);

  /** The text of the bytes, in pieces small enough to be read one after the other. */
  *take(bytes: Uint8Array): Generator<string, void, undefined> {
    let rest = bytes;
    if (this.#decoder === null) {
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, declarationBytes)]);
      if (!isDecisive(this.#head)) return;
      rest = bytes.subarray(declarationBytes);
      yield this.#begin();
    }
    yield* this.#decoded(rest);
  }

  /** What is left when no more bytes come. */
  finish(): string {
    const start = this.#decoder === null ? this.#begin() : "";
    return start + (this.#decoder?.decode() ?? "");
  }

  #begin(): string {
    const head = this.#head;
    this.#head = new Uint8Array(0);
    this.#decoder = this.#decoderOf(head);
    return this.#decoder.decode(head, { stream: true });
  }

  *#decoded(bytes: Uint8Array): Generator<string, void, undefined> {
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      const text = this.#decoder?.decode(bytes.subarray(from, from + pieceBytes), { stream: true }) ?? "";
      if (text !== "") yield text;
    }
  }

  #decoderOf(head: Uint8Array): TextDecoder {
    const [first, second] = head;
    if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
    if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be");
    if (first === 0x3c && second === 0x00) return new TextDecoder("utf-16le");
    if (first === 0x00 && second === 0x3c) return new TextDecoder("utf-16be");
    const isMarkedUtf8 = first === 0xef && second === 0xbb && head[2] === 0xbf;
    const declared = isMarkedUtf8 ? null : declaredEncoding(head);
    if (declared === null) return new TextDecoder();
    try {
      const decoder = new TextDecoder(declared);
      // What could be read up to here without being UTF-16 is none, whatever it says of itself.
      return decoder.encoding.startsWith("utf-16") ? new TextDecoder() : decoder;
    } catch {
      this.unknownEncoding = declared;
      return new TextDecoder();
    }
  }
}

/** True when the encoding can be told: there is no declaration, or all of it has come. */
function isDecisive(head: Uint8Array): boolean {
  if (head.length >= declarationBytes) return true;
  const start = "<?xml";
  const text = declarationOf(head);
  return text.startsWith(start) ? text.includes("?>") : head.length >= 3 && !start.startsWith(text);
}

function declaredEncoding(head: Uint8Array): string | null {
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]{1,40})\s*["']/.exec(declarationOf(head))?.[1] ?? null;
}

function declarationOf(head: Uint8Array): string {
  return Buffer.from(head.subarray(0, declarationBytes)).toString("latin1").trimStart();
}

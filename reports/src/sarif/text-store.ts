/** Where a text is kept. */
export type StoredText = { chunk: Chunk; from: number; to: number };

type Chunk = { bytes: Buffer; texts: number };

const chunkBytes = 1_048_576;
/** Emptied chunks that are kept to be filled again. */
const mostSpareChunks = 32;

/**
 * Keeps texts outside of the heap for as long as they wait: on it, tens of megabytes that outlive the youngest
 * generation would be kept several times over before they are swept.
 */
export class TextStore {
  readonly #spare: Buffer[] = [];
  #chunk: Chunk = { bytes: Buffer.alloc(0), texts: 0 };
  #at = 0;

  put(text: string): StoredText {
    const bytes = Buffer.byteLength(text);
    if (this.#at + bytes > this.#chunk.bytes.length) this.#open(bytes);
    const from = this.#at;
    this.#at += this.#chunk.bytes.write(text, from);
    this.#chunk.texts++;
    return { chunk: this.#chunk, from, to: this.#at };
  }

  /** The text, which stays where it is. */
  look({ chunk, from, to }: StoredText): string {
    return chunk.bytes.toString("utf8", from, to);
  }

  /** The text, whose place is given up; to be asked for once. */
  take(stored: StoredText): string {
    const text = this.look(stored);
    const { chunk } = stored;
    chunk.texts--;
    if (chunk.texts > 0) return text;
    if (chunk === this.#chunk) this.#at = 0;
    else if (chunk.bytes.length === chunkBytes && this.#spare.length < mostSpareChunks) this.#spare.push(chunk.bytes);
    return text;
  }

  #open(leastBytes: number): void {
    const last = this.#chunk;
    if (last.texts === 0 && last.bytes.length === chunkBytes && this.#spare.length < mostSpareChunks) this.#spare.push(last.bytes);
    const bytes = leastBytes > chunkBytes ? null : this.#spare.pop();
    this.#chunk = { bytes: bytes ?? Buffer.allocUnsafeSlow(Math.max(leastBytes, chunkBytes)), texts: 0 };
    this.#at = 0;
  }
}

const nothing = Buffer.alloc(0);

/**
 * Reads a source piece by piece, and lets what was read too far be put back. A piece is only lent until the next is
 * asked for, as the source's own are; what `take` gives is a copy.
 */
export class PieceReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = nothing;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, at least one; null at the end. */
  async next(): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#source.next();
      if (done === true) return null;
      this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    const piece = this.#rest;
    this.#rest = nothing;
    return piece;
  }

  putBack(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([bytes, this.#rest]);
  }

  /** So many bytes; fewer only where the source ends. */
  async take(count: number): Promise<Buffer> {
    const taken: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const piece = await this.next();
      if (piece === null) break;
      taken.push(Buffer.from(piece.subarray(0, missing)));
      this.#rest = piece.subarray(missing);
      missing -= Math.min(missing, piece.length);
    }
    return Buffer.concat(taken);
  }

  /** A copy of the next bytes, which are still to be read; fewer only where the source ends. */
  async peek(count: number): Promise<Buffer> {
    const piece = await this.next();
    if (piece === null) return nothing;
    // As a rule the piece has them all, and need not be copied as a whole.
    this.#rest = piece;
    if (piece.length >= count) return Buffer.from(piece.subarray(0, count));
    const taken = await this.take(count);
    this.putBack(taken);
    return taken;
  }

  async isAtEnd(): Promise<boolean> {
    const piece = await this.next();
    if (piece !== null) this.#rest = piece;
    return piece === null;
  }

  /** What is left, piece by piece. */
  async *rest(): AsyncGenerator<Buffer, void, undefined> {
    for (let piece = await this.next(); piece !== null; piece = await this.next()) yield piece;
  }

  /** Tells the source that nothing more is wanted. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

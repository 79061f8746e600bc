import { limits } from "../limits.ts";

type Entry = { value: unknown; from: number; to: number };

/** Entries of one object that wait, as JSON, for a member that stands behind them. */
export class WaitingEntries {
  #held: { text: string; from: number; to: number }[] = [];
  #bytes = 0;

  get count(): number {
    return this.#held.length;
  }

  /** True when so many wait that no more should. */
  get isFull(): boolean {
    return this.#bytes > limits.heldBytes;
  }

  add({ text, from, to }: { text: string; from: number; to: number }): void {
    this.#held.push({ text, from, to });
    this.#bytes += to - from;
  }

  /** All that waited, one by one: very many may have. None waits afterwards. */
  *release(): Generator<Entry, void, undefined> {
    const held = this.#held;
    this.#held = [];
    this.#bytes = 0;
    for (const { text, from, to } of held) yield { value: JSON.parse(text), from, to };
  }
}

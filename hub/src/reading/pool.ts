import { availableParallelism } from "node:os";
import { join } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { on } from "node:events";
import type { Encoding } from "@sentinal/reports";
import { Piscina } from "piscina";
import type { Piece } from "./pieces.ts";
import type { Reading } from "./read-events.ts";
import type { Batch } from "./batches.ts";
import type { FromThread, StreamOrder, ToThread, WholeOrder, WholeReading } from "./worker.ts";

/** A report whose bytes are stored. `pieces` gives them in order, from the first one each time. */
export type StoredReport = { format: string; encoding: Encoding | null; places: Uint8Array | null; pieces: () => AsyncIterable<Piece> };

/** Reads reports in threads of their own, so that the hub goes on answering meanwhile. */
export type ReadingPool = {
  /** Reads a report that is in memory, and packs its bytes for storing. The bytes are then the thread's, with the buffer they are a part of. */
  readWhole(format: string, bytes: Uint8Array<ArrayBuffer>, places: Uint8Array | null): Promise<WholeReading>;
  /** What is wrong with places (a Zstandard frame of JSON), in a few words that follow their name; null when nothing is. */
  checkPlaces(stored: Uint8Array): Promise<string | null>;
  /** Reads what a stored report says of itself; `onProgress` hears how many findings or tests there are so far. */
  survey(report: StoredReport, onProgress: (records: number) => void): Promise<Reading & { records: number }>;
  /** What a stored report holds, in batches; a batch is read while the one before is worked in. */
  batches(report: StoredReport): AsyncGenerator<Batch, void, undefined>;
  close(): Promise<void>;
};

const file = join(import.meta.dirname, "worker.ts");
/** A thread that needs more ends with its report; the hub lives on. Readers are bounded far below. */
const resourceLimits = { maxOldGenerationSizeMb: 1_024 };
const idleTimeoutMs = 60_000;

/** Threads start with the first report. Large reports have their own, so that a small one never waits behind them. */
export function createReadingPool(): ReadingPool {
  const small = lazyPool({ minThreads: 1, maxThreads: Math.max(1, Math.min(4, availableParallelism() - 1)) });
  const large = lazyPool({ minThreads: 0, maxThreads: 1 });

  return {
    readWhole(format, given, places) {
      const bytes = movable(given);
      return small.get().run({ format, bytes, places } satisfies WholeOrder, { name: "whole", transferList: [bytes.buffer] });
    },

    checkPlaces: (stored) => small.get().run(stored, { name: "places" }),

    async survey(report, onProgress) {
      const { port1, port2 } = new MessageChannel();
      const answer: Promise<Reading & { records: number }> = large.get().run(orderOf(report, port2), { name: "survey", transferList: [port2] });
      for await (const message of conversation(port1, report, answer)) if (message.type === "progress") onProgress(message.records);
      return answer;
    },

    async *batches(report) {
      const { port1, port2 } = new MessageChannel();
      const answer: Promise<void> = large.get().run(orderOf(report, port2), { name: "batches", transferList: [port2] });
      for await (const message of conversation(port1, report, answer)) {
        if (message.type !== "batch") continue;
        // The thread reads on while the caller writes.
        port1.postMessage({ isTaken: true } satisfies ToThread);
        yield message.batch;
      }
      await answer;
    },

    async close() {
      await Promise.all([small.close(), large.close()]);
    },
  };
}

/** Node keeps small buffers together in larger ones, of which none takes half: those cannot be moved without the others. */
function movable(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.length * 2 > bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
}

function orderOf({ format, encoding, places }: StoredReport, port: MessagePort): StreamOrder {
  return { format, encoding, places, port };
}

/** What the thread says until it has ended; it gets the pieces that it asks for. Whoever leaves early ends the thread's work. */
async function* conversation(port: MessagePort, report: StoredReport, answer: Promise<unknown>): AsyncGenerator<FromThread, void, undefined> {
  const pieces = report.pieces()[Symbol.asyncIterator]();
  const ended = new AbortController();
  // The caller hears of a failure by awaiting the answer itself.
  answer.catch(() => {}).finally(() => ended.abort());
  try {
    for await (const [message] of on(port, "message", { signal: ended.signal, close: ["close"] }) as AsyncIterable<[FromThread]>) {
      if (message.type === "piece") {
        const next = await pieces.next();
        port.postMessage({ piece: next.done === true ? null : next.value } satisfies ToThread);
      } else yield message;
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  } finally {
    port.close();
    await pieces.return?.();
  }
}

function lazyPool(threads: { minThreads: number; maxThreads: number }): { get(): Piscina; close(): Promise<void> } {
  let pool: Piscina | null = null;
  return {
    get() {
      pool ??= new Piscina({ filename: file, ...threads, idleTimeout: idleTimeoutMs, atomics: "disabled", recordTiming: false, resourceLimits });
      return pool;
    },
    async close() {
      await pool?.destroy();
    },
  };
}

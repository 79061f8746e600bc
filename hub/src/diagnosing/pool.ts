import { on } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { JobFacts, LineConvention } from "@sentinal/diagnosis";
import { Piscina } from "piscina";
import type { Diagnosed, PieceAnswer, PieceWish, ThreadOrder } from "./worker.ts";

/** A job's log, and what is known of the job besides. */
type DiagnosisOrder = {
  /** Its bytes as they come; read to the end, or left early when the diagnosis ends early. */
  readonly log: AsyncIterable<Uint8Array>;
  /** The log of the last passing run of the same job. */
  readonly green?: AsyncIterable<Uint8Array>;
  readonly facts?: JobFacts;
  /** The rules of the repository, YAML or JSON, as `readRules` has found them to be sound. */
  readonly rules?: string;
  /** The job's name, for rules that hold for some jobs only. */
  readonly job?: string;
  /** Default `lf`. */
  readonly convention?: LineConvention;
  /** Ends the diagnosis; it rejects with the signal's reason then. A source that waits for the network is to listen to it as well. */
  readonly signal?: AbortSignal;
};

/** Diagnoses jobs' logs in threads of their own, so that the hub goes on answering meanwhile. */
type DiagnosisPool = {
  /** Secrets are taken out of a log before anything else reads it. Rejects when the log's source fails. */
  diagnose(order: DiagnosisOrder): Promise<Diagnosed>;
  /** Ends what is going on. */
  close(): Promise<void>;
};

const file = join(import.meta.dirname, "worker.ts");
/** A log needs some tens of MB, whatever its length; a thread that needs more ends with its diagnosis, not with the hub. */
const resourceLimits = { maxOldGenerationSizeMb: 512 };
const idleTimeoutMs = 60_000;
const mostThreads = 2;

/** Threads start with the first log, and end when there was none for a minute. */
export function createDiagnosisPool(): DiagnosisPool {
  let pool: Piscina | null = null;
  const threads = (): Piscina =>
    (pool ??= new Piscina({
      filename: file,
      minThreads: 0,
      maxThreads: Math.max(1, Math.min(mostThreads, availableParallelism() - 1)),
      idleTimeout: idleTimeoutMs,
      atomics: "disabled",
      recordTiming: false,
      resourceLimits,
    }));

  return {
    async diagnose({ log, green, facts, rules, job, convention = "lf", signal }) {
      signal?.throwIfAborted();
      const { port1, port2 } = new MessageChannel();
      const order: ThreadOrder = { convention, facts: facts ?? null, rules: rules ?? null, job: job ?? null, hasGreenLog: green !== undefined, port: port2 };
      const failed = new AbortController();
      const ended = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
      const answer: Promise<Diagnosed> = threads().run(order, { name: "diagnose", transferList: [port2], signal: ended });
      try {
        return await Promise.race([
          answer,
          feed(port1, { log, green: green ?? nothing() }, answer).catch((error: unknown) => {
            failed.abort(error);
            throw error;
          }),
        ]);
      } catch (error) {
        // The pool's own error says only that it was ended.
        throw ended.aborted ? ended.reason : error;
      } finally {
        answer.catch(() => {});
        port1.close();
      }
    },

    async close() {
      await pool?.destroy();
    },
  };
}

/** Gives the thread the pieces that it asks for, until it has answered. */
async function feed(port: MessagePort, logs: Readonly<Record<PieceWish["of"], AsyncIterable<Uint8Array>>>, answer: Promise<Diagnosed>): Promise<Diagnosed> {
  const pieces = { log: logs.log[Symbol.asyncIterator](), green: logs.green[Symbol.asyncIterator]() };
  const done = new AbortController();
  answer.catch(() => {}).finally(() => done.abort());
  try {
    for await (const [{ of }] of on(port, "message", { signal: done.signal }) as AsyncIterable<[PieceWish]>) {
      const next = await pieces[of].next();
      port.postMessage({ piece: next.done === true ? null : next.value } satisfies PieceAnswer);
    }
  } catch (error) {
    if (!done.signal.aborted) throw error;
  } finally {
    await Promise.all([pieces.log.return?.(), pieces.green.return?.()]);
  }
  return answer;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

import { setTimeout as wait } from "node:timers/promises";
import type { Ownership } from "./ownership.ts";
import { EmbeddedPostgresProblem, serverKeptEnding } from "./problems.ts";
import type { ServerProcess } from "./server.ts";

export type Supervision = {
  clusterDir: string;
  /** Starts the server; also called again after it has ended. */
  startServer(signal: AbortSignal): Promise<ServerProcess>;
  /** Connects to the running server and takes the lock. */
  takeOwnership(): Promise<Ownership>;
  onLog(line: string): void;
  onProblem(problem: EmbeddedPostgresProblem): void;
  /** The pause before each try to start a server that has ended, in milliseconds; their number limits the tries. */
  restartDelaysMs?: readonly number[];
};

export type Supervisor = { stop(): Promise<void> };

/** About 30 seconds: longer than a memory shortage, shorter than the patience of whoever waits for an answer. */
const usualRestartDelaysMs = [250, 500, 1_000, 4_000, 8_000, 16_000];
/** A server that ran this long is healthy: its next end begins a new count. */
const healthyAfterMs = 60_000;
const reconnectDelayMs = 200;

/**
 * Starts the server, takes the lock, and keeps both until `stop`. The first start is tried once; its failure is the
 * caller's to tell.
 */
export async function superviseServer(supervision: Supervision): Promise<Supervisor> {
  const stopping = new AbortController();
  const first = await startOnce(supervision, stopping.signal);
  const state = { current: first };
  const life = keepAlive(supervision, state, stopping.signal);
  let stopped: Promise<void> | undefined;
  async function stopAll(): Promise<void> {
    stopping.abort();
    await life;
    await state.current.ownership.release();
    await state.current.server.stop();
  }
  return { stop: async () => await (stopped ??= stopAll()) };
}

type Running = { server: ServerProcess; ownership: Ownership; startedAt: number };
type State = { current: Running };

/** Both or none: a server without its lock is stopped again. */
async function startOnce(supervision: Supervision, signal: AbortSignal): Promise<Running> {
  const server = await supervision.startServer(signal);
  try {
    return { server, ownership: await supervision.takeOwnership(), startedAt: performance.now() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Ends when told to stop, or when the server cannot be started again. Never rejects. */
async function keepAlive(supervision: Supervision, state: State, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<"stopped">((resolve) => {
    signal.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
  let tries = 0;
  while (!signal.aborted) {
    const { server, ownership, startedAt } = state.current;
    const event = await Promise.race([stopped, server.ended.then((how) => ({ serverEnded: how })), ownership.lost.then(() => "connection lost" as const)]);
    if (event === "stopped") return;
    if (event === "connection lost") {
      // The lock goes with its connection, as when a backend crashes and PostgreSQL renews itself.
      if (!(await takeOwnershipAgain(supervision, state, stopped))) return;
      continue;
    }
    await ownership.release();
    if (performance.now() - startedAt > healthyAfterMs) tries = 0;
    const restarted = await restart(supervision, state, signal, event.serverEnded, tries);
    if (restarted === undefined) return;
    tries = restarted;
  }
}

/** @returns how many tries have been used, or undefined when stopped or out of tries */
async function restart(supervision: Supervision, state: State, signal: AbortSignal, how: string, triesBefore: number): Promise<number | undefined> {
  const delaysMs = supervision.restartDelaysMs ?? usualRestartDelaysMs;
  let last = `the server ended with ${how}`;
  for (let tries = triesBefore; tries < delaysMs.length; tries += 1) {
    const delayMs = delaysMs[tries] ?? 0;
    supervision.onLog(`supervisor: ${last}; starting it again in ${delayMs} ms (${tries + 1} of ${delaysMs.length})`);
    try {
      await wait(delayMs, undefined, { signal });
      state.current = await startOnce(supervision, signal);
      return tries + 1;
    } catch (error) {
      if (signal.aborted) return undefined;
      last = error instanceof Error ? error.message : String(error);
    }
  }
  supervision.onProblem(serverKeptEnding(supervision.clusterDir, delaysMs.length, last));
  return undefined;
}

/** @returns false when there is nothing left to watch: stopped, or another hub has the lock */
async function takeOwnershipAgain(supervision: Supervision, state: State, stopped: Promise<"stopped">): Promise<boolean> {
  const { server } = state.current;
  let isOver: "stopped" | "ended" | undefined;
  const over = Promise.race([stopped, server.ended.then(() => "ended" as const)]).then((event) => {
    isOver = event;
  });
  for (;;) {
    await Promise.race([over, wait(reconnectDelayMs)]);
    // A server that has ended is the main loop's to start again.
    if (isOver !== undefined) return isOver === "ended";
    try {
      state.current = { ...state.current, ownership: await supervision.takeOwnership() };
      return true;
    } catch (error) {
      // Whatever else it is, such as a server that renews itself, passes.
      if (!(error instanceof EmbeddedPostgresProblem) || error.code !== "data_directory_in_use") continue;
      supervision.onProblem(error);
      return false;
    }
  }
}

import type { Acknowledgement, DashboardUpdate, ScanUpdate } from "@sentinal/contract";
import type { Socket } from "socket.io-client";
import type { Session } from "../session/session.ts";
import { browserClock, createBatch } from "./batch.ts";
import { nextLiveState, type LiveEvent, type LiveState } from "./live-state.ts";

const acknowledgeWithinMs = 10_000;
const retryAfterMs = 3_000;
/** Well within the second after which a change must be on the screen. */
const updateTimes = { gatherMs: 120, gapMs: 700 };

/** The page's one connection for live updates. It carries ids; what is on the screen is fetched again. */
export function createLive(session: Pick<Session, "token" | "tokenAfterRefusal">) {
  let state: LiveState = { phase: "connecting" };
  let socket: Socket | null = null;
  let starting: Promise<void> | null = null;
  let wasLive = false;
  let lastToken: string | null = null;
  const stateListeners = new Set<() => void>();
  const updateListeners = new Set<(updates: DashboardUpdate[]) => void>();
  const resyncListeners = new Set<() => void>();
  const runListeners = new Map<number, Set<(update: ScanUpdate) => void>>();

  const gather = createBatch<DashboardUpdate>(
    (updates) => {
      if (updates.some((update) => update.type === "resync")) resync();
      for (const listener of updateListeners) listener(updates);
    },
    updateTimes,
    browserClock,
  );

  function happen(event: LiveEvent): void {
    const next = nextLiveState(state, event, Date.now());
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener();
  }

  function resync(): void {
    for (const listener of resyncListeners) listener();
  }

  async function subscribe(connected: Socket): Promise<void> {
    const answer = await ask(connected, "subscribe_dashboard");
    for (const runId of runListeners.keys()) void ask(connected, "subscribe_scan", { run_id: runId });
    if (!answer.ok) return happen({ kind: "refused", reason: answer.message });
    // What happened while nobody listened is fetched; from here on it is heard.
    if (wasLive) resync();
    wasLive = true;
    happen({ kind: "subscribed" });
  }

  async function open(): Promise<void> {
    const { io } = await import("socket.io-client");
    socket = io({
      // Asked at each attempt, so that a connection comes back with the token of the hour.
      auth: (give) => {
        session.token().then(
          (token) => {
            lastToken = token;
            give(token === null ? {} : { token });
          },
          () => give({}),
        );
      },
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    });
    const opened = socket;
    opened.on("connect", () => void subscribe(opened));
    opened.on("dashboard_update", (update: DashboardUpdate) => gather(update));
    opened.on("scan_update", (update: ScanUpdate) => {
      for (const listener of runListeners.get(update.run_id) ?? []) listener(update);
    });
    opened.on("disconnect", (reason) => {
      happen({ kind: "lost" });
      // The library does not come back by itself where the hub ended the connection.
      if (reason === "io server disconnect") setTimeout(() => socket === opened && opened.connect(), retryAfterMs);
    });
    opened.on("connect_error", (error) => {
      happen({ kind: "lost" });
      if (opened.active) return;
      void recover(opened, error);
    });
  }

  /** After a refusal: with a new token where the old one was the reason. */
  async function recover(refused: Socket, error: Error & { data?: { status?: number } }): Promise<void> {
    if (error.data?.status === 401 && lastToken !== null) {
      const token = await session.tokenAfterRefusal(lastToken).catch(() => lastToken);
      if (token === null) return happen({ kind: "refused", reason: "the session has ended" });
    }
    setTimeout(() => socket === refused && refused.connect(), retryAfterMs);
  }

  return {
    state: () => state,
    onState(listener: () => void): () => void {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    /** Connects once somebody is signed in. */
    start(): void {
      starting ??= open().catch(() => {
        starting = null;
        happen({ kind: "lost" });
      });
    },
    stop(): void {
      socket?.disconnect();
      socket = null;
      starting = null;
      wasLive = false;
      state = { phase: "connecting" };
    },
    retry(): void {
      if (socket === null) this.start();
      else if (!socket.connected) socket.disconnect().connect();
    },
    /** Batches of what changed on the hub. */
    onUpdates(listener: (updates: DashboardUpdate[]) => void): () => void {
      updateListeners.add(listener);
      return () => updateListeners.delete(listener);
    },
    /** Events may have been missed: all that is on the screen is to be fetched again. */
    onResync(listener: () => void): () => void {
      resyncListeners.add(listener);
      return () => resyncListeners.delete(listener);
    },
    /** Progress and end of one run's scans, for as long as somebody watches. */
    watchRun(runId: number, listener: (update: ScanUpdate) => void): () => void {
      const listeners = runListeners.get(runId) ?? new Set();
      runListeners.set(runId, listeners.add(listener));
      if (listeners.size === 1 && socket?.connected === true) void ask(socket, "subscribe_scan", { run_id: runId });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || runListeners.get(runId) !== listeners) return;
        runListeners.delete(runId);
        if (socket?.connected === true) void ask(socket, "unsubscribe_scan", { run_id: runId });
      };
    },
  };
}

async function ask(socket: Socket, event: string, payload?: object): Promise<Acknowledgement> {
  try {
    const timed = socket.timeout(acknowledgeWithinMs);
    return payload === undefined ? await timed.emitWithAck(event) : await timed.emitWithAck(event, payload);
  } catch {
    return { ok: false, code: "no_answer_in_time", message: "the hub did not confirm the subscription" };
  }
}

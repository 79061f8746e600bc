import { relativeTime } from "../time.ts";

/** `sinceMs` of `lost`: when this page last saw things live; null when it never did. */
export type LiveState =
  | { phase: "connecting" }
  | { phase: "live" }
  | { phase: "lost"; sinceMs: number | null; lostAtMs: number }
  | { phase: "refused"; reason: string };

export type LiveEvent = { kind: "subscribed" } | { kind: "lost" } | { kind: "refused"; reason: string };

/** A connection that is not back by then will not be back at once. */
const reconnectingForMs = 15_000;

export function nextLiveState(state: LiveState, event: LiveEvent, nowMs: number): LiveState {
  switch (event.kind) {
    case "subscribed":
      return { phase: "live" };
    case "refused":
      return { phase: "refused", reason: event.reason };
    case "lost":
      if (state.phase === "lost") return state;
      return { phase: "lost", sinceMs: state.phase === "live" ? nowMs : null, lostAtMs: nowMs };
  }
}

/** What stands beside the dot. Only `isFresh` may look live; `canRetry` where trying by hand makes sense. */
export function liveWords(state: LiveState, nowMs: number): { words: string; isFresh: boolean; canRetry: boolean } {
  switch (state.phase) {
    case "live":
      return { words: "Live", isFresh: true, canRetry: false };
    case "connecting":
      return { words: "Connecting…", isFresh: false, canRetry: false };
    case "refused":
      return { words: `Not live: ${state.reason}`, isFresh: false, canRetry: true };
    case "lost": {
      if (nowMs - state.lostAtMs < reconnectingForMs) return { words: "Reconnecting…", isFresh: false, canRetry: false };
      if (state.sinceMs === null) return { words: "Not live", isFresh: false, canRetry: true };
      return { words: `Updated ${relativeTime(new Date(state.sinceMs).toISOString(), nowMs)}`, isFresh: false, canRetry: true };
    }
  }
}

import type { SessionMessage, SessionSurroundings } from "./session.ts";

const name = "sentinal-session";

/** The browser's fetch, clock, Web Locks and BroadcastChannel. */
export function browserSurroundings(): SessionSurroundings {
  const channel = new BroadcastChannel(name);
  return {
    fetch: (path, init) => fetch(path, init),
    nowMs: () => Date.now(),
    schedule(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    async exclusively<Answer>(task: () => Promise<Answer>): Promise<Answer> {
      // Browsers give locks to pages over https and on localhost only; elsewhere the hub's grace of 30 s stands in.
      if (!isSecureContext) return task();
      return navigator.locks.request(name, task);
    },
    tell: (message) => channel.postMessage(message),
    onTold(listener) {
      channel.addEventListener("message", (event: MessageEvent<SessionMessage>) => listener(event.data));
    },
  };
}

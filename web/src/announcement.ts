import { useSyncExternalStore } from "react";

let current = "";
const listeners = new Set<() => void>();

/** Has the words read out when the reader is free. The same words again are read out again. */
export function announce(words: string): void {
  // A space that cannot be heard tells the browser that the text is another one.
  current = words === current ? `${words}\u00a0` : words;
  for (const listener of listeners) listener();
}

export function useAnnouncement(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

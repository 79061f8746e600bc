/**
 * Asks the person in front of the screen to prove again who they are. Calls that need it wait here for the one dialog;
 * what it asks for is the dialog's own.
 */
export function createProof() {
  const listeners = new Set<() => void>();
  let waiting: { answer: Promise<boolean>; settle(isProved: boolean): void } | null = null;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    isAsked: () => waiting !== null,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** True when they proved it, false when they would not. Who asks meanwhile gets the same answer. */
    ask(): Promise<boolean> {
      if (waiting !== null) return waiting.answer;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting = { answer: promise, settle: resolve };
      tell();
      return promise;
    },

    /** For the dialog: how it ended. */
    settle(isProved: boolean): void {
      const settled = waiting;
      waiting = null;
      settled?.settle(isProved);
      tell();
    },
  };
}

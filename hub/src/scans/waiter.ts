/** Lets answers wait a moment for the end of an import that a task of this hub is working in; several may wait for one. */
export type Waiter = { wait(importId: string, timeoutMs: number): Promise<boolean>; ended(importId: string): void };

export function createWaiter(): Waiter {
  const waiting = new Map<string, Set<(isOver: boolean) => void>>();
  return {
    wait(importId, timeoutMs) {
      return new Promise((resolve) => {
        const others = waiting.get(importId) ?? new Set();
        waiting.set(importId, others.add(settle));
        const timer = setTimeout(() => settle(false), timeoutMs);
        function settle(isOver: boolean): void {
          clearTimeout(timer);
          others.delete(settle);
          if (others.size === 0 && waiting.get(importId) === others) waiting.delete(importId);
          resolve(isOver);
        }
      });
    },
    ended(importId) {
      for (const settle of [...(waiting.get(importId) ?? [])]) settle(true);
    },
  };
}

/** Lets an answer wait a moment for the end of an import that a task of this hub is working in. */
export type Waiter = { wait(importId: string, timeoutMs: number): Promise<boolean>; ended(importId: string): void };

export function createWaiter(): Waiter {
  const waiting = new Map<string, (isOver: boolean) => void>();
  return {
    wait(importId, timeoutMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(false), timeoutMs);
        function settle(isOver: boolean): void {
          clearTimeout(timer);
          waiting.delete(importId);
          resolve(isOver);
        }
        waiting.set(importId, settle);
      });
    },
    ended(importId) {
      waiting.get(importId)?.(true);
    },
  };
}

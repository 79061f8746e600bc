/** `gatherMs`: waits so long for more of the same burst. `gapMs`: at least so long between two batches, for a busy hub must not make the page fetch all the time. */
export type BatchTimes = { gatherMs: number; gapMs: number };
export type BatchClock = { nowMs(): number; schedule(delayMs: number, task: () => void): unknown };

export const browserClock: BatchClock = { nowMs: () => Date.now(), schedule: (delayMs, task) => setTimeout(task, delayMs) };

/** Gathers what comes in bursts and hands it on in batches. */
export function createBatch<Item>(handOn: (items: Item[]) => void, { gatherMs, gapMs }: BatchTimes, clock: BatchClock) {
  let waiting: Item[] = [];
  let lastAtMs = Number.NEGATIVE_INFINITY;

  function flush(): void {
    const items = waiting;
    waiting = [];
    lastAtMs = clock.nowMs();
    handOn(items);
  }

  return function add(item: Item): void {
    waiting.push(item);
    if (waiting.length > 1) return;
    const sinceLastMs = clock.nowMs() - lastAtMs;
    clock.schedule(Math.max(gatherMs, gapMs - sinceLastMs), flush);
  };
}

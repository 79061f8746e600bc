/** Waits so long for more of the same burst. */
const gatherMs = 120;
/** Between two batches at least so long: a busy hub must not make the page fetch all the time. */
const gapMs = 700;

/** Gathers what comes in bursts and hands it on in batches. */
export function createBatch<Item>(handOn: (items: Item[]) => void, surroundings: { nowMs(): number; schedule(delayMs: number, task: () => void): unknown }) {
  let waiting: Item[] = [];
  let lastAtMs = Number.NEGATIVE_INFINITY;

  function flush(): void {
    const items = waiting;
    waiting = [];
    lastAtMs = surroundings.nowMs();
    handOn(items);
  }

  return function add(item: Item): void {
    waiting.push(item);
    if (waiting.length > 1) return;
    const sinceLastMs = surroundings.nowMs() - lastAtMs;
    surroundings.schedule(Math.max(gatherMs, gapMs - sinceLastMs), flush);
  };
}

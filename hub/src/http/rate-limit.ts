import { HttpError } from "./errors.ts";

/**
 * A token bucket a key, in memory: `perMinute` in the long run, `burst` at once. Several hubs count each for itself.
 * Buckets that are full again are forgotten, so that memory follows the callers of the last minutes.
 */
export type RateLimit = {
  /** Takes one; throws HttpError 429 with Retry-After (whole seconds) when the bucket is empty. */
  take(key: string): void;
};

const sweepAbove = 10_000;
/** Every key is looked at when swept: not more often than this, however many there are. */
const sweepEveryMs = 1_000;

export function createRateLimit(options: { perMinute: number; burst: number; now?: () => number }): RateLimit {
  const now = options.now ?? Date.now;
  const perMs = options.perMinute / 60_000;
  const buckets = new Map<string, { level: number; at: number }>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  function sweep(at: number): void {
    sweptAt = at;
    for (const [key, bucket] of buckets) {
      if (bucket.level + (at - bucket.at) * perMs >= options.burst) buckets.delete(key);
    }
  }

  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key) ?? { level: options.burst, at };
      // A clock that was set back must not take away what is there.
      const level = Math.min(options.burst, bucket.level + Math.max(0, at - bucket.at) * perMs);
      if (level < 1) {
        const waitSeconds = Math.max(1, Math.ceil((1 - level) / perMs / 1000));
        throw new HttpError("too_many_requests", `More than ${options.perMinute} a minute.`, { headers: { "retry-after": String(waitSeconds) } });
      }
      buckets.set(key, { level: level - 1, at });
      if (buckets.size > sweepAbove && at - sweptAt > sweepEveryMs) sweep(at);
    },
  };
}

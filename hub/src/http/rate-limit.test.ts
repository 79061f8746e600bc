import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HttpError } from "./errors.ts";
import { createRateLimit } from "./rate-limit.ts";

/** Takes one at a time of the test's own; null when it was given, else the seconds to wait. */
function limitAt(options: { perMinute: number; burst: number }, startMs = 1_000_000) {
  const clock = { ms: startMs };
  const limit = createRateLimit({ ...options, now: () => clock.ms });
  return {
    clock,
    take(key = "one"): number | null {
      try {
        limit.take(key);
        return null;
      } catch (error) {
        if (error instanceof HttpError && error.code === "too_many_requests") return Number(error.headers["retry-after"]);
        throw error;
      }
    },
  };
}

const limits = fc.record({ perMinute: fc.integer({ min: 1, max: 100_000 }), burst: fc.integer({ min: 1, max: 500 }) });
const pauses = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 300 });

describe("a rate limit", () => {
  test("gives the whole burst at once, and then no more", () => {
    const { take } = limitAt({ perMinute: 600, burst: 200 });
    expect(Array.from({ length: 200 }, () => take()).every((wait) => wait === null)).toBe(true);
    expect(take()).toBe(1);
  });

  test("gives in no stretch of time more than the burst and what flows in meanwhile", () => {
    fc.assert(
      fc.property(limits, pauses, (options, gaps) => {
        const { clock, take } = limitAt(options);
        const given: number[] = [];
        for (const gap of gaps) {
          clock.ms += gap;
          if (take() === null) given.push(clock.ms);
        }
        for (const [first, from] of given.entries()) {
          for (const [last, to] of given.entries()) {
            if (last < first) continue;
            const most = options.burst + ((to - from) * options.perMinute) / 60_000;
            expect(last - first + 1).toBeLessThanOrEqual(Math.floor(most + 1e-6));
          }
        }
      }),
    );
  });

  test("gives one again after the seconds that Retry-After names, and names no more than needed", () => {
    fc.assert(
      fc.property(limits, pauses, (options, gaps) => {
        const { clock, take } = limitAt(options);
        for (const gap of gaps) {
          clock.ms += gap;
          const wait = take();
          if (wait === null) continue;
          expect(Number.isInteger(wait) && wait >= 1).toBe(true);
          expect(wait).toBeLessThanOrEqual(Math.ceil(60 / options.perMinute));
          clock.ms += wait * 1_000;
          expect(take()).toBeNull();
        }
      }),
    );
  });

  test("who stays below the rate is never refused", () => {
    const { clock, take } = limitAt({ perMinute: 60, burst: 1 });
    for (let turn = 0; turn < 1_000; turn++) {
      expect(take()).toBeNull();
      clock.ms += 1_000;
    }
  });

  test("counts each key for itself", () => {
    const { take } = limitAt({ perMinute: 1, burst: 1 });
    expect([take("one"), take("two"), take("one")]).toEqual([null, null, 60]);
  });

  test("refusals cost nothing: who keeps asking is served as soon as who waits", () => {
    const { clock, take } = limitAt({ perMinute: 60, burst: 1 });
    take();
    for (let turn = 0; turn < 9; turn++) {
      clock.ms += 100;
      expect(take()).toBe(1);
    }
    clock.ms += 100;
    expect(take()).toBeNull();
  });

  test("a clock that is set back by an hour takes nothing away", () => {
    const { clock, take } = limitAt({ perMinute: 60, burst: 10 }, 10_000_000);
    take();
    clock.ms -= 3_600_000;
    expect(Array.from({ length: 9 }, () => take())).toEqual(Array.from({ length: 9 }, () => null));
    expect(take()).toBe(1);
    clock.ms += 1_000;
    expect(take()).toBeNull();
  });

  test("many keys that came once do not let a busy one start anew", () => {
    const { clock, take } = limitAt({ perMinute: 60, burst: 2 });
    expect([take("busy"), take("busy")]).toEqual([null, null]);
    for (let key = 0; key < 30_000; key++) {
      if (key % 5_000 === 0) clock.ms += 10;
      take(`key ${key}`);
    }
    expect(take("busy")).toBe(1);
  });
});

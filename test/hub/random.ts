/** Numbers that look random and follow from a seed, so that a run can be repeated. */
export type Random = {
  /** From 0 up to, but without, 1. */
  next(): number;
  /** A whole number from 0 up to, but without, the limit. */
  below(limit: number): number;
  chance(probability: number): boolean;
};

/** The generator known as mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return { next, below: (limit) => Math.floor(next() * limit), chance: (probability) => next() < probability };
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align, type Candidate, type Pair } from "./alignment.ts";
import { longestChain, pairRows } from "./rows.ts";

const start = { above: 0, below: null };

/** All pairs of equal names may be the same. */
function candidates(now: readonly string[], before: readonly string[]): Candidate[] {
  return before.flatMap((name, earlier) => now.flatMap((other, index) => (other === name ? [{ now: index, before: earlier, gain: 2 }] : [])));
}

function alignNames(now: readonly [string, number][], before: readonly [string, number][]): [number, number][] {
  const names = (list: readonly [string, number][]) => list.map(([name]) => name);
  const lines = (list: readonly [string, number][]) => list.map(([, line]) => line);
  return align(lines(now), lines(before), candidates(names(now), names(before)), start).map((one) => [one.before, one.now]);
}

describe("aligning a file's findings with those before", () => {
  test("equal findings stay in order when lines come in at the head", () => {
    expect(
      alignNames(
        [
          ["a", 41],
          ["a", 45],
          ["a", 49],
        ],
        [
          ["a", 1],
          ["a", 5],
          ["a", 9],
        ],
      ),
    ).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  test("of equal findings the one that is gone is left out, by the distances of the others", () => {
    expect(
      alignNames(
        [
          ["a", 5],
          ["a", 20],
          ["a", 27],
        ],
        [
          ["a", 5],
          ["a", 11],
          ["a", 20],
          ["a", 27],
        ],
      ),
    ).toEqual([
      [0, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  test("of equal findings the one that is new is left out, although lines moved below it", () => {
    expect(
      alignNames(
        [
          ["a", 5],
          ["a", 11],
          ["a", 23],
          ["a", 30],
        ],
        [
          ["a", 5],
          ["a", 20],
          ["a", 27],
        ],
      ),
    ).toEqual([
      [0, 0],
      [1, 2],
      [2, 3],
    ]);
  });

  test("other findings around tell how lines moved", () => {
    expect(
      alignNames(
        [
          ["x", 13],
          ["a", 15],
          ["y", 30],
        ],
        [
          ["x", 3],
          ["a", 5],
          ["a", 15],
          ["y", 20],
        ],
      ),
    ).toEqual([
      [0, 0],
      [1, 1],
      [3, 2],
    ]);
  });

  test("a finding that is gone is not taken for a new one far away when the lines between have not moved", () => {
    expect(
      alignNames(
        [
          ["x", 1],
          ["y", 99],
          ["a", 300],
          ["z", 400],
        ],
        [
          ["x", 1],
          ["a", 50],
          ["y", 99],
          ["z", 400],
        ],
      ),
    ).toEqual([
      [0, 0],
      [2, 1],
      [3, 3],
    ]);
  });

  const list = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 1, max: 30 })), { maxLength: 14 });
  const inOrder = list.map((items) => items.toSorted(([, one], [, other]) => one - other));

  test("pairs rise on both sides, and are of candidates alone", () => {
    fc.assert(
      fc.property(inOrder, inOrder, (now, before) => {
        const pairs = alignNames(now, before);
        for (const [index, [earlier, later]] of pairs.entries()) {
          expect(now[later]?.[0]).toBe(before[earlier]?.[0]);
          const next = pairs[index + 1];
          if (next !== undefined) expect(next[0] > earlier && next[1] > later).toBe(true);
        }
      }),
    );
  });

  test("a file that has not changed, or has moved down as a whole, is paired one by one", () => {
    fc.assert(
      fc.property(inOrder, fc.nat(100), (before, shift) => {
        const now = before.map(([name, line]): [string, number] => [name, line + shift]);
        expect(alignNames(now, before)).toEqual(before.map((_one, index) => [index, index]));
      }),
    );
  });

  test("no other choice of pairs explains a small file better, where findings stand apart", () => {
    const apart = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.integer({ min: 6, max: 12 })), { maxLength: 5 }).map((items) => {
      let line = 0;
      return items.map(([name, distance]): [string, number] => [name, (line += distance)]);
    });
    fc.assert(
      fc.property(apart, apart, (now, before) => {
        const lines = { now: now.map(([, line]) => line), before: before.map(([, line]) => line) };
        const all = candidates(
          now.map(([name]) => name),
          before.map(([name]) => name),
        );
        expect(valueOf(align(lines.now, lines.before, all, start), lines)).toBeCloseTo(bestValue(all, lines), 9);
      }),
    );
  });
});

/** As the module says: the sum of gains less what changes of the shift cost. */
function valueOf(pairs: readonly Pair[], lines: { now: number[]; before: number[] }): number {
  let shift = 0;
  let value = 0;
  for (const pair of pairs) {
    const next = (lines.now[pair.now] ?? 0) - (lines.before[pair.before] ?? 0);
    const difference = Math.abs(next - shift);
    value += 2 - (difference === 0 ? 0 : difference <= 5 ? 0.6 : 1.01);
    shift = next;
  }
  return value;
}

function bestValue(all: readonly Candidate[], lines: { now: number[]; before: number[] }, chosen: Pair[] = []): number {
  const last = chosen.at(-1);
  const next = all.filter((one) => last === undefined || (one.now > last.now && one.before > last.before));
  return Math.max(valueOf(chosen, lines), ...next.map((one) => bestValue(next, lines, [...chosen, one])));
}

describe("the longest chain", () => {
  test("leaves out what was moved across the others", () => {
    const pairs = [0, 1, 4, 2, 3].map((before, now) => ({ now, before }));
    expect(longestChain(pairs).map(({ before }) => before)).toEqual([0, 1, 2, 3]);
  });

  test("rises on both sides and is as long as any that does", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(20), { maxLength: 9 }), (order) => {
        const pairs = order.map((before, now) => ({ now, before }));
        const chain = longestChain(pairs);
        for (const [index, pair] of chain.entries()) if (index > 0) expect(pair.before).toBeGreaterThan(chain[index - 1]?.before ?? 0);
        expect(chain.length).toBe(longest(order));
      }),
    );
  });

  function longest(order: readonly number[], from = -1): number {
    return Math.max(0, ...order.map((one, index) => (one > from ? 1 + longest(order.slice(index + 1), one) : 0)));
  }
});

describe("rows of findings", () => {
  const steps = (text: string) => [...text].map((key, index) => ({ key, distance: String(index) }));

  test("are paired where they stand once on both sides with the same distances", () => {
    expect(pairRows(steps("abcdx"), steps("abcdy")).map(({ now }) => now)).toEqual([0, 1, 2, 3]);
    expect(pairRows(steps("abcd"), steps("abxd"))).toEqual([]);
  });

  test("that repeat say nothing", () => {
    const equal = Array.from({ length: 20 }, () => ({ key: "a", distance: "1" }));
    expect(pairRows(equal, equal.slice(1))).toEqual([]);
  });
});

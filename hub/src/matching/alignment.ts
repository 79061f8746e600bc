/** Around line `from` of the older file, lines have moved down by so many. */
export type Shift = { from: number; by: number };

/** Larger groups of equals are paired from the first on: a table of all ways would take too long, and they are all alike. */
const mostCells = 250_000;

/**
 * Pairs two lists of lines, both in rising order, so that the order is kept and of the shorter list none is left over.
 * Where one is longer, those pairs are chosen that fit best to how far lines have moved near them. Answers pairs of indexes.
 */
export function alignByLine(now: readonly (number | null)[], before: readonly (number | null)[], shifts: readonly Shift[]): [number, number][] {
  const isPlain = now.length === before.length || now.length * before.length > mostCells || [...now, ...before].includes(null);
  if (isPlain) return Array.from({ length: Math.min(now.length, before.length) }, (_, index) => [index, index]);
  return now.length < before.length
    ? choose(now.length, before.length, (one, other) => misfit(now[one], before[other], shifts))
    : choose(before.length, now.length, (one, other) => misfit(now[other], before[one], shifts)).map(([one, other]) => [other, one]);
}

/** Each of the shorter with one of the longer, in order, at the least cost in all. */
function choose(shorter: number, longer: number, costOf: (one: number, other: number) => number): [number, number][] {
  const width = longer + 1;
  const costs = new Float64Array((shorter + 1) * width).fill(Number.POSITIVE_INFINITY);
  costs.fill(0, 0, width);
  for (let one = 1; one <= shorter; one++) {
    for (let other = one; other <= longer - (shorter - one); other++) {
      const skipped = costs[one * width + other - 1] ?? Number.POSITIVE_INFINITY;
      const paired = (costs[(one - 1) * width + other - 1] ?? Number.POSITIVE_INFINITY) + costOf(one - 1, other - 1);
      costs[one * width + other] = Math.min(skipped, paired);
    }
  }
  const pairs: [number, number][] = [];
  for (let one = shorter, other = longer; one > 0; other--) {
    if (costs[one * width + other] === costs[one * width + other - 1]) continue;
    pairs.push([one - 1, other - 1]);
    one--;
  }
  return pairs.toReversed();
}

function misfit(now: number | null | undefined, before: number | null | undefined, shifts: readonly Shift[]): number {
  return Math.abs((now ?? 0) - (before ?? 0) - expectedShift(before ?? 0, shifts));
}

/** What the nearest line says that is known to have moved. */
function expectedShift(line: number, shifts: readonly Shift[]): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.from ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  const [above, below] = [shifts[low - 1], shifts[low]];
  if (above === undefined || below === undefined) return above?.by ?? below?.by ?? 0;
  return line - above.from <= below.from - line ? above.by : below.by;
}

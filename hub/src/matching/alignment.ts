/** Positions in two lists that are in the order of lines. */
export type Pair = { now: number; before: number };

/** Two that may be the same, and how much speaks for it, where a pair takes the place of one fixed and one new finding. */
export type Candidate = Pair & { gain: number };

/** By how much lines have moved before and after the lists; null where nothing says so. */
export type Surroundings = { above: number | null; below: number | null };

/** What it costs that neighbours have moved by different numbers of lines: lines came or went between them. */
const changeCost = 1.01;
/** The same for a small difference, as an edit of a few lines makes it. */
const nearChangeCost = 0.6;
const nearLines = 5;

/** The best chain so far that ends with a candidate; a candidate -1 stands for none. */
type Best = { value: number; candidate: number };

const none: Best = { value: Number.NEGATIVE_INFINITY, candidate: -1 };

/**
 * Chooses pairs that rise in both lists and explain best what happened to the file: the sum of gains is the greatest,
 * less what each change of the shift between neighbours costs (nearly, where findings crowd and lines moved up). `now`
 * and `before` are lines, in rising order; `candidates` are in the order of `before`. Takes a time that grows with the
 * number of candidates (n log n).
 */
export function align(now: readonly number[], before: readonly number[], candidates: readonly Candidate[], { above, below }: Surroundings): Pair[] {
  const shifts = candidates.map((candidate) => (now[candidate.now] ?? 0) - (before[candidate.before] ?? 0));
  const chains: Chains = { candidates, shifts, byShift: new Map(), byPosition: prefixBest(now.length), onLine: new Map() };
  const values = new Float64Array(candidates.length);
  const previous = new Int32Array(candidates.length).fill(-1);
  let line: number | undefined;
  for (let from = 0; from < candidates.length;) {
    const finding = candidates[from]?.before ?? 0;
    if (before[finding] !== line) closeLine(chains);
    line = before[finding];
    let to = from;
    for (; candidates[to]?.before === finding; to++) {
      const start = { value: above === null ? 0 : -costOf((shifts[to] ?? 0) - above), candidate: -1 };
      const best = bestBefore(chains, to, start);
      values[to] = best.value + (candidates[to]?.gain ?? 0);
      previous[to] = best.candidate;
    }
    // Only now, for a finding has one partner.
    for (; from < to; from++) add(chains, from, values[from] ?? 0);
  }

  let last: Best = { value: above === null || below === null ? 0 : -costOf(below - above), candidate: -1 };
  for (const index of candidates.keys()) {
    const value = (values[index] ?? 0) - (below === null ? 0 : costOf(below - (shifts[index] ?? 0)));
    if (value > last.value) last = { value, candidate: index };
  }
  const pairs: Pair[] = [];
  for (let index = last.candidate; index !== -1; index = previous[index] ?? -1) {
    const candidate = candidates[index];
    if (candidate !== undefined) pairs.push({ now: candidate.now, before: candidate.before });
  }
  return pairs.toReversed();
}

/** The best chains so far, by what the next candidate asks for. */
type Chains = {
  candidates: readonly Candidate[];
  /** By candidate, the number of lines moved. */
  shifts: readonly number[];
  /** By the number of lines moved, over all lines of `before` that are done. */
  byShift: Map<number, Best>;
  byPosition: PrefixBest;
  /** By the number of lines moved, of the line of `before` that is at hand. */
  onLine: Map<number, LineBest>;
};

/** The chain that a candidate goes on with at the least cost. */
function bestBefore({ candidates, shifts, byShift, byPosition, onLine }: Chains, index: number, start: Best): Best {
  const position = candidates[index]?.now ?? 0;
  const shift = shifts[index] ?? 0;
  let best = start;
  const consider = (other: Best | undefined, cost: number) => {
    if (other === undefined || other.value - cost <= best.value) return;
    // Where lines moved up, an earlier finding may stand behind a later one.
    if ((candidates[other.candidate]?.now ?? -1) < position) best = { value: other.value - cost, candidate: other.candidate };
  };
  consider(byShift.get(shift), 0);
  consider(onLine.get(shift)?.before(position), 0);
  for (let step = 1; step <= nearLines; step++) {
    consider(byShift.get(shift - step), nearChangeCost);
    consider(byShift.get(shift + step), nearChangeCost);
  }
  consider(byPosition.before(position), changeCost);
  return best;
}

function add({ candidates, shifts, byPosition, onLine }: Chains, index: number, value: number): void {
  const position = candidates[index]?.now ?? 0;
  const shift = shifts[index] ?? 0;
  const found = { value, candidate: index };
  byPosition.add(position, found);
  const line = onLine.get(shift);
  if (line === undefined) onLine.set(shift, lineBest(position, found));
  else line.add(position, found);
}

function closeLine({ byShift, onLine }: Chains): void {
  for (const [shift, line] of onLine) if (line.all().value > (byShift.get(shift)?.value ?? none.value)) byShift.set(shift, line.all());
  onLine.clear();
}

function costOf(difference: number): number {
  if (difference === 0) return 0;
  return Math.abs(difference) <= nearLines ? nearChangeCost : changeCost;
}

type PrefixBest = { before(position: number): Best; add(position: number, best: Best): void };

/** The best of all positions before one, kept in a Fenwick tree. */
function prefixBest(length: number): PrefixBest {
  const values = new Float64Array(length + 1).fill(none.value);
  const candidates = new Int32Array(length + 1).fill(-1);
  return {
    before(position) {
      let best = none;
      for (let node = position; node > 0; node -= node & -node) {
        const value = values[node] ?? none.value;
        if (value > best.value) best = { value, candidate: candidates[node] ?? -1 };
      }
      return best;
    },
    add(position, { value, candidate }) {
      for (let node = position + 1; node <= length; node += node & -node) {
        if (value <= (values[node] ?? none.value)) continue;
        values[node] = value;
        candidates[node] = candidate;
      }
    },
  };
}

/** The best by position within one line of `now`; a line has few findings, or the file is not aligned at all. */
type LineBest = PrefixBest & { all(): Best };

function lineBest(position: number, best: Best): LineBest {
  const found = new Map([[position, best]]);
  const among = (isIn: (position: number) => boolean) => {
    let most = none;
    for (const [at, one] of found) if (isIn(at) && one.value > most.value) most = one;
    return most;
  };
  return {
    before: (end) => among((at) => at < end),
    add(at, one) {
      if (one.value > (found.get(at) ?? none).value) found.set(at, one);
    },
    all: () => among(() => true),
  };
}

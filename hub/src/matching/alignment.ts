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
 * less what each change of the shift between neighbours costs. `now` and `before` are lines, in rising order;
 * `candidates` are in the order of `before`. Takes a time that grows with the number of candidates (n log n).
 */
export function align(now: readonly number[], before: readonly number[], candidates: readonly Candidate[], { above, below }: Surroundings): Pair[] {
  const values = new Float64Array(candidates.length);
  const previous = new Int32Array(candidates.length).fill(-1);
  /** By the number of lines moved, over all lines of `before` that are done. */
  const byShift = new Map<number, Best>();
  const byPosition = prefixBest(now.length);
  let onLine = new Map<number, LineBest>();
  const shiftOf = (candidate: Candidate) => (now[candidate.now] ?? 0) - (before[candidate.before] ?? 0);

  const endsOf = endsOfLines(before);
  for (let start = 0; start < candidates.length;) {
    const lineEnd = endsOf[candidates[start]?.before ?? 0] ?? before.length;
    for (; start < candidates.length && (candidates[start]?.before ?? 0) < lineEnd;) {
      let end = start;
      for (; end < candidates.length && candidates[end]?.before === candidates[start]?.before; end++) {
        const candidate = candidates[end];
        if (candidate === undefined) continue;
        const shift = shiftOf(candidate);
        let best: Best = { value: above === null ? 0 : -costOf(shift - above), candidate: -1 };
        const consider = (other: Best | undefined, cost: number) => {
          if (other === undefined || other.value - cost <= best.value) return;
          // Where lines moved up, an earlier finding may stand behind a later one.
          if ((candidates[other.candidate]?.now ?? -1) < candidate.now) best = { value: other.value - cost, candidate: other.candidate };
        };
        consider(byShift.get(shift), 0);
        consider(onLine.get(shift)?.before(candidate.now), 0);
        for (let step = 1; step <= nearLines; step++) {
          consider(byShift.get(shift - step), nearChangeCost);
          consider(byShift.get(shift + step), nearChangeCost);
        }
        consider(byPosition.before(candidate.now), changeCost);
        values[end] = best.value + candidate.gain;
        previous[end] = best.candidate;
      }
      for (let index = start; index < end; index++) {
        const candidate = candidates[index];
        if (candidate === undefined) continue;
        const found = { value: values[index] ?? 0, candidate: index };
        byPosition.add(candidate.now, found);
        const shift = shiftOf(candidate);
        const line = onLine.get(shift);
        if (line === undefined) onLine.set(shift, lineBest(candidate.now, found));
        else line.add(candidate.now, found);
      }
      start = end;
    }
    for (const [shift, line] of onLine) if (line.all().value > (byShift.get(shift)?.value ?? none.value)) byShift.set(shift, line.all());
    onLine = new Map();
  }

  let best: Best = { value: above === null || below === null ? 0 : -costOf(below - above), candidate: -1 };
  for (const [index, candidate] of candidates.entries()) {
    const value = (values[index] ?? 0) - (below === null ? 0 : costOf(below - shiftOf(candidate)));
    if (value > best.value) best = { value, candidate: index };
  }
  const pairs: Pair[] = [];
  for (let index = best.candidate; index !== -1; index = previous[index] ?? -1) {
    const candidate = candidates[index];
    if (candidate !== undefined) pairs.push({ now: candidate.now, before: candidate.before });
  }
  return pairs.toReversed();
}

function costOf(difference: number): number {
  if (difference === 0) return 0;
  return Math.abs(difference) <= nearLines ? nearChangeCost : changeCost;
}

/** By position, where its line ends. */
function endsOfLines(lines: readonly number[]): Int32Array {
  const ends = new Int32Array(lines.length);
  for (let position = lines.length - 1; position >= 0; position--) {
    ends[position] = lines[position] === lines[position + 1] ? (ends[position + 1] ?? 0) : position + 1;
  }
  return ends;
}

/** The best of all positions before one, kept in a Fenwick tree. */
function prefixBest(length: number): { before(position: number): Best; add(position: number, best: Best): void } {
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
type LineBest = { before(position: number): Best; add(position: number, best: Best): void; all(): Best };

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

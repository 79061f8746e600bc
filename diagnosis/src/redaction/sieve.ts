/**
 * Finds where a keyword may be, at a fraction of what the search for keywords costs: it looks at every second pair of bytes.
 * A keyword of three characters or more holds a whole pair wherever it begins; for each, the rarest is chosen, with one
 * neighbour. What it points to is searched properly then.
 */
export type Sieve = {
  /** The first place in `bytes[from, to)` whose line is worth a look; `to` where there is none. It lies in that line. */
  next(bytes: Uint8Array, from: number, to: number): number;
};

const atSign = 64;
const escape = 27;
const dot = 46;
/** What a pair leads to: keywords, and one of the two signs. */
const withNext = 1;
const withPrevious = 2;
const sign = 4;

/** Characters of logs, the commoner the earlier; those of a group are about twice as common as those of the next. */
const common = ["0123456789 etaoi", "nsrlc.-:/", "dpumgh_", 'fbyvw"=,', "kxjqz'()[]"];

/** Besides keywords it stops at `@` behind what may be user and password of an address, and at a colour inside a word. */
export function buildSieve(keywords: readonly string[]): Sieve {
  const pairs = new Uint8Array(65_536);
  const triples = new Uint16Array(65_536);
  /** Keywords by triple: the number in `triples` is the place in this list. */
  const lists: Marked[][] = [[]];
  const lower = Uint8Array.from({ length: 256 }, (_unused, code) => (code >= 65 && code <= 90 ? code + 32 : code));
  // The shorter, the less choice there is: the others make use of theirs.
  for (const one of keywords.toSorted((left, right) => left.length - right.length)) for (const parity of [0, 1]) mark(one, parity);
  for (let other = 0; other < 256; other++) {
    for (const one of [atSign, escape]) for (const pair of [(one << 8) | other, (other << 8) | one]) pairs[pair] = (pairs[pair] ?? 0) | sign;
  }

  function mark(text: string, parity: number): void {
    const codes = Uint8Array.from(Buffer.from(text.toLowerCase(), "latin1"));
    const code = (at: number): number => codes[at] ?? 0;
    let best = { cost: Number.POSITIVE_INFINITY, at: 0, first: 0 };
    for (let at = parity; at + 2 <= text.length; at += 2) {
      // A pair that is looked for already costs nothing more, but for the look at its third character.
      const isThere = pairs[(code(at) << 8) | code(at + 1)] !== 0;
      // The third character is the one behind the pair, or before it.
      for (const first of [at, at - 1]) {
        if (first < 0 || first + 3 > text.length) continue;
        const cost = (isThere ? 0 : frequencyOf(text.slice(at, at + 2))) + frequencyOf(text.slice(first, first + 3));
        if (cost < best.cost) best = { cost, at, first };
      }
    }
    const triple = tripleOf(code(best.first), code(best.first + 1), code(best.first + 2));
    if (triples[triple] === 0) triples[triple] = lists.push([]) - 1;
    lists[triples[triple] ?? 0]?.push({ codes, at: best.first });
    for (const first of casesOf(code(best.at))) {
      for (const second of casesOf(code(best.at + 1)))
        pairs[(first << 8) | second] = (pairs[(first << 8) | second] ?? 0) | (best.first === best.at ? withNext : withPrevious);
    }
  }

  function next(bytes: Uint8Array, from: number, to: number): number {
    const last = to - 1;
    for (let at = from; at < last; at += 2) {
      // The tables are as large as any two bytes can ask for. Most pairs lead nowhere: those are passed in a loop of their own, which is faster.
      let pair = pairs[((bytes[at] as number) << 8) | (bytes[at + 1] as number)] as number;
      while (pair === 0 && (at += 2) < last) pair = pairs[((bytes[at] as number) << 8) | (bytes[at + 1] as number)] as number;
      if (pair === 0) return to;
      const first = lower[bytes[at] as number] as number;
      const second = lower[bytes[at + 1] as number] as number;
      if ((pair & withNext) !== 0 && at + 2 < to) {
        const list = triples[tripleOf(first, second, lower[bytes[at + 2] as number] as number)] as number;
        if (list !== 0 && isKeyword(bytes, at, from, to, list)) return at;
      }
      if ((pair & withPrevious) !== 0 && at > from) {
        const list = triples[tripleOf(lower[bytes[at - 1] as number] as number, first, second)] as number;
        if (list !== 0 && isKeyword(bytes, at - 1, from, to, list)) return at;
      }
      if ((pair & sign) !== 0) {
        if (isSpecial(bytes, at, from, to)) return at;
        if (isSpecial(bytes, at + 1, from, to)) return at + 1;
      }
    }
    return to;
  }

  /** Whether one of the list's keywords stands around the three bytes from `at` on. */
  function isKeyword(bytes: Uint8Array, at: number, from: number, to: number, list: number): boolean {
    for (const marked of lists[list] as Marked[]) {
      const start = at - marked.at;
      if (start < from || start + marked.codes.length > to) continue;
      let index = 0;
      while (index < marked.codes.length && lower[bytes[start + index] as number] === marked.codes[index]) index++;
      if (index === marked.codes.length) return true;
    }
    return false;
  }
  return { next };
}

/** A keyword and where in it the triple begins that it is known by. */
type Marked = { readonly codes: Uint8Array; readonly at: number };

/** How often these characters may follow one another, roughly. */
function frequencyOf(text: string): number {
  return [...text].reduce((product, character) => {
    const group = common.findIndex((characters) => characters.includes(character));
    return (product * 0.05) / 2 ** (group === -1 ? common.length + 1 : group);
  }, 1);
}

/** 16 bits of three bytes; others share them. */
function tripleOf(first: number, second: number, third: number): number {
  return ((first * 961 + second * 31 + third) * 40_503) & 0xffff;
}

function casesOf(code: number): number[] {
  return code >= 97 && code <= 122 ? [code, code - 32] : [code];
}

function isSpecial(bytes: Uint8Array, at: number, from: number, to: number): boolean {
  if (bytes[at] === atSign) return endsUserInfo(bytes, at, from);
  return bytes[at] === escape && standsInWord(bytes, at, from, to);
}

/** As long as user and password may be together. */
const longestUserInfo = 1_300;

/** Whether `://` stands before, with no slash, white space or quote in between. */
function endsUserInfo(bytes: Uint8Array, at: number, from: number): boolean {
  const least = Math.max(from, at - longestUserInfo);
  for (let index = at - 1; index >= least; index--) {
    const code = bytes[index] as number;
    if (code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 96) return false;
    if (code === 47) return true;
  }
  return false;
}

/** Whether an escape sequence stands between characters that names and secrets are made of. */
function standsInWord(bytes: Uint8Array, at: number, from: number, to: number): boolean {
  if (at === from || !isOfWord(bytes[at - 1] as number)) return false;
  if (bytes[at + 1] !== 91) return true;
  let end = at + 2;
  while (end < to && (bytes[end] as number) >= 32 && (bytes[end] as number) < 64) end++;
  // Dots in colour are the progress of tests.
  return end + 1 < to && isOfWord(bytes[end + 1] as number) && !(bytes[at - 1] === dot && bytes[end + 1] === dot);
}

/** Letters, digits and `$ + - . / : = _ ~`. */
function isOfWord(code: number): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 45 && code <= 58)) return true;
  return code === 36 || code === 43 || code === 61 || code === 95 || code === 126;
}

import { begun, outside, skipEscape } from "./escape-sequence.ts";

/**
 * Finds which of many keywords a stream of bytes holds, and where its lines end, in one pass and in time linear in the bytes:
 * an Aho-Corasick automaton with one table, letters of both cases alike, that does not see terminals' escape sequences. Everything that costs more (decoding, regular
 * expressions) is done for the few lines that hold a keyword.
 */
export type KeywordScanner = {
  /** Goes on from `state` over `bytes[from, to)`; stops right after the end of a line, or at `to`. */
  scan(bytes: Uint8Array, from: number, to: number, found: Found): number;
  readonly keywords: readonly string[];
};

/** What a scan has found; the caller's, used again for line after line. */
export type Found = {
  state: number;
  /** Whether the last scan stopped at the end of a line (after `\n`, or `\r` where that ends lines). */
  lineEnded: boolean;
  /** Where in an escape sequence the bytes so far ended. */
  escape: number;
  /** Whether there was an escape sequence since this was made. */
  escaped: boolean;
  /** Ids (places in `keywords`) of those found since it was emptied; none twice. */
  readonly ids: number[];
};

export function newFound(): Found {
  return { state: 0, lineEnded: false, escape: outside, escaped: false, ids: [] };
}

const newline = 10;
const carriageReturn = 13;
const escape = 27;

/** Keywords' letters A to Z are as good as a to z; other letters are taken as they are. Lines end at `\n`, and with `returnsEndLines` at each `\r` as well (the caller takes `\r\n` as one end). */
export function buildKeywordScanner(keywords: readonly string[], { returnsEndLines = false } = {}): KeywordScanner {
  const patterns = keywords.map((keyword) => [...Buffer.from(lowerAscii(keyword), "utf8")]);
  const { classOf, classes } = byteClasses(patterns);
  const trie = buildTrie(patterns, classOf, classes);
  const { table, outputs, firstSpecial, newlineState, returnState, escapeState } = compile(trie, classOf, classes);
  const lineEnds = (state: number): boolean => state === newlineState || (returnsEndLines && state === returnState);

  function scan(bytes: Uint8Array, from: number, to: number, found: Found): number {
    let state = found.state;
    let index = from;
    found.lineEnded = false;
    if (found.escape !== outside) index = skipEscape(bytes, index, to, found);
    for (; index < to; index++) {
      // The tables are as large as any byte and state can ask for.
      const next = table[state + (classOf[bytes[index] as number] as number)] as number;
      if (next < firstSpecial) {
        state = next;
        continue;
      }
      if (lineEnds(next)) {
        found.state = 0;
        found.lineEnded = true;
        return index + 1;
      }
      if (next === escapeState) {
        // A keyword goes on behind the colour that stands in it.
        found.escape = begun;
        found.escaped = true;
        index = skipEscape(bytes, index + 1, to, found) - 1;
        continue;
      }
      state = next;
      for (const id of outputs[state / classes] ?? []) if (!found.ids.includes(id)) found.ids.push(id);
    }
    found.state = state;
    return to;
  }
  return { scan, keywords };
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Bytes that no keyword tells apart share a class, so that the table stays small. */
function byteClasses(patterns: readonly number[][]): { classOf: Uint8Array; classes: number } {
  const classOf = new Uint8Array(256);
  let classes = 1;
  const give = (byte: number): void => {
    if (classOf[byte] === 0) classOf[byte] = classes++;
  };
  for (const byte of [newline, carriageReturn, escape]) give(byte);
  for (const pattern of patterns) for (const byte of pattern) give(byte);
  for (let letter = 97; letter <= 122; letter++) classOf[letter - 32] = classOf[letter] as number;
  return { classOf, classes };
}

type Node = { next: Map<number, number>; fail: number; ids: number[] };

function buildTrie(patterns: readonly number[][], classOf: Uint8Array, classes: number): Node[] {
  const nodes: Node[] = [{ next: new Map(), fail: 0, ids: [] }];
  patterns.forEach((pattern, id) => {
    let at = 0;
    for (const byte of pattern) {
      const byteClass = classOf[byte] ?? 0;
      let to = nodes[at]?.next.get(byteClass);
      if (to === undefined) {
        to = nodes.push({ next: new Map(), fail: 0, ids: [] }) - 1;
        nodes[at]?.next.set(byteClass, to);
      }
      at = to;
    }
    nodes[at]?.ids.push(id);
  });
  if (nodes.length * classes > 2 ** 24) throw new Error("too many keywords for one scanner");
  return nodes;
}

function compile(nodes: Node[], classOf: Uint8Array, classes: number) {
  const order = breadthFirst(nodes);
  // States with something to tell come last, so that one comparison a byte finds them; the ends of lines and the escape are the very last.
  const plain = order.filter((node) => (nodes[node]?.ids.length ?? 0) === 0);
  const telling = order.filter((node) => (nodes[node]?.ids.length ?? 0) > 0);
  const stateOf = new Map<number, number>([...plain, ...telling].map((node, index) => [node, index * classes]));
  const specials = order.length * classes;
  const [newlineState, returnState, escapeState] = [specials, specials + classes, specials + 2 * classes];
  const table = new Int32Array(specials + 3 * classes);
  const outputs: (readonly number[])[] = [];
  // A node goes where the node it falls back to goes, but for its own children: that one stands before it in this order.
  for (const node of order) {
    const state = stateOf.get(node) ?? 0;
    const { next, fail, ids } = nodes[node] as Node;
    outputs[state / classes] = ids;
    if (node !== 0) table.copyWithin(state, stateOf.get(fail) ?? 0, (stateOf.get(fail) ?? 0) + classes);
    for (const [byteClass, child] of next) table[state + byteClass] = stateOf.get(child) ?? 0;
  }
  // After the three special bytes a match begins anew: no keyword holds them.
  for (const special of [newlineState, returnState, escapeState]) table.copyWithin(special, 0, classes);
  for (let state = 0; state < table.length; state += classes) {
    table[state + (classOf[newline] ?? 0)] = newlineState;
    table[state + (classOf[carriageReturn] ?? 0)] = returnState;
    table[state + (classOf[escape] ?? 0)] = escapeState;
  }
  return { table, outputs, firstSpecial: plain.length * classes, newlineState, returnState, escapeState };
}

function breadthFirst(nodes: Node[]): number[] {
  const order = [0];
  for (const at of order) {
    for (const [byteClass, child] of nodes[at]?.next ?? []) {
      const node = nodes[child];
      if (node === undefined) continue;
      node.fail = at === 0 ? 0 : step(nodes, nodes[at]?.fail ?? 0, byteClass);
      node.ids.push(...(nodes[node.fail]?.ids ?? []));
      order.push(child);
    }
  }
  return order;
}

function step(nodes: Node[], from: number, byteClass: number): number {
  for (let at = from; ; at = nodes[at]?.fail ?? 0) {
    const to = nodes[at]?.next.get(byteClass);
    if (to !== undefined) return to;
    if (at === 0) return 0;
  }
}

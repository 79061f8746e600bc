import { buildKeywordScanner, type Found, type KeywordScanner, newFound } from "../reading/keyword-scanner.ts";
import { maximumTextLength } from "../reading/line-text.ts";
import { literalsOf } from "../rules/literals.ts";

/** The places, in order, of those patterns of a table that may match a text. */
export type PatternTable = (text: string) => readonly number[];

/**
 * Tells which patterns of a table a text may match: not those of which it lacks the words that each match holds. One pass over the text for
 * all of them costs less than one of the patterns.
 */
export function patternTable(patterns: readonly RegExp[]): PatternTable {
  let prepared: Prepared | undefined;
  return (text) => {
    prepared ??= prepare(patterns);
    const { scanner, found, patternsOf, always } = prepared;
    found.ids.length = 0;
    found.state = 0;
    const length = bytesOf(text);
    for (let from = 0; from < length;) from = scanner.scan(bytes, from, length, found);
    if (found.ids.length === 0) return always;
    const places = new Set(always);
    for (const id of found.ids) for (const place of patternsOf[id] ?? []) places.add(place);
    return [...places].sort((one, other) => one - other);
  };
}

type Prepared = {
  readonly scanner: KeywordScanner;
  readonly found: Found;
  readonly patternsOf: readonly (readonly number[])[];
  readonly always: readonly number[];
};

function prepare(patterns: readonly RegExp[]): Prepared {
  const always: number[] = [];
  const placesOf = new Map<string, number[]>();
  patterns.forEach(({ source }, place) => {
    const literals = literalsOf(source);
    if (literals === null) always.push(place);
    for (const literal of literals ?? []) placesOf.set(literal, [...(placesOf.get(literal) ?? []), place]);
  });
  return { scanner: buildKeywordScanner([...placesOf.keys()]), found: newFound(), patternsOf: [...placesOf.values()], always };
}

/** Several tables are asked about one line: its bytes are written once. */
const bytes = Buffer.alloc(maximumTextLength * 4);
let written = { text: "", length: 0 };

function bytesOf(text: string): number {
  if (text !== written.text) written = { text, length: bytes.write(text) };
  return written.length;
}

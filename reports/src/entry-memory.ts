import type { EntryMemory, FindingRecord } from "./reader.ts";

type Kept = Map<string, Map<string, FindingRecord>>;

/**
 * Remembers the findings that were read or recalled last, up to so many characters of JSON, twice over: a project sends
 * nearly the same report for every commit.
 */
export function createEntryMemory(mostCharacters: number): EntryMemory {
  // Two generations: when the younger is full it becomes the older one, and what nobody recalled from that is forgotten.
  let young: Kept = new Map();
  let old: Kept = new Map();
  let characters = 0;

  function keep(place: string, text: string, finding: FindingRecord): void {
    if (characters + text.length > mostCharacters) {
      old = young;
      young = new Map();
      characters = 0;
    }
    characters += text.length;
    const findings = young.get(place);
    if (findings === undefined) young.set(place, new Map([[text, finding]]));
    else findings.set(text, finding);
  }

  return {
    recall(place, text) {
      const recent = young.get(place)?.get(text);
      if (recent !== undefined) return recent;
      const earlier = old.get(place)?.get(text);
      if (earlier === undefined) return null;
      keep(place, text, earlier);
      return earlier;
    },
    keep,
  };
}

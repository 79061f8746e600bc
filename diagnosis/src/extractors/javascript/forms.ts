import type { Category } from "../../categories.ts";
import { type Extractor, type ReadLine, stateless, type Strength } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { patternTable } from "../pattern-guard.ts";
import { textsOf } from "./package-prefix.ts";

/** One form of a line that a tool prints when it fails. */
export type Form = {
  /** Tried with and without the prefix of a package. Its groups `key` and `test` become the sighting's. */
  readonly pattern: RegExp;
  /** Of a function's `undefined`: this line does not count. */
  readonly category: Category | ((found: RegExpExecArray, view: View) => Category | undefined);
  readonly strength: Strength;
  readonly reason: string;
};

/** Reads each line by itself: the first form that fits counts. */
export function readForms(forms: readonly Form[]): ReadLine {
  const table = patternTable(forms.map(({ pattern }) => pattern));
  return (view) => {
    for (const text of textsOf(view.line.text)) {
      for (const place of table(text)) {
        const { pattern, category, strength, reason } = forms[place] as Form;
        const found = pattern.exec(text);
        if (found === null) continue;
        const named = typeof category === "string" ? category : category(found, view);
        if (named === undefined) continue;
        const { key, test } = found.groups ?? {};
        return { category: named, strength, reason, ...(key === undefined ? {} : { key }), ...(test === undefined ? {} : { test }) };
      }
    }
    return undefined;
  };
}

/** An extractor that is a table of forms. */
export function extractorOf(name: string, title: string, keywords: readonly string[], forms: readonly Form[]): Extractor {
  return { name, title, keywords, open: stateless(readForms(forms)) };
}

/** Texts of the lines below, the nearest first. */
export function below({ at }: View, count: number): string[] {
  const texts: string[] = [];
  for (let offset = 1; offset <= count; offset++) {
    const line = at(offset);
    if (line === undefined) break;
    texts.push(line.text);
  }
  return texts;
}

/** Texts of the lines above, the nearest first. */
export function above({ at }: View, count: number): string[] {
  const texts: string[] = [];
  for (let offset = 1; offset <= count; offset++) {
    const line = at(-offset);
    if (line === undefined) break;
    texts.push(line.text);
  }
  return texts;
}

/** The first line below that says anything, without blanks around it. */
export function firstBelow(view: View, count = 6): string {
  return (
    below(view, count)
      .find((text) => text.trim() !== "")
      ?.trim() ?? ""
  );
}

/** How Mocha numbers failed tests: ` 1) ` to ` 99) `, which other lines seldom hold. */
export const numberedKeywords: readonly string[] = Array.from({ length: 99 }, (_, index) => ` ${index + 1}) `);

import type { Category } from "../../categories.ts";
import type { ReadLine, Sighting, Strength } from "../../extractor.ts";
import { type PatternTable, patternTable } from "../pattern-guard.ts";

/** How a tool's line looks, and what it tells. The groups `key` and `test` of the pattern become those of the sighting. */
export type Form = readonly [pattern: RegExp, category: Category, strength: Strength, reason: string];

/** Reads lines by the first form that fits. Lines that match `harmless` are nothing. */
export function readForms(forms: readonly Form[], harmless?: RegExp): ReadLine {
  return ({ line }) => (harmless?.test(line.text) === true ? undefined : sightingIn(forms, line.text));
}

const tables = new WeakMap<readonly Form[], PatternTable>();

function tableOf(forms: readonly Form[]): PatternTable {
  let table = tables.get(forms);
  if (table === undefined) tables.set(forms, (table = patternTable(forms.map(([pattern]) => pattern))));
  return table;
}

/** What the first form that fits tells of a text. */
export function sightingIn(forms: readonly Form[], text: string): Sighting | undefined {
  for (const place of tableOf(forms)(text)) {
    const [pattern, category, strength, reason] = forms[place] as Form;
    const found = pattern.exec(text);
    if (found !== null) return sighting(category, strength, reason, { key: found.groups?.["key"], test: found.groups?.["test"] });
  }
  return undefined;
}

/** A sighting whose key, where none is given, is the test's name. */
export function sighting(
  category: Category,
  strength: Strength,
  reason: string,
  { key, test, offset }: { key?: string | undefined; test?: string | undefined; offset?: number } = {},
): Sighting {
  const told = key ?? test;
  return {
    category,
    strength,
    reason,
    ...(told === undefined ? {} : { key: told }),
    ...(test === undefined ? {} : { test: test.trim() }),
    ...(offset === undefined ? {} : { offset }),
  };
}

/** What build tools put before the lines of the compilers that they call. */
const wrapper =
  /^(?:npm (?:ERR!|error) {1,4}|[\w.+-]{1,40}\.exe : (?=\S)|gyp ERR! (?:stack |build error )?|\s{0,12}(?:cargo:warning=)|warning: [\w-]{1,60}@[\w.+-]{1,40}: |\| |\s{0,12}[\w.-]{0,60} {0,20}> |C\/C\+\+: |\[(?:ERROR|error|WARNING)\] {1,8}|\s{0,8}\d{1,4}(?::\d{1,4})?> ?)/;
const nested = /^(?: {2,}\S|npm (?:ERR!|error)|gyp ERR!|\s*cargo:warning=|warning: \S+@)/;
const foreignPlace =
  /node_modules|site-packages|[\\/](?:pip|pip-install|pip-wheel|pip-req-build)-|\.cargo[\\/]registry|[\\/]gems[\\/]|[\\/]bundle[\\/]|[\\/]_deps[\\/]|[\\/]deps[\\/]hex|go[\\/]pkg[\\/]mod[\\/]/;

export type Unwrapped = {
  readonly text: string;
  /** Printed while a package of somebody else was built: package managers indent what they call. */
  readonly foreign: boolean;
};

/** The line as the compiler printed it. */
export function unwrap(text: string): Unwrapped {
  const bare = text.replace(wrapper, "").trimStart();
  return { text: bare, foreign: nested.test(text) || foreignPlace.test(bare.slice(0, 400)) };
}

/** The first of the lines `from` to `to` below (above, if negative) whose text fits, as the match and its offset. */
export function findNear(
  at: (offset: number) => { readonly text: string } | undefined,
  from: number,
  to: number,
  pattern: RegExp,
): { found: RegExpExecArray; offset: number } | undefined {
  const step = from <= to ? 1 : -1;
  for (let offset = from; offset !== to + step; offset += step) {
    const text = at(offset)?.text;
    if (text === undefined) return undefined;
    const found = pattern.exec(text);
    if (found !== null) return { found, offset };
  }
  return undefined;
}

/** A sighting inside the build of somebody else's package: the package manager's own line tells more to those who look. */
export function inside(foreign: boolean, seen: Sighting | undefined): Sighting | undefined {
  if (!foreign || seen === undefined) return seen;
  return {
    ...seen,
    category: seen.category === "code.compile" ? "dependency.build" : seen.category,
    strength: seen.strength === "cause" ? "likely" : seen.strength,
  };
}

/** A query as pages see it: a text, or a list where the name stands several times. */
export type RawSearch = Record<string, unknown>;

/** Reads `?severity=high&severity=low&q=x`. Values stay texts: what looks like a number may be a commit. */
export function parseSearch(query: string): RawSearch {
  const search: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const known = Object.hasOwn(search, name) ? search[name] : undefined;
    if (known === undefined) Object.defineProperty(search, name, { value, enumerable: true, configurable: true, writable: true });
    else if (typeof known === "string") search[name] = [known, value];
    else known.push(value);
  }
  return search;
}

/** Writes what `parseSearch` reads; what says nothing (undefined, null, empty text or list) is left out. */
export function stringifySearch(search: RawSearch): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === "string" && one !== "") query.append(name, one);
      if (typeof one === "number" || one === true) query.append(name, String(one));
    }
  }
  // Slashes and colons may stand in a query as they are, and branches and repositories are full of them.
  const written = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return written === "" ? "" : `?${written}`;
}

export function readText(value: unknown, limit = 1_024): string | undefined {
  const text = Array.isArray(value) ? value.at(-1) : value;
  return typeof text === "string" && text !== "" && text.length <= limit ? text : undefined;
}

/** A positive whole number, as ids are. */
export function readId(value: unknown): number | undefined {
  const id = typeof value === "number" ? value : Number(readText(value));
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

export function readFlag(value: unknown): true | undefined {
  return value === true || value === "true" ? true : undefined;
}

export function readChoice<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  const text = readText(value);
  return choices.find((choice) => choice === text);
}

/** The values that are among the choices, in the order of the choices; undefined for none. */
export function readChoices<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice[] | undefined {
  const given = new Set(Array.isArray(value) ? value : [value]);
  const chosen = choices.filter((choice) => given.has(choice));
  return chosen.length === 0 ? undefined : chosen;
}

/** Texts, each once, at most 50. */
export function readTexts(value: unknown): string[] | undefined {
  const texts = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "" && one.length <= 1_000);
  return texts.length === 0 ? undefined : [...new Set(texts)].slice(0, 50);
}

/** Names one in the other, outermost first, at most 50; the same name may stand in itself. */
export function readPath(value: unknown): string[] | undefined {
  const names = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "" && one.length <= 1_000);
  return names.length === 0 ? undefined : names.slice(0, 50);
}

/** The list with the value added, or without it where it stood; undefined for none. */
export function toggled<Value>(list: readonly Value[] | undefined, value: Value): Value[] | undefined {
  const rest = (list ?? []).filter((one) => one !== value);
  if (rest.length === (list ?? []).length) rest.push(value);
  return rest.length === 0 ? undefined : rest;
}

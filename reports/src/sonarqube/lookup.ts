import { htmlText } from "../html.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";

export type RuleFacts = { name: string | null; description: string | null; language: string | null };

const mostRecent = 5_000;

/** What was made by key, as long as it is not too much: most issues are of few files. */
class Recent<Value> {
  readonly #values = new Map<string, Value>();

  of(key: string, make: () => Value): Value {
    const found = this.#values.get(key);
    if (found !== undefined) return found;
    if (this.#values.size === mostRecent) this.#values.clear();
    const value = make();
    this.#values.set(key, value);
    return value;
  }
}

const mostBytes = 16 * 1024 * 1024;
const descriptionCharacters = 4_000;

/** What an answer says of the files and rules that its issues name; bounded, what comes behind it is not kept. */
export class Lookup {
  readonly #paths = new Map<string, string | null>();
  readonly #rules = new Map<string, RuleFacts>();
  #bytes = 0;
  /** Files of components, by project and key. */
  readonly files = new Recent<{ path: string | null }>();

  takeComponent(value: unknown): void {
    const key = isObject(value) ? textOf(member(value, "key"), limits.path) : null;
    if (key === null || !isObject(value)) return;
    const path = textOf(member(value, "path"), limits.path);
    if (this.#hasRoomFor(key.length + (path?.length ?? 0))) this.#paths.set(key, path);
  }

  /** A rule by its own `key`, or by the name under which it stands. */
  takeRule(value: unknown, name: string | null): void {
    if (!isObject(value)) return;
    const key = textOf(member(value, "key"), limits.rule) ?? name;
    if (key === null) return;
    const rule = {
      name: textOf(member(value, "name"), limits.title),
      description: descriptionOf(value),
      language: textOf(member(value, "langName"), limits.word) ?? textOf(member(value, "lang"), limits.word),
    };
    if (this.#hasRoomFor(key.length + (rule.description?.length ?? 0))) this.#rules.set(key, rule);
  }

  /** The path of a component; undefined where the answer does not list it, null where it is no file. */
  pathOf(component: string): string | null | undefined {
    return this.#paths.get(component);
  }

  rule(key: string): RuleFacts | null {
    return this.#rules.get(key) ?? null;
  }

  #hasRoomFor(characters: number): boolean {
    const overhead = 200;
    this.#bytes += characters * 2 + overhead;
    return this.#bytes <= mostBytes;
  }
}

/** Old servers write one text, newer ones sections. */
function descriptionOf(rule: JsonObject): string | null {
  const whole = textOf(member(rule, "htmlDesc"), limits.xmlText) ?? textOf(member(rule, "mdDesc"), limits.xmlText);
  const sections = listOf(member(rule, "descriptionSections"))
    .slice(0, limits.detailEntries)
    .map((section) => (isObject(section) ? textOf(member(section, "content"), limits.xmlText) : null));
  return htmlText(whole ?? sections.filter((section) => section !== null).join("\n"), descriptionCharacters);
}

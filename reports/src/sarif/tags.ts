import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, memberAt, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";

/** `external/cwe/cwe-079`, `CWE-79: Improper Neutralization…` */
const weakness = /^(?:external\/cwe\/)?cwe[-_: ]?0*(\d{1,6})(?!\d)/i;

const none: readonly string[] = [];

/** At most `limits.detailEntries` words of a list. */
export function tagsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return none;
  const tags: string[] = [];
  for (const entry of value) {
    const tag = textOf(entry, limits.word);
    if (tag !== null) tags.push(tag);
    if (tags.length === limits.detailEntries) break;
  }
  return tags;
}

/** Numbers of the CWE list as `CWE-79`, from wherever tools write them: tags, properties, relationships, taxa. */
export function weaknessesOf(entry: JsonObject, tags: readonly string[]): readonly string[] {
  const property = memberAt(entry, "properties", "cwe") ?? memberAt(entry, "properties", "CWE");
  const relationships = listOf(member(entry, "relationships"));
  const taxa = listOf(member(entry, "taxa"));
  if (tags.length === 0 && property === undefined && relationships.length === 0 && taxa.length === 0) return none;
  const words = [...tags, ...(Array.isArray(property) ? tagsOf(property) : [textOf(property, limits.word)])];
  const targets = relationships.map((relationship) => (isObject(relationship) ? member(relationship, "target") : null));
  const found = [...words.map(weaknessIn), ...[...targets, ...taxa].map(weaknessOfReference)];
  return merged(
    none,
    found.filter((id) => id !== null),
  );
}

/** Both, the second without repetitions; at most `limits.detailEntries`. */
export function merged(one: readonly string[], other: readonly string[]): readonly string[] {
  if (other.length === 0) return one;
  return [...new Set([...one, ...other])].slice(0, limits.detailEntries);
}

function weaknessIn(word: string | null): string | null {
  const number = word === null ? undefined : weakness.exec(word)?.[1];
  return number === undefined ? null : `CWE-${number}`;
}

/** A reference to an entry of the CWE list, whose ids are written with or without `CWE-`. */
function weaknessOfReference(reference: unknown): string | null {
  if (!isObject(reference)) return null;
  const id = textOf(member(reference, "id"), limits.word);
  const taxonomy = textOf(memberAt(reference, "toolComponent", "name"), limits.word);
  const isNumber = id !== null && /^\d{1,6}$/.test(id);
  return weaknessIn(isNumber && taxonomy !== null && /^cwe/i.test(taxonomy) ? `CWE-${id}` : id);
}

import { cleanText } from "../text.ts";

/** What `JSON.parse` makes of an object. Its names are foreign: read them with `member` only. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own member; never what a name like `constructor` would find on the prototype. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The member of a member; undefined where one is missing or no object stands between. */
export function memberAt(object: JsonObject, ...names: string[]): unknown {
  let value: unknown = object;
  for (const name of names) {
    if (!isObject(value)) return undefined;
    value = member(value, name);
  }
  return value;
}

/** A text, or a number written as one, cut to `limit` characters; null for nothing, an empty text and any other type. */
export function textOf(value: unknown, limit: number): string | null {
  if (typeof value === "string") return value === "" ? null : cleanText(value, limit);
  return typeof value === "number" ? String(value) : null;
}

/** A number, also when it is written as a text; null otherwise. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** A line number from 1 on that a database integer can hold; null otherwise. */
export function lineOf(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && Number.isInteger(number) && number >= 1 && number <= 2_147_483_647 ? number : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { limits } from "./limits.ts";
import { cleanText } from "./text.ts";

/** JSON written out is at most this many times larger than the report's own bytes for it (U+FFFD for a stray byte). */
const growth = 3;
/** Names of members that we add ourselves. */
const ownBytes = 2_048;

/** An object of the members that say something. */
export function compact(members: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(members)) if (saysSomething(members[name])) setMember(kept, name, members[name]);
  return kept;
}

/** Sets an own member, also one with a name that an assignment would take for the prototype. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

/** False for nothing, an empty list and an empty object. */
export function saysSomething(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/**
 * Keeps a finding's detail within `limits.detailBytes`: the largest members are shortened first, then left out,
 * and `truncated: true` says so. `sourceBytes` is what the entry takes in the report; most are far too small to measure.
 */
export function fitDetail(detail: Record<string, unknown>, sourceBytes: number): Record<string, unknown> {
  if (sourceBytes * growth + ownBytes <= limits.detailBytes || bytesOf(detail) <= limits.detailBytes) return detail;
  const members = new Map(Object.entries(detail));
  const largestFirst = [...members.keys()].sort((one, other) => bytesOf(detail[other]) - bytesOf(detail[one]));
  members.set("truncated", true);
  const changes = [shorten, () => undefined];
  for (const change of changes) {
    for (const name of largestFirst) {
      members.set(name, change(members.get(name)));
      const shorter = compact(Object.fromEntries(members));
      if (bytesOf(shorter) <= limits.detailBytes) return shorter;
    }
  }
  return { truncated: true };
}

function shorten(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value, 4_000);
  return Array.isArray(value) ? value.slice(0, 10) : value;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}

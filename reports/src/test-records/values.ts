import { numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { plainName } from "./text.ts";

/** Stands where the report has no status. */
export const unknownStatus = "unknown";

/** A status in lower case, as the report has it. */
export function statusWordOf(value: unknown): string {
  return textOf(value, limits.word)?.trim().toLowerCase() || unknownStatus;
}

/** A name on one line; null for nothing, an empty text and what is neither text nor number. */
export function nameOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? plainName(String(value)) : null;
}

/** Names of suites, outermost first. */
export function suitesOf(names: readonly unknown[]): string[] {
  return names
    .slice(0, limits.suites)
    .map(nameOf)
    .filter((name) => name !== null);
}

/** A duration as the report has it; null for what is none. */
export function durationOf(value: unknown): number | null {
  const duration = numberOf(value);
  return duration === null || duration < 0 ? null : duration;
}

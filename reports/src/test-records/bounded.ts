import { saysSomething, setMember } from "../detail.ts";
import { limits } from "../limits.ts";
import { plainText } from "./text.ts";

const deepest = 4;

/** What a report adds on its own account (tags, labels, parameters), small enough to show: JSON of few entries and short texts. */
export function boundedValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return plainText(value, limits.message);
  if (typeof value !== "object" || value === null) return value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.slice(0, limits.detailEntries).map((entry) => boundedValue(entry, depth + 1));
  const kept: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value).slice(0, limits.detailEntries)) {
    const bounded = boundedValue(entry, depth + 1);
    if (saysSomething(bounded)) setMember(kept, plainText(name, limits.word), bounded);
  }
  return kept;
}

/** Output as one text, whether it is written as one or as a list of lines; null where there is none. */
export function outputOf(value: unknown): string | null {
  const lines = (Array.isArray(value) ? value : [value]).filter((line) => typeof line === "string");
  const output = plainText(cutLines(lines), limits.description);
  return output === "" ? null : output;
}

/** Enough of the lines to fill the limit; a report may hold millions. */
function cutLines(lines: readonly string[]): string {
  let length = 0;
  const enough = lines.findIndex((line) => (length += line.length + 1) > limits.description * 2);
  return (enough === -1 ? lines : lines.slice(0, enough + 1)).map((line) => line.replace(/\r?\n$/, "")).join("\n");
}

import type { Random } from "../../../test/hub/random.ts";

/** How a tool writes its report: what stands around the entries, and the entries, each of so many findings or tests. */
export type ReportShape = {
  recordsPerEntry: number;
  head(entries: number): string;
  entry(random: Random, index: number): string;
  separator: string;
  tail(entries: number): string;
};

/** JSON as tools write it for people, at its depth in the file. */
export function indented(value: unknown, depth: number): string {
  const margin = "  ".repeat(depth);
  return margin + JSON.stringify(value, null, 2).replaceAll("\n", `\n${margin}`);
}

/** What stands in front of the entries of a list and behind them, where the list is written with a mark as its only entry. */
export function around(value: unknown, depth: number): { head: string; tail: string } {
  const [head = "", tail = ""] = indented(value, depth).split(JSON.stringify(entriesMark));
  return { head: head.trimEnd(), tail: tail.trimStart() };
}

export const entriesMark = "ENTRIES";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

export function xmlText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
}

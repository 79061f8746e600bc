import { limits } from "../limits.ts";
import type { DiagnosticBlock } from "./block.ts";
import type { Point } from "./grammar.ts";
import type { Level } from "./levels.ts";

/** A point whose lines may go on: a YAML block, comments, or the subtest that its brace opens. */
export type Pending = {
  point: Point;
  name: string;
  level: Level;
  /** The subtest before it, which it sums up. */
  summed: Level | null;
  mayOpen: boolean;
  block: DiagnosticBlock | null;
  /** Of the block that has ended; null while there was none. */
  fields: ReadonlyMap<string, string> | null;
  said: string[];
  saidCharacters: number;
};

export function newPending(point: Point, name: string, level: Level, summed: Level | null): Pending {
  return { point, name, level, summed, mayOpen: point.endsWithBrace, block: null, fields: null, said: [], saidCharacters: 0 };
}

/** Keeps what is said behind a failed point; of others nothing is shown. */
export function say(pending: Pending | null, text: string): void {
  if (pending === null || pending.point.isOk || pending.saidCharacters > limits.trace) return;
  pending.said.push(text);
  pending.saidCharacters += text.length + 1;
}

export function endBlock(pending: Pending): void {
  pending.fields = pending.block?.fields ?? null;
  pending.block = null;
}

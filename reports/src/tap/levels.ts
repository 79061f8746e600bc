import { limits } from "../limits.ts";
import type { PathReader } from "../places/remembered-path.ts";
import type { TestRecord } from "../reader.ts";
import { isFailure } from "../test-records/outcome.ts";
import type { Point } from "./grammar.ts";
import type { Draft } from "./record.ts";
import { recordOf } from "./record.ts";

/** One list of points with its plan: the report itself, or a subtest in it. */
export type Level = {
  parent: Level | null;
  /** Blanks in front of its lines. */
  indent: number;
  name: string | null;
  /** False while a point that is still to come may give the name. */
  isNamed: boolean;
  /** The point with a brace that opened it. */
  opening: Point | null;
  plan: number | null;
  points: number;
  /** The number of the last point. */
  number: number;
  /** Tests in it and in its subtests, and those of them that failed. */
  cases: number;
  failures: number;
  /** What a comment calls the point that comes next. */
  nextName: string | null;
  /** The subtest that ended last, which the next point sums up. */
  closed: Level | null;
};

export function newLevel(parent: Level | null, name: string | null, opening: Point | null): Level {
  return {
    parent,
    indent: parent === null ? 0 : parent.indent + 4,
    name,
    isNamed: parent === null || name !== null || opening !== null,
    opening,
    plan: null,
    points: 0,
    number: 0,
    cases: 0,
    failures: 0,
    nextName: null,
    closed: null,
  };
}

/** What a record that waits takes of memory besides its texts, roughly. */
const recordBytes = 1_000;

/** Tests that are read, in order; those of a subtest wait until the point behind it has told its name. */
export class TestQueue {
  /** True once tests were given without the name of a subtest. */
  lacksNames = false;
  #waiting: { draft: Draft; level: Level }[] = [];
  #bytes = 0;
  #ready: TestRecord[] = [];
  readonly #inRepository: PathReader;

  constructor(inRepository: PathReader) {
    this.#inRepository = inRepository;
  }

  add(draft: Draft, level: Level): void {
    if (draft.kind === "case") count(draft, level);
    else for (let at: Level | null = level; at !== null; at = at.parent) at.failures++;
    if (this.#waiting.length === 0 && isNamed(level)) {
      this.#ready.push(recordOf(draft, suitesOf(level), this.#inRepository));
      return;
    }
    this.#waiting.push({ draft, level });
    this.#bytes += recordBytes + (draft.message?.length ?? 0) + (draft.trace?.length ?? 0) + JSON.stringify(draft.detail).length;
    if (this.#bytes <= limits.heldBytes) return;
    this.lacksNames = true;
    this.settleAll();
  }

  /** Gives up waiting for names. */
  settleAll(): void {
    for (const { level } of this.#waiting) for (let at: Level | null = level; at !== null; at = at.parent) at.isNamed = true;
    this.settle();
  }

  /** To be called when a level was named: those that waited for it are ready. */
  settle(): void {
    const first = this.#waiting.findIndex(({ level }) => !isNamed(level));
    if (first === 0) return;
    const settled = first === -1 ? this.#waiting : this.#waiting.slice(0, first);
    this.#waiting = first === -1 ? [] : this.#waiting.slice(first);
    for (const { draft, level } of settled) this.#ready.push(recordOf(draft, suitesOf(level), this.#inRepository));
    if (this.#waiting.length === 0) this.#bytes = 0;
  }

  /** The tests that are ready; none of them is given twice. */
  take(): readonly TestRecord[] {
    if (this.#ready.length === 0) return [];
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

function count(draft: Draft, level: Level): void {
  const failures = isFailure(draft.outcome) ? 1 : 0;
  for (let at: Level | null = level; at !== null; at = at.parent) {
    at.cases++;
    at.failures += failures;
  }
}

function isNamed(level: Level): boolean {
  for (let at: Level | null = level; at !== null; at = at.parent) if (!at.isNamed) return false;
  return true;
}

/** Names of the levels from the outermost on. */
function suitesOf(level: Level): string[] {
  const names: string[] = [];
  for (let at: Level | null = level; at !== null; at = at.parent) if (at.name !== null) names.unshift(at.name);
  return names;
}

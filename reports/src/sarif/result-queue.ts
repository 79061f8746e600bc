import { isObject } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { FindingRecord } from "../reader.ts";
import { findingOf } from "./result.ts";
import type { Result, Run } from "./run.ts";
import { awaitsMore, isRecognisable, isSufficient, needsOf } from "./run.ts";
import { TextStore } from "./text-store.ts";

/** A result that waits for nothing more. */
type Ready = Result | { run: Run; json: string };

/** Results in the order of the report, each waiting until what it refers to has been read, or too much is held. */
export class ResultQueue {
  readonly #problems: Problems;
  readonly #workspace: string | undefined;
  readonly #firstDriver: () => string | null;
  /** Results that wait for nothing more, and how many of them were made findings. */
  readonly #ready: Ready[] = [];
  readonly #store = new TextStore();
  #taken = 0;
  #heldBytes = 0;

  constructor(problems: Problems, workspace: string | undefined, firstDriver: () => string | null) {
    this.#problems = problems;
    this.#workspace = workspace;
    this.#firstDriver = firstDriver;
  }

  /** Takes a result as JSON. */
  add(run: Run, json: string): void {
    const needs = needsOf(json);
    if (run.held.length === 0 && !awaitsMore(run, needs)) {
      this.#ready.push({ run, json });
      return;
    }
    const { chunk, from, to } = this.#store.put(json);
    run.held.push({ run, chunk, from, to, needs });
    this.#heldBytes += to - from;
    if (this.#heldBytes > limits.heldBytes) this.#relieve(run);
    if (this.#heldBytes <= limits.heldBytesAtMost) return;
    noteProblem(this.#problems, "partial", "late_rules", "The rules stand behind so many results that these were read without them");
    this.settle(run);
  }

  /** Goes on with the results of a run that wait for nothing more: it has told something. */
  release(run: Run): void {
    run.isStuck = false;
    this.#giveWhile(run, ({ needs }) => !awaitsMore(run, needs));
  }

  /** Goes on with all results of a run: it tells nothing more. */
  settle(run: Run): void {
    run.settled = true;
    this.#giveWhile(run, () => true);
  }

  /** Goes on with what is complete in itself, for the report has broken off; returns how many results are left out. */
  settleAtFailure(run: Run): number {
    run.settled = true;
    const held = run.held;
    run.held = [];
    const kept = held.filter((result) => isRecognisable(run, objectOf(this.#store.look(result))));
    for (const result of kept) this.#ready.push(result);
    return held.length - kept.length;
  }

  /** The next finding, made of its result only now, for very many may have waited; null when there is none. */
  next(): FindingRecord | null {
    for (let result = this.#ready[this.#taken]; result !== undefined; result = this.#ready[this.#taken]) {
      this.#taken++;
      const text = "json" in result ? result.json : this.#store.take(result);
      const finding = findingOf(result.run, objectOf(text), { text, workspace: this.#workspace, firstDriver: this.#firstDriver() });
      if (finding !== null) return finding;
    }
    this.#ready.length = 0;
    this.#taken = 0;
    return null;
  }

  /** Gives results that say themselves what matters, although the run may still tell more of them. */
  #relieve(run: Run): void {
    if (run.isStuck) return;
    const { length } = run.held;
    this.#giveWhile(run, (result) => isSufficient(run, objectOf(this.#store.look(result))));
    run.isEarly ||= run.held.length < length;
    run.isStuck = run.held.length > 0;
  }

  #giveWhile(run: Run, isReady: (result: Result) => boolean): void {
    const waiting = run.held.findIndex((result) => !isReady(result));
    const given = waiting === -1 ? run.held : run.held.slice(0, waiting);
    if (given.length === 0) return;
    run.held = waiting === -1 ? [] : run.held.slice(waiting);
    for (const result of given) {
      this.#heldBytes -= result.to - result.from;
      this.#ready.push(result);
    }
  }
}

/** Only objects are taken as text. */
function objectOf(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : {};
}

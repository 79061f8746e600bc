import { limits } from "../limits.ts";
import { type PathReader, rememberedPaths } from "../places/remembered-path.ts";
import { noteProblem, type Problems } from "../problems.ts";
import type { ReadOptions, TestRecord } from "../reader.ts";
import { isFailure } from "../test-records/outcome.ts";
import { plainName } from "../test-records/text.ts";
import { DiagnosticBlock } from "./block.ts";
import type { Point, TapLine } from "./grammar.ts";
import { readLine } from "./grammar.ts";
import type { Level } from "./levels.ts";
import { newLevel, TestQueue } from "./levels.ts";
import type { Pending } from "./pending.ts";
import { endBlock, newPending, say } from "./pending.ts";
import type { Draft } from "./record.ts";
import { draftOf, errorDraft } from "./record.ts";

const nothing: ReadonlyMap<string, string> = new Map();
const childIndent = 4;
/** Blanks in front of what is said behind a point, as most write it. */
const ownIndent = 2;
/** Counts at the end of a report, which belong to no point. */
const summaryComment = /^\s*(?:(?:tests|suites|pass|fail|cancelled|skip|skipped|todo|ok|duration_ms)\b:?\s+\d|ok$|time=|[Ff]ailed \d+ |Looks like you )/;

/** One report being read, line by line. Several reports behind each other are read as one. */
export class TapReading {
  readonly problems: Problems = new Map();
  /** True once a line was read that only TAP has. */
  isTap = false;
  version: string | null = null;
  readonly #inRepository: PathReader;
  readonly #queue: TestQueue;
  #level = newLevel(null, null, null);
  #pending: Pending | null = null;
  #hasVersion = false;
  #hasBailedOut = false;

  constructor(options: ReadOptions) {
    this.#inRepository = rememberedPaths(options.workspace);
    this.#queue = new TestQueue(this.#inRepository);
  }

  /** Takes a line; gives the tests that are ready. */
  take(text: string): readonly TestRecord[] {
    const pending = this.#pending;
    const block = pending?.block ?? null;
    if (pending !== null && block !== null) {
      const isEnd = block.isEnd(text);
      const isLeft = !isEnd && !block.isInQuotes && this.#leavesBlock(text);
      if (isEnd || isLeft) endBlock(pending);
      else block.take(text);
      if (!isLeft) return [];
      noteProblem(this.problems, "warning", "block_open", `A YAML block has no end before ${text.trim().slice(0, limits.word)}`);
    }
    this.#takeLine(text);
    return this.#queue.take();
  }

  /** Tells that nothing follows. */
  finish(): readonly TestRecord[] {
    const isInBlock = (this.#pending?.block ?? null) !== null;
    if (isInBlock) noteProblem(this.problems, "partial", "cut_off", "The content ends inside a YAML block");
    this.#endDocument();
    if (this.#queue.lacksNames)
      noteProblem(this.problems, "partial", "late_member", "A subtest's name stands behind so many tests that they were read without it");
    return this.#queue.take();
  }

  /** True for a line in a YAML block that can only be the next point: some producers leave out the block's end. */
  #leavesBlock(text: string): boolean {
    const indent = text.search(/\S/);
    const level = levelAt(this.#level, indent);
    if (level === null) return false;
    const line = readLine(text.slice(indent));
    if (line.type === "bail") return level.parent === null;
    return line.type === "point" && line.point.number === level.number + 1;
  }

  #takeLine(text: string): void {
    const indent = text.search(/\S/);
    if (indent === -1) {
      say(this.#pending, "");
      return;
    }
    const line = readLine(text.slice(indent));
    if (this.#hasBailedOut && line.type !== "version") return;
    if (line.type === "comment") {
      if (!summaryComment.test(line.text)) say(this.#pending, line.text.replace(/^ /, ""));
    } else if (line.type === "block") {
      this.#openBlock(indent);
    } else if (line.type === "bail") {
      this.#bailOut(line.reason);
    } else if (line.type === "subtest" && this.#isNameInside(indent)) {
      this.#openLevel(plainName(line.name));
    } else if (line.type !== "other" && this.#standAt(indent, line)) {
      this.#takeAtLevel(line);
    } else if (indent > this.#level.indent) {
      say(this.#pending, text.slice(Math.min(indent, this.#level.indent + ownIndent)));
    }
  }

  /** Perl's producers write the name of a subtest inside it, others in front of it. */
  #isNameInside(indent: number): boolean {
    const isChild = indent === this.#level.indent + childIndent && levelAt(this.#level, indent) === null;
    return isChild && this.#level.nextName === null && this.#pending?.mayOpen !== true && !this.#isTooDeep(indent);
  }

  #takeAtLevel(line: TapLine): void {
    if (line.type === "version") this.#takeVersion(line.version);
    else if (line.type === "plan") this.#takePlan(line.count);
    else if (line.type === "subtest") this.#takeName(line.name);
    else if (line.type === "point") this.#takePoint(line.point);
    else if (line.type === "brace" && this.#pending?.level === this.#level) this.#pending.mayOpen = line.isOpening;
    else this.#settle();
  }

  /** Goes to the level that a line belongs to, opening or ending subtests; false when it belongs to none. */
  #standAt(indent: number, line: TapLine): boolean {
    const level = levelAt(this.#level, indent);
    if (level !== null) {
      while (this.#level !== level) this.#endLevel();
      return true;
    }
    if (indent !== this.#level.indent + childIndent) return false;
    const pending = this.#pending;
    const isOpenedByBrace = pending !== null && pending.mayOpen && pending.level === this.#level;
    const isFirst = line.type === "plan" || line.type === "version" || line.type === "subtest" || (line.type === "point" && (line.point.number ?? 0) === 1);
    const isNamed = this.#level.nextName !== null && line.type === "point";
    if (!isOpenedByBrace && !isFirst && !isNamed) return false;
    if (this.#isTooDeep(indent)) return false;
    if (isOpenedByBrace) this.#openByBrace(pending);
    else this.#openLevel(this.#level.nextName);
    return true;
  }

  #isTooDeep(indent: number): boolean {
    const isTooDeep = indent > limits.suites * childIndent;
    if (isTooDeep) noteProblem(this.problems, "partial", "too_deep", `More than ${limits.suites} subtests inside each other; inner ones were not read`);
    return isTooDeep;
  }

  #openByBrace(pending: Pending): void {
    this.#pending = null;
    this.#level = newLevel(this.#level, plainName(pending.name), pending.point);
  }

  #openLevel(name: string | null): void {
    this.#settle();
    this.#level.nextName = null;
    this.#level = newLevel(this.#level, name, null);
  }

  #takeVersion(version: string): void {
    this.isTap = true;
    this.version ??= version;
    const { parent, points, plan } = this.#level;
    if (parent === null && (points > 0 || plan !== null || this.#hasBailedOut)) this.#endDocument();
    this.#hasVersion = true;
  }

  #takePlan(count: number): void {
    this.isTap = true;
    this.#settle();
    const { parent, plan, points } = this.#level;
    if (parent === null && plan !== null && plan === points) this.#endDocument();
    if (this.#level.plan === null) this.#level.plan = count;
    else noteProblem(this.problems, "warning", "plan_repeated", `A second plan, for ${count} tests, was passed over`);
  }

  #takeName(name: string): void {
    this.#settle();
    this.#abandon(this.#level.closed);
    this.#level.closed = null;
    this.#level.nextName = plainName(name);
  }

  #takePoint(point: Point): void {
    this.isTap = true;
    this.#settle();
    const { parent, plan, points } = this.#level;
    const beginsAnew = parent === null && points > 0 && plan === points && point.number === 1;
    if (beginsAnew) this.#endDocument();
    const level = this.#level;
    const summed = level.closed;
    level.points++;
    level.number = point.number ?? level.number + 1;
    const name = point.description || level.nextName || summed?.name || `test ${level.number}`;
    level.closed = null;
    level.nextName = null;
    if (summed !== null && !summed.isNamed) summed.name = plainName(name);
    this.#abandon(summed);
    this.#pending = newPending(point, name, level, summed);
  }

  /** Nothing more will name a subtest. */
  #abandon(level: Level | null): void {
    if (level === null || level.isNamed) return;
    level.isNamed = true;
    this.#queue.settle();
  }

  #openBlock(indent: number): void {
    const pending = this.#pending;
    if (pending !== null && pending.fields === null && indent > pending.level.indent) pending.block = new DiagnosticBlock(indent);
  }

  /** Ends the point whose lines have come. */
  #settle(): void {
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    const name = pending.point.endsWithBrace && pending.mayOpen ? `${pending.name} {` : pending.name;
    const draft = draftOf(pending.point, name, pending.fields ?? nothing, pending.said.join("\n"), this.#inRepository);
    this.#addSummed(draft, pending.summed, pending.level);
  }

  /** A point that sums up a subtest is no test, but its failure counts when none of its tests tells of it. */
  #addSummed(draft: Draft, summed: Level | null, level: Level): void {
    if (summed === null || summed.cases === 0) this.#queue.add(draft, level);
    else if (isFailure(draft.outcome) && summed.failures === 0) {
      this.#queue.add({ ...draft, kind: "suite", outcome: "error", message: draft.message ?? "It failed, and none of its tests did" }, level);
    }
  }

  /** Ends the innermost subtest. */
  #endLevel(): void {
    this.#settle();
    const level = this.#level;
    const { parent, opening, name } = level;
    if (parent === null) return;
    this.#comparePlan(level);
    this.#level = parent;
    if (opening === null) {
      this.#abandon(parent.closed);
      parent.closed = level;
      return;
    }
    this.#addSummed(draftOf(opening, name ?? "", nothing, "", this.#inRepository), level, parent);
  }

  #comparePlan(level: Level): void {
    const { plan, points, parent, name } = level;
    if (plan === null || plan === points || this.#hasBailedOut) return;
    const message = `The plan${name === null ? "" : ` of ${name}`} is for ${plan} tests, and ${points} were run`;
    noteProblem(this.problems, "partial", "plan_mismatch", message);
    if (name === null || parent === null) {
      this.#queue.add(errorDraft("TAP plan", message), level);
    } else {
      level.failures++;
      this.#queue.add(errorDraft(name, message), parent);
    }
  }

  #bailOut(reason: string): void {
    this.isTap = true;
    this.#settle();
    this.#hasBailedOut = true;
    const message = reason === "" ? "The run was given up" : `The run was given up: ${reason}`;
    noteProblem(this.problems, "partial", "bail_out", message);
    this.#queue.add(errorDraft("Bail out!", message), this.#level);
  }

  /** Ends the report, or one of several behind each other. */
  #endDocument(): void {
    this.#settle();
    while (this.#level.parent !== null) this.#endLevel();
    const root = this.#level;
    const lacksPlan = root.plan === null && (root.points > 0 || this.#hasVersion) && !this.#hasBailedOut;
    if (lacksPlan) noteProblem(this.problems, "partial", "plan_missing", `A report of ${root.points} tests has no plan; it may have been cut off`);
    this.#comparePlan(root);
    this.#queue.settleAll();
    this.#level = newLevel(null, null, null);
    this.#hasVersion = false;
    this.#hasBailedOut = false;
  }
}

/** The level among those open whose lines begin there; null when there is none. */
function levelAt(innermost: Level, indent: number): Level | null {
  for (let at: Level | null = innermost; at !== null && at.indent >= indent; at = at.parent) if (at.indent === indent) return at;
  return null;
}

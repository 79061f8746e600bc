import type { Handling, JsonEvent, JsonPath, Opening } from "../json/events.ts";
import { noteNoObject } from "../json/report.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member } from "../json/values.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { FindingRecord, ToolGate } from "../reader.ts";
import type { Answer } from "./answer.ts";
import { gateIn, hasFailedAnalysis, newAnswer, projectOf } from "./answer.ts";
import { keyOf } from "./components.ts";
import { isHotspot, readEntry } from "./entry.ts";
import { Overview } from "./overview.ts";
import type { Role } from "./roles.ts";
import { isFact, isList, isListOpening } from "./roles.ts";

/** An entry that is read now or can be: its JSON, and where it stands in the report. */
type Entry = { value: unknown; from: number; to: number };

/** Entries that may wait, however small they are. */
const mostWaiting = 100_000;

/** A report of SonarQube being read: which parts are taken, what they mean, and the findings and gates that are ready. */
export class SonarReading {
  readonly problems: Problems = new Map();
  readonly overview = new Overview();
  failure: Extract<JsonEvent, { type: "failure" }> | null = null;
  readonly #workspace: string | undefined;
  readonly #roles: Role[] = [];
  #next: Role = "answer";
  #answer = newAnswer();
  #ready: { entries: Iterable<Entry>; answer: Answer }[] = [];
  #gates: ToolGate[] = [];

  constructor(workspace: string | undefined) {
    this.#workspace = workspace;
  }

  choose(path: JsonPath, opening: Opening): Handling {
    const role = this.#roles.at(-1);
    if (role === undefined) return opening === "scalar" ? "skip" : this.#walk(opening === "array" ? "bare" : "answer");
    if (role === "issues" || role === "hotspots") return opening === "object" && !this.#answer.isReleased ? "text" : "value";
    if (role !== "answer") return "value";
    const name = String(path.at(-1));
    if (isFact(name)) return "value";
    if (!isList(name)) return "skip";
    return isListOpening(name, opening) ? this.#walk(name) : "value";
  }

  take(event: JsonEvent): void {
    if (event.type === "start") this.#start();
    else if (event.type === "end") this.#end();
    else if (event.type === "text") this.#hold(event);
    else if (event.type === "value") this.#takeValue(event);
    else if (event.type === "unreadable") this.#takeUnreadable(event);
    else if (event.type === "flaw") noteProblem(this.problems, "partial", "ill_formed", event.message);
    else if (event.type === "failure") this.#fail(event);
  }

  takeGates(): ToolGate[] {
    return this.#gates.splice(0);
  }

  /** True when findings or gates can be taken. */
  get hasReady(): boolean {
    return this.#ready.length > 0 || this.#gates.length > 0;
  }

  /** The findings that are ready, each made of its entry only when it is asked for. */
  *takeFindings(): Generator<FindingRecord, void, undefined> {
    const ready = this.#ready;
    this.#ready = [];
    for (const { entries, answer } of ready) {
      for (const entry of entries) {
        const finding = this.#read(entry, answer);
        if (finding !== null) yield finding;
      }
    }
  }

  #walk(role: Role): Handling {
    this.#next = role;
    return "walk";
  }

  #start(): void {
    const role = this.#next;
    this.#roles.push(role);
    if (role === "bare") this.overview.isBare = true;
    else if (role !== "answer") this.#answer.lists.add(role);
    const isLate = (role === "components" || role === "rules") && this.#answer.isReleased;
    if (isLate) noteProblem(this.problems, "warning", "late_member", `${role} stand behind so many entries that they were read without them`);
  }

  #end(): void {
    const role = this.#roles.pop();
    if (role === "answer" || role === "bare") this.#endAnswer();
  }

  #endAnswer(): void {
    const answer = this.#answer;
    this.#answer = newAnswer();
    this.#release(answer);
    const gate = gateIn(answer);
    if (gate !== null) this.#gates.push(gate);
    if (hasFailedAnalysis(answer))
      noteProblem(this.problems, "warning", "analysis_failed", "The server could not finish the analysis, so there is no new result");
    this.overview.noteAnswer(answer, gate !== null);
  }

  #release(answer: Answer): void {
    if (answer.waiting.count > 0) this.#ready.push({ entries: answer.waiting.release(), answer });
  }

  #takeValue({ path, value, from, to }: Extract<JsonEvent, { type: "value" }>): void {
    const role = this.#roles.at(-1);
    const name = path.at(-1);
    if (role === "components") this.#answer.lookup.takeComponent(value);
    else if (role === "rules") this.#answer.lookup.takeRule(value, typeof name === "string" ? name : null);
    else if (role === "answer") this.#takeMember(this.#answer, String(name), value, from);
    else if (role === "bare" && isObject(value) && isAnswer(value)) this.#takeAnswer(value, from, to);
    else if (isObject(value)) this.#takeEntry(value, from, to);
    else noteNoObject(this.problems, "entry", value, from);
  }

  #takeMember(answer: Answer, name: string, value: unknown, from: number): void {
    if (isFact(name)) answer.facts.set(name, value);
    else if (value === null) answer.lists.add(name);
    else if (name === "issues" || name === "hotspots")
      noteProblem(this.problems, "partial", "wrong_type", `${name} at byte ${from} must be an array, not a ${typeof value}`);
  }

  /** One of several answers in a list, as those of a server's pages are put together. */
  #takeAnswer(value: JsonObject, from: number, to: number): void {
    const outer = this.#answer;
    this.#answer = newAnswer();
    for (const name of Object.keys(value)) {
      const inner = member(value, name);
      if (!isList(name) || !Array.isArray(inner)) this.#takeMember(this.#answer, name, inner, from);
      else this.#answer.lists.add(name);
    }
    for (const component of listOf(member(value, "components"))) this.#answer.lookup.takeComponent(component);
    for (const rule of listOf(member(value, "rules"))) this.#answer.lookup.takeRule(rule, null);
    const entries = [...listOf(member(value, "issues")), ...listOf(member(value, "hotspots"))];
    for (const entry of entries) {
      if (isObject(entry)) this.#takeEntry(entry, from, to);
      else noteNoObject(this.problems, "entry", entry, from);
    }
    this.#endAnswer();
    this.#answer = outer;
  }

  /** Lets an entry of an answer wait for what stands behind it, while not too many do. */
  #hold(part: Extract<JsonEvent, { type: "text" }>): void {
    const answer = this.#answer;
    this.#count(answer, this.#roles.at(-1) === "hotspots");
    answer.waiting.add(part);
    if (!answer.waiting.isFull && answer.waiting.count < mostWaiting) return;
    answer.isReleased = true;
    this.#release(answer);
  }

  #takeEntry(value: JsonObject, from: number, to: number): void {
    const role = this.#roles.at(-1);
    this.#count(this.#answer, role === "hotspots" || (role === "bare" && isHotspot(value)));
    this.#ready.push({ entries: [{ value, from, to }], answer: this.#answer });
  }

  #count(answer: Answer, isAmongHotspots: boolean): void {
    if (isAmongHotspots) answer.hotspots++;
    else answer.issues++;
  }

  #takeUnreadable({ code, path, message }: Extract<JsonEvent, { type: "unreadable" }>): void {
    const role = this.#roles.at(-1);
    if (role === "issues") this.#answer.issues++;
    else if (role === "hotspots") this.#answer.hotspots++;
    const isLookup = role === "components" || role === "rules";
    noteProblem(this.problems, isLookup ? "warning" : "partial", code, `${path.join(".")}: ${message}`);
  }

  #read({ value, from, to }: Entry, answer: Answer): FindingRecord | null {
    if (!isObject(value)) return null;
    const finding = readEntry(value, { lookup: answer.lookup, project: projectOf(answer), workspace: this.#workspace }, to - from);
    if (finding === null) noteProblem(this.problems, "partial", "entry_unreadable", `The entry at byte ${from} has no rule and no message`);
    this.overview.noteProject(keyOf(member(value, "project")));
    return finding;
  }

  /** What was read of an answer that is cut off counts, but without what stood behind it. */
  #fail(failure: Extract<JsonEvent, { type: "failure" }>): void {
    this.failure = failure;
    if (this.#roles.length > 0) this.#endAnswer();
  }
}

function isAnswer(value: JsonObject): boolean {
  return ["issues", "hotspots", "projectStatus"].some((name) => typeof member(value, name) === "object");
}

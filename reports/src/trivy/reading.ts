import type { Handling, JsonEvent, JsonPath, Opening } from "../json/events.ts";
import { isObject, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { EntryMemory, FindingRecord } from "../reader.ts";
import { looksLikeEntry, readEntry } from "./entries.ts";
import { emptyOverview, noteDocument, noteRepositoryTags, noteScanner } from "./overview.ts";
import type { Role, Rule, Section } from "./roles.ts";
import { elementRole, isTrait, ruleOf } from "./roles.ts";
import type { Entry, Scope } from "./scope.ts";
import { awaitedScope, isPlaceable, locationOf, openScope, workloadOf } from "./scope.ts";
import { workloadName } from "./target.ts";

/** A container being walked; lists share the scope of the object around them. */
type Frame = { role: Role; scope: Scope | null; section: Section | null };

type Ended = Extract<JsonEvent, { type: "end" }>;
type Unreadable = Extract<JsonEvent, { type: "unreadable" }>;

/** One report being read: which parts are taken, what they mean, and the findings that are ready. */
export class TrivyReading {
  readonly problems: Problems = new Map();
  readonly overview = emptyOverview();
  /** True once something was read that only Trivy writes. */
  isTrivy = false;
  /** How the reading ended before the content did. */
  failure: Extract<JsonEvent, { type: "failure" }> | null = null;
  /** What the whole content is. */
  root: Opening = "scalar";
  rootValue: unknown = undefined;
  /** Members or elements of the whole content. */
  rootMembers = 0;
  /** True for the list that `kubectl get` writes when there is no object of a kind. */
  isEmptyList = false;

  readonly #frames: Frame[] = [];
  #next: Frame = { role: "documents", scope: null, section: null };
  /** Entries whose place is known, and how many of them were made findings. */
  readonly #ready: Entry[] = [];
  #taken = 0;
  #heldBytes = 0;
  /** Documents in lists that are no root; null where there is no such list. */
  #listedDocuments: number | null = null;

  readonly #memory: EntryMemory | null;

  constructor(memory: EntryMemory | null) {
    this.#memory = memory;
  }

  /** What becomes of a value, by the container it stands in. */
  choose(path: JsonPath, opening: Opening): Handling {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#walk(opening === "object" ? "document" : "documents", null, opening);
    if (this.#frames.length === 1) this.rootMembers++;
    else if (frame.role === "documents" && this.#listedDocuments !== null) this.#listedDocuments++;
    if (frame.section !== null && frame.role === "entries") return opening === "object" ? "text" : "value";
    const role = elementRole(frame.role);
    if (role !== null) return opening === "object" ? this.#walk(role, frame.scope, opening, frame.section) : "value";
    const name = String(path.at(-1));
    const rule = ruleOf(frame.role, name);
    if (rule === null || frame.scope === null) return "skip";
    if (isTrait(frame.role, name)) this.isTrivy = true;
    return this.#chooseMember(rule, frame.scope, name, opening);
  }

  /** Takes what the slicer gives; then `nextFinding` is to be called until there is none. */
  take(event: JsonEvent): void {
    if (event.type === "start") this.#start(event.container);
    else if (event.type === "end") this.#end(event);
    else if (event.type === "value") this.#takeValue(event.path, event.value, event.from, event.to);
    else if (event.type === "text") this.#takeEntry({ text: event.text }, event.from, event.to);
    else if (event.type === "unreadable") this.#noteUnreadable(event);
    else if (event.type === "flaw") noteProblem(this.problems, "partial", "ill_formed", event.message);
    else if (event.type === "failure") this.#fail(event);
  }

  /** The next finding that is ready, made of its entry only now, for very many may have waited; null when there is none. */
  nextFinding(): FindingRecord | null {
    for (let entry = this.#ready[this.#taken]; entry !== undefined; entry = this.#ready[this.#taken]) {
      this.#taken++;
      const finding = this.#read(entry);
      if (finding !== null) return finding;
    }
    this.#ready.length = 0;
    this.#taken = 0;
    return null;
  }

  #walk(role: Role, scope: Scope | null, opening: Opening, section: Section | null = null): Handling {
    if (opening === "scalar") return "value";
    this.#next = { role, scope, section };
    return "walk";
  }

  #chooseMember(rule: Rule, scope: Scope, name: string, opening: Opening): Handling {
    if (rule.take === "fact") return "value";
    if (opening === "scalar") return "value";
    const expected = rule.take === "container" ? rule.opening : "array";
    if (rule.take !== "documents" && opening !== expected) {
      if (expected === "array") noteProblem(this.problems, "partial", "wrong_type", `${name} must be an array, not an ${opening}`);
      return "skip";
    }
    if (scope.opened.has(name)) {
      noteProblem(this.problems, "partial", "repeated_member", `${name} stands twice in one object; both were read`);
    }
    scope.opened.add(name);
    if (rule.take === "documents") {
      this.#listedDocuments ??= 0;
      return this.#walk(opening === "array" ? "documents" : "document", scope, opening);
    }
    if (rule.take === "container") return this.#walk(rule.role, scope, opening);
    if (rule.take === "entries" || scope.facts.has("Target")) return this.#walk("entries", scope, opening, rule.section);
    return this.#walk("candidates", scope, opening, rule.section);
  }

  #start(container: "object" | "array"): void {
    const { role, scope, section } = this.#next;
    if (this.#frames.length === 0) this.root = container;
    this.#frames.push({ role, scope: container === "object" ? openScope(role, scope) : scope, section });
  }

  #takeValue(path: JsonPath, value: unknown, from: number, to: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      this.rootValue = value;
      return;
    }
    if (frame.role === "entries" || elementRole(frame.role) !== null) {
      if (frame.role === "entries" && isObject(value)) this.#takeEntry({ value }, from, to);
      else this.#noteNoObject(frame, value, from);
      return;
    }
    if (frame.scope !== null) this.#takeFact(frame.scope, String(path.at(-1)), value);
  }

  #takeFact(scope: Scope, name: string, value: unknown): void {
    const rule = ruleOf(scope.role, name);
    if (rule !== null && rule.take !== "fact") {
      const holdsEntries = rule.take !== "documents" && !(rule.take === "container" && rule.opening === "object");
      if (value === null) scope.opened.add(name);
      else if (holdsEntries) noteProblem(this.problems, "partial", "wrong_type", `${name} must be an array, not a ${typeof value}`);
      return;
    }
    if (scope.settled) noteProblem(this.problems, "partial", "late_member", `${name} stands behind so many entries that they were read without it`);
    if (scope.role === "imageMetadata" && scope.parent !== null) noteRepositoryTags(scope.parent, value);
    if (scope.role === "operatorReport" && name === "scanner") noteScanner(this.overview, value);
    scope.facts.set(name, value);
  }

  #noteNoObject(frame: Frame, value: unknown, from: number): void {
    const what = frame.section ?? frame.role;
    if (value === null) noteProblem(this.problems, "warning", "entry_missing", `A null stands among the ${what}, at byte ${from}`);
    else noteProblem(this.problems, "partial", "entry_unreadable", `The entry of the ${what} at byte ${from} is no object`);
  }

  #noteUnreadable({ code, path, message }: Unreadable): void {
    noteProblem(this.problems, "partial", code, `${path.join(".")}: ${message}`);
  }

  #takeEntry(json: Entry["json"], from: number, to: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.scope === null || frame.section === null) return;
    this.#place({ section: frame.section, scope: frame.scope, json, from, sourceBytes: to - from });
  }

  /** Makes an entry ready, or lets it wait in the scope that may still tell something it needs. */
  #place(entry: Entry): void {
    const awaited = awaitedScope(entry.scope, entry.section);
    if (awaited === null) {
      this.#ready.push(entry);
      return;
    }
    const heldBytes = this.#heldBytes + entry.sourceBytes;
    if (heldBytes > limits.heldBytes && isPlaceable(entry.scope, awaited)) {
      this.#settle(awaited);
      this.#place(entry);
      return;
    }
    if (heldBytes > limits.heldBytesAtMost) {
      noteProblem(this.problems, "partial", "too_much_held", `The entry at byte ${entry.from} was left out: its target stands behind too many entries`);
      return;
    }
    this.#heldBytes = heldBytes;
    awaited.held.push(entry);
  }

  /** Goes on with the entries that waited for a scope; an outer one may still let them wait. */
  #settle(scope: Scope): void {
    scope.settled = true;
    const released = scope.held;
    scope.held = [];
    for (const entry of released) {
      this.#heldBytes -= entry.sourceBytes;
      this.#place(entry);
    }
  }

  #read({ section, scope, json, from, sourceBytes }: Entry): FindingRecord | null {
    const { place, name } = locationOf(scope);
    const text = "text" in json ? json.text : null;
    const spot = `${section} ${name}`;
    const known = text === null ? null : (this.#memory?.recall(spot, text) ?? null);
    if (known !== null) return known;
    const value: unknown = "text" in json ? JSON.parse(json.text) : json.value;
    const reading = isObject(value) ? readEntry(section, value, place, sourceBytes) : "unreadable";
    if (reading === "passed") return null;
    if (reading === "unreadable") {
      noteProblem(this.problems, "partial", "entry_unreadable", `The entry of the ${section} at byte ${from} has no id`);
      return null;
    }
    if (text !== null) this.#memory?.keep(spot, text, reading);
    return reading;
  }

  #end({ from, to }: Ended): void {
    const frame = this.#frames.pop();
    const scope = frame?.scope;
    if (frame === undefined || scope === null || scope === undefined || scope.role !== frame.role) return;
    this.#settle(scope);
    if (scope.role === "candidate" && frame.section !== null) this.#endCandidate(scope, frame.section, from, to);
    if (scope.role === "document") noteDocument(this.overview, scope);
    if (this.#frames.length === 0) this.isEmptyList = this.#listedDocuments === 0 && textOf(scope.facts.get("kind"), limits.word)?.endsWith("List") === true;
    if (scope.role === "resource" || scope.role === "candidate") this.#noteScanError(scope);
  }

  #endCandidate(scope: Scope, section: Section, from: number, to: number): void {
    if (scope.parent === null || !looksLikeEntry(section, scope.facts)) return;
    this.#place({ section, scope: scope.parent, json: { value: Object.fromEntries(scope.facts) }, from, sourceBytes: to - from });
  }

  /** Trivy goes on when one resource cannot be scanned; without this its findings would look fixed. */
  #noteScanError(scope: Scope): void {
    const error = textOf(scope.facts.get("Error"), limits.word);
    if (error === null) return;
    const name = workloadName(workloadOf(scope)) ?? "A resource";
    noteProblem(this.problems, "partial", "not_scanned", `${name} was not scanned: ${error}`);
  }

  /** What was read so far of an object that is cut off counts for the summary, but its waiting entries have no place. */
  #fail(failure: Extract<JsonEvent, { type: "failure" }>): void {
    this.failure = failure;
    const scopes = new Set(this.#frames.map((frame) => frame.scope));
    let lost = 0;
    for (const scope of scopes) {
      lost += scope?.held.length ?? 0;
      if (scope?.role === "document") noteDocument(this.overview, scope);
    }
    if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} entries were read, but not what they belong to`);
  }
}

import type { Handling, JsonPath, Opening } from "../json/events.ts";
import { type JsonPart, type JsonReading, noteNoObject } from "../json/report.ts";
import { isObject, textOf } from "../json/values.ts";
import { WaitingEntries } from "../json/waiting.ts";
import { limits } from "../limits.ts";
import { repositoryPath } from "../places/paths.ts";
import { noteProblem, type Problems } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportSummary } from "../reader.ts";
import { webAddress } from "../text.ts";
import { readMessage } from "./message.ts";

/** Rules whose help page is remembered. */
const mostRules = 10_000;

const anyName = null;
/** Where a rule's help page stands. */
const urlPath = ["metadata", "rulesMeta", anyName, "docs", "url"];

/** A file of the report, and the messages that came before its name. */
type File = { path: string | null; isNamed: boolean; waiting: WaitingEntries };

/** One report being read. ESLint's own order is name, messages, source; any other is taken as well. */
export class EslintReading implements JsonReading {
  readonly problems: Problems = new Map();
  readonly #options: ReadOptions;
  readonly #urls = new Map<string, string>();
  #root: Opening = "scalar";
  #hasResults = false;
  #hasMetadata = false;
  #files = 0;
  #isEslint = false;
  #file: File | null = null;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  choose(path: JsonPath, opening: Opening): Handling {
    if (path.length === 0) {
      this.#root = opening;
      this.#hasResults = opening === "array";
      return "walk";
    }
    if (this.#root === "array") return this.#chooseInResults(path.length, path.at(-1), opening);
    if (path[0] === "metadata") return this.#chooseInMetadata(path, opening);
    if (path[0] !== "results") return "skip";
    if (path.length > 1) return this.#chooseInResults(path.length - 1, path.at(-1), opening);
    if (opening === "array") this.#hasResults = true;
    return opening === "array" ? "walk" : "skip";
  }

  take(part: JsonPart): Iterable<ReportEvent> {
    const depth = part.path.length - (this.#root === "array" ? 0 : 1);
    if (part.path[0] === "metadata") this.#takeUrl(part);
    else if (depth === 1 && part.path.length > 0) return this.#takeFile(part);
    else if (depth === 2 && part.type === "start") this.#isEslint = true;
    else if (depth === 2 && part.type === "value") return this.#takeMember(part.path.at(-1), part.value);
    else if (depth === 3) return this.#takeMessage(part);
    return [];
  }

  refusal(): { code: string; message: string } | null {
    const isClean = this.#hasResults && this.#files === 0;
    return this.#isEslint || isClean ? null : { code: "not_eslint", message: "The content is JSON, but not a report of ESLint" };
  }

  finish(): { events: readonly ReportEvent[]; summary: ReportSummary } {
    const lost = this.#file?.waiting.count ?? 0;
    if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} messages were read, but not the name of their file`);
    const shape = this.#root === "array" || !this.#hasMetadata ? "json" : "json-with-metadata";
    return { events: [], summary: { tool: "ESLint", toolVersion: null, shape, artifact: null, artifactScope: "" } };
  }

  #chooseInResults(depth: number, name: string | number | undefined, opening: Opening): Handling {
    if (depth === 1) {
      this.#files++;
      return opening === "object" ? "walk" : "value";
    }
    if (depth === 3) return this.#file?.isNamed === true || opening !== "object" ? "value" : "text";
    if (name === "filePath") return opening === "scalar" ? "value" : "skip";
    return name === "messages" ? (opening === "array" ? "walk" : "value") : "skip";
  }

  /** Only what stands before the results is of use: nothing waits for it. */
  #chooseInMetadata(path: JsonPath, opening: Opening): Handling {
    this.#hasMetadata = true;
    const leadsToUrl = path.length <= urlPath.length && path.every((name, at) => urlPath[at] === anyName || urlPath[at] === name);
    const expected: Opening = path.length === urlPath.length ? "scalar" : "object";
    return leadsToUrl && opening === expected && this.#files === 0 ? "walk" : "skip";
  }

  #takeUrl(part: JsonPart): void {
    const rule = part.path[2];
    if (part.type !== "value" || part.path.length !== urlPath.length || this.#urls.size >= mostRules) return;
    const url = webAddress(textOf(part.value, limits.url));
    if (url !== null && typeof rule === "string" && rule.length <= limits.rule) this.#urls.set(rule, url);
  }

  #takeFile(part: JsonPart): Iterable<ReportEvent> {
    if (part.type === "start") {
      this.#file = { path: null, isNamed: false, waiting: new WaitingEntries() };
      return [];
    }
    if (part.type === "value") noteNoObject(this.problems, "file", part.value, part.from);
    const file = this.#file;
    if (part.type !== "end" || file === null) return [];
    this.#file = null;
    return this.#release(file);
  }

  #takeMember(name: string | number | undefined, value: unknown): Iterable<ReportEvent> {
    const file = this.#file;
    if (file === null) return [];
    if (name === "messages") {
      if (value === null) this.#isEslint = true;
      else noteProblem(this.problems, "partial", "wrong_type", "messages must be an array");
      return [];
    }
    const path = textOf(value, limits.path);
    if (path === null) return [];
    file.path = repositoryPath(path, this.#options.workspace);
    file.isNamed = true;
    return this.#release(file);
  }

  /** Very many messages may wait: each is read when the one before was taken. */
  *#release(file: File): Generator<ReportEvent, void, undefined> {
    for (const { value, from } of file.waiting.release()) yield* this.#read(value, file, from);
  }

  #takeMessage(part: JsonPart): Iterable<ReportEvent> {
    const file = this.#file;
    if (file === null) return [];
    if (part.type === "value") return this.#read(part.value, file, part.from);
    if (part.type !== "text") return [];
    if (file.waiting.isFull) {
      noteProblem(this.problems, "partial", "too_much_held", `The message at byte ${part.from} was left out: its file's name stands behind too many messages`);
    } else {
      file.waiting.add(part);
    }
    return [];
  }

  #read(entry: unknown, file: File, from: number): readonly ReportEvent[] {
    if (!isObject(entry)) {
      noteNoObject(this.problems, "message", entry, from);
      return [];
    }
    const finding = readMessage(entry, file.path, (rule) => this.#urls.get(rule) ?? null);
    if (finding === null) {
      noteProblem(this.problems, "partial", "entry_unreadable", `The message at byte ${from} has neither text nor rule`);
      return [];
    }
    return [{ type: "finding", finding }];
  }
}

import type { Handling, JsonPath, Opening } from "../json/events.ts";
import { type JsonPart, type JsonReading, noteNoObject } from "../json/report.ts";
import { isObject, numberOf, textOf } from "../json/values.ts";
import { WaitingEntries } from "../json/waiting.ts";
import { limits } from "../limits.ts";
import { repositoryPath } from "../places/paths.ts";
import { noteProblem, type Problems } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportSummary } from "../reader.ts";
import { isFailure } from "../test-records/outcome.ts";
import { unknownStatus } from "../test-records/values.ts";
import { readAssertion, readUnloaded } from "./entry.ts";

/** Members of the report, of a file and of a test that only one of the two writes. */
const jestsOwn = new Set(["numRuntimeErrorTestSuites", "openHandles", "wasInterrupted", "summary", "testFilePath"]);
const jestsOwnOfTest = ["failureDetails", "invocations", "numPassingAsserts", "retryReasons"];

/** As Jest names them in `--json`, and in what a reporter of one's own gets. */
const assertionLists = new Set(["assertionResults", "testResults"]);
const fileNames = new Set(["name", "testFilePath"]);
const fileMessages = new Set(["message", "failureMessage"]);

/** A test file, and its tests, for its name stands behind them. */
type File = { name: string | null; isNamed: boolean; status: string | null; message: string | null; waiting: WaitingEntries; hasFailedTest: boolean };

/** One report being read, file by file. */
export class JestReading implements JsonReading {
  readonly problems: Problems = new Map();
  readonly #options: ReadOptions;
  #file: File | null = null;
  #tests = 0;
  #counted = 0;
  #wasInterrupted = false;
  #hasResults = false;
  #hasAssertions = false;
  #isCounted = false;
  #isJest = false;
  #isVitest = false;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  choose(path: JsonPath, opening: Opening): Handling {
    const [root, , name] = path;
    if (typeof root === "string" && path.length === 1) this.#noteTrait(root);
    if (typeof name === "string" && path.length === 3) this.#noteTrait(name);
    if (path.length === 0) return "walk";
    if (path.length === 1) return this.#chooseInRoot(root, opening);
    if (root !== "testResults") return "skip";
    if (path.length === 2) return opening === "object" ? "walk" : "value";
    if (typeof name !== "string") return "skip";
    if (path.length === 4) return this.#file?.isNamed === true || opening !== "object" ? "value" : "text";
    if (assertionLists.has(name)) return opening === "array" ? "walk" : "value";
    return name === "status" || fileNames.has(name) || fileMessages.has(name) ? "value" : "skip";
  }

  take(part: JsonPart): Iterable<ReportEvent> {
    const { path } = part;
    if (path.length === 1) this.#takeRootMember(path[0], part);
    else if (path.length === 2) return this.#takeFile(part);
    else if (path.length === 3) return this.#takeFileMember(String(path[2]), part);
    else if (path.length === 4) return this.#takeTest(part);
    return [];
  }

  refusal(): { code: string; message: string } | null {
    const isJests = this.#hasAssertions || (this.#hasResults && this.#isCounted);
    return isJests ? null : { code: "not_jest", message: "The content is JSON, but no report of Jest or Vitest" };
  }

  finish(isCutOff: boolean): { events: readonly ReportEvent[]; summary: ReportSummary } {
    const lost = this.#file?.waiting.count ?? 0;
    if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} tests were read, but not the name of their file`);
    if (this.#wasInterrupted) noteProblem(this.problems, "partial", "interrupted", "The run was interrupted, and tests that did not run are missing");
    const lacksTests = !isCutOff && this.#counted > this.#tests;
    if (lacksTests) noteProblem(this.problems, "warning", "counts_differ", `The report counts ${this.#counted} tests, and holds ${this.#tests}`);
    const isVitest = !this.#isJest && (this.#isVitest || this.#isCounted);
    const summary: ReportSummary = { tool: isVitest ? "Vitest" : "Jest", toolVersion: null, shape: "json", artifact: null, artifactScope: "" };
    return { events: [], summary: lacksTests ? { ...summary, isComplete: false } : summary };
  }

  #noteTrait(name: string): void {
    if (jestsOwn.has(name)) this.#isJest = true;
  }

  #chooseInRoot(name: string | number | undefined, opening: Opening): Handling {
    if (name === "testResults") return opening === "array" ? "walk" : "value";
    return opening === "scalar" && (name === "numTotalTests" || name === "numTotalTestSuites" || name === "wasInterrupted") ? "value" : "skip";
  }

  #takeRootMember(name: string | number | undefined, part: JsonPart): void {
    if (name === "testResults" && part.type === "start") this.#hasResults = true;
    if (part.type !== "value") return;
    if (name === "wasInterrupted") this.#wasInterrupted = part.value === true;
    else if (name !== "testResults") this.#isCounted = true;
    else if (part.value !== null) noteProblem(this.problems, "partial", "wrong_type", "testResults must be an array");
    if (name === "numTotalTests") this.#counted = numberOf(part.value) ?? 0;
  }

  #takeFile(part: JsonPart): Iterable<ReportEvent> {
    if (part.type === "start") {
      this.#file = { name: null, isNamed: false, status: null, message: null, waiting: new WaitingEntries(), hasFailedTest: false };
      return [];
    }
    if (part.type === "value") noteNoObject(this.problems, "file", part.value, part.from);
    const file = this.#file;
    if (part.type !== "end" || file === null) return [];
    this.#file = null;
    return this.#endFile(file);
  }

  *#endFile(file: File): Generator<ReportEvent, void, undefined> {
    yield* this.#release(file);
    const isTold = file.hasFailedTest || (file.status !== "failed" && file.message === null);
    if (!isTold) yield { type: "test", test: readUnloaded(file.name, file.message) };
  }

  #takeFileMember(name: string, part: JsonPart): Iterable<ReportEvent> {
    const file = this.#file;
    if (assertionLists.has(name) && part.type === "start") this.#hasAssertions = true;
    if (file === null || part.type !== "value") return [];
    const { value } = part;
    if (name === "status") file.status = textOf(value, limits.word)?.trim().toLowerCase() ?? null;
    else if (fileMessages.has(name)) file.message ??= typeof value === "string" && value.trim() !== "" ? value : null;
    else if (fileNames.has(name)) return this.#nameFile(file, value);
    else if (value !== null) noteProblem(this.problems, "partial", "wrong_type", `${name} must be an array`);
    return [];
  }

  #nameFile(file: File, value: unknown): Iterable<ReportEvent> {
    const path = textOf(value, limits.path);
    if (path === null) return [];
    file.name = repositoryPath(path, this.#options.workspace);
    file.isNamed = true;
    return this.#release(file);
  }

  /** Very many tests may wait: each is read when the one before was taken. */
  *#release(file: File): Generator<ReportEvent, void, undefined> {
    for (const { value, from, to } of file.waiting.release()) yield* this.#read(value, file, from, to);
  }

  #takeTest(part: JsonPart): Iterable<ReportEvent> {
    const file = this.#file;
    if (file === null) return [];
    if (part.type === "value") return this.#read(part.value, file, part.from, part.to);
    if (part.type !== "text") return [];
    file.waiting.add(part);
    if (!file.waiting.isFull) return [];
    noteProblem(this.problems, "partial", "late_member", "A file's name stands behind so many tests that they were read without it");
    file.isNamed = true;
    return this.#release(file);
  }

  #read(entry: unknown, file: File, from: number, to: number): readonly ReportEvent[] {
    if (!isObject(entry)) {
      noteNoObject(this.problems, "test", entry, from);
      return [];
    }
    if (jestsOwnOfTest.some((name) => Object.hasOwn(entry, name))) this.#isJest = true;
    else if (Object.hasOwn(entry, "meta")) this.#isVitest = true;
    const test = readAssertion(entry, to - from, file.name);
    if (test === null) {
      noteProblem(this.problems, "partial", "entry_unreadable", `The test at byte ${from} has neither name nor status`);
      return [];
    }
    if (test.statusWord === unknownStatus) noteProblem(this.problems, "partial", "status_missing", `The test at byte ${from} has no status`);
    this.#tests++;
    if (isFailure(test.outcome)) file.hasFailedTest = true;
    return [{ type: "test", test }];
  }
}

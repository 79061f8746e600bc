import type { Handling, JsonPath, Opening } from "../json/events.ts";
import { type JsonPart, type JsonReading, noteNoObject } from "../json/report.ts";
import { isObject, member, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { type PathReader, rememberedPaths } from "../places/remembered-path.ts";
import { noteProblem, type Problems } from "../problems.ts";
import type { ReadOptions, ReportEvent, ReportSummary } from "../reader.ts";
import { unknownStatus } from "../test-records/values.ts";
import { readTest } from "./entry.ts";

/** Members that are small, and tell of the report. */
const rootFacts = new Set(["reportFormat", "specVersion"]);
const resultFacts = new Set(["tool", "summary"]);

/** One report being read: its tests one by one, and what stands around them. */
export class CtrfReading implements JsonReading {
  readonly problems: Problems = new Map();
  readonly #inRepository: PathReader;
  readonly #facts = new Map<string, unknown>();
  #tests = 0;
  #hasTests = false;

  constructor(options: ReadOptions) {
    this.#inRepository = rememberedPaths(options.workspace);
  }

  choose(path: JsonPath, opening: Opening): Handling {
    if (path.length === 0) return "walk";
    const [root, name] = path;
    if (root !== "results") return path.length === 1 && typeof root === "string" && rootFacts.has(root) ? "value" : "skip";
    if (name === undefined) return opening === "object" ? "walk" : "skip";
    if (name !== "tests") return typeof name === "string" && resultFacts.has(name) ? "value" : "skip";
    return path.length === 2 && opening === "array" ? "walk" : "value";
  }

  take(part: JsonPart): readonly ReportEvent[] {
    const { path } = part;
    const isList = path.length === 2 && path[1] === "tests";
    if (isList && part.type === "start") this.#hasTests = true;
    if (part.type !== "value") return [];
    if (path.length === 3) return this.#takeTest(part.value, part.from, part.to);
    if (!isList) this.#facts.set(String(path.at(-1)), part.value);
    else if (part.value !== null) noteProblem(this.problems, "partial", "wrong_type", "tests must be an array");
    return [];
  }

  refusal(): { code: string; message: string } | null {
    const isNamed = this.#facts.get("reportFormat") === "CTRF";
    const hasShape = this.#tests > 0 || (isObject(this.#facts.get("tool")) && (this.#hasTests || isObject(this.#facts.get("summary"))));
    return isNamed || hasShape ? null : { code: "not_ctrf", message: "The content is JSON, but no report in the Common Test Report Format" };
  }

  finish(isCutOff: boolean): { events: readonly ReportEvent[]; summary: ReportSummary } {
    const counted = numberOf(this.#fact("summary", "tests")) ?? 0;
    const lacksTests = !isCutOff && counted > this.#tests;
    if (lacksTests) noteProblem(this.problems, "warning", "counts_differ", `The summary counts ${counted} tests, and the report holds ${this.#tests}`);
    const summary: ReportSummary = {
      tool: textOf(this.#fact("tool", "name"), limits.summary) ?? "CTRF",
      toolVersion: textOf(this.#fact("tool", "version"), limits.summary),
      shape: textOf(this.#facts.get("specVersion"), limits.word) ?? "ctrf",
      artifact: null,
      artifactScope: "",
    };
    return { events: [], summary: lacksTests ? { ...summary, isComplete: false } : summary };
  }

  #fact(name: string, part: string): unknown {
    const fact = this.#facts.get(name);
    return isObject(fact) ? member(fact, part) : undefined;
  }

  #takeTest(value: unknown, from: number, to: number): readonly ReportEvent[] {
    if (!isObject(value)) {
      noteNoObject(this.problems, "test", value, from);
      return [];
    }
    const test = readTest(value, to - from, this.#inRepository);
    if (test === null) {
      noteProblem(this.problems, "partial", "entry_unreadable", `The test at byte ${from} has neither name nor status`);
      return [];
    }
    if (test.statusWord === unknownStatus) noteProblem(this.problems, "partial", "status_missing", `The test at byte ${from} has no status`);
    this.#tests++;
    return [{ type: "test", test }];
  }
}

import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { ReadOptions, ReportSummary, TestRecord } from "../reader.ts";
import type { XmlEvent } from "../xml/events.ts";
import type { CaseDraft, Gathered, Result } from "./parts.ts";
import { gather, gathered, textIn } from "./parts.ts";
import { brokenSuiteOf, fileOf, hasResult, namePlace, testCaseOf } from "./test-case.ts";
import { toolOfAttributes, toolOfName, toolOfProperty } from "./tool.ts";

type Attributes = ReadonlyMap<string, string>;

type SuiteFrame = { kind: "suite"; suites: readonly string[]; file: string | null };

/** An element that stands open. Text goes to `text`, also that of unknown elements in it. */
type Frame =
  | SuiteFrame
  | { kind: "case"; draft: CaseDraft }
  | { kind: "result"; result: Result; text: Gathered; suite: SuiteFrame | null }
  | { kind: "property"; name: string; text: Gathered }
  | { kind: "other"; text: Gathered | null };

type Role = { list: "results" | "flaky" | "reruns"; kind: Result["kind"] };

const roles = new Map<string, Role>([
  ["error", { list: "results", kind: "error" }],
  ["failure", { list: "results", kind: "failed" }],
  ["skipped", { list: "results", kind: "skipped" }],
  ["flakyError", { list: "flaky", kind: "error" }],
  ["flakyFailure", { list: "flaky", kind: "failed" }],
  ["rerunError", { list: "reruns", kind: "error" }],
  ["rerunFailure", { list: "reruns", kind: "failed" }],
]);

/** Suites that are named after their file, as runners for scripts name them. */
const fileName = /^[^\s:*?"<>|]{1,500}\.(?:[cm]?[jt]sx?|py|rb|php|phpt|dart|feature|bats|robot|lua|sh)$/;

export const rootNames: ReadonlySet<string> = new Set(["testsuites", "testsuite"]);

/** One report being read, element by element. */
export class JunitReading {
  readonly problems: Problems = new Map();
  /** The first element; a report's is one of `rootNames`. */
  rootName: string | null = null;
  readonly #workspace: string | undefined;
  readonly #frames: Frame[] = [];
  /** Suites and cases among the frames. */
  readonly #suites: SuiteFrame[] = [];
  readonly #cases: CaseDraft[] = [];
  #tool: string | null = null;

  constructor(options: ReadOptions) {
    this.#workspace = options.workspace;
  }

  get isJunit(): boolean {
    return this.rootName !== null && rootNames.has(this.rootName);
  }

  /** Takes an event, and gives the test that it ended, if any. */
  take(event: Exclude<XmlEvent, { type: "problem" }>): TestRecord | null {
    if (event.type === "open") this.#open(event.name, event.attributes);
    else if (event.type === "close") return this.#close();
    else this.#takeText(event.text);
    return null;
  }

  /** What stands open at the end, as far as what was read tells how it ended. */
  finish(): TestRecord[] {
    const told = this.#cases.filter(hasResult);
    const lost = this.#cases.length - told.length;
    if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} tests were begun, and how they ended is missing`);
    const broken = this.#frames.map((frame) => this.#brokenSuite(frame)).filter((test) => test !== null);
    return [...told.map((draft) => testCaseOf(draft, this.#workspace)), ...broken];
  }

  summary(): ReportSummary {
    return { tool: this.#tool ?? "JUnit", toolVersion: null, shape: this.rootName ?? "", artifact: null, artifactScope: "" };
  }

  #open(name: string, attributes: Attributes): void {
    this.rootName ??= name;
    this.#tool ??= toolOfAttributes(name, attributes);
    if (name === "testsuites") this.#tool ??= toolOfName(attributes.get("name"));
    this.#frames.push(this.#frameOf(name, attributes));
  }

  #frameOf(name: string, attributes: Attributes): Frame {
    if (name === "testsuite") return this.#openSuite(attributes);
    if (name === "testcase") return this.#openCase(attributes);
    const parent = this.#frames.at(-1);
    const role = roles.get(name);
    if (role !== undefined && (parent?.kind === "case" || parent?.kind === "suite")) return openResult(role, attributes, parent);
    if (name === "property") return this.#openProperty(attributes);
    const draft = parent?.kind === "case" ? parent.draft : null;
    if (name === "system-out") return { kind: "other", text: draft === null ? null : (draft.stdout ??= gathered()) };
    if (name === "system-err") return { kind: "other", text: draft === null ? null : (draft.stderr ??= gathered()) };
    return { kind: "other", text: parent === undefined ? null : textOf(parent) };
  }

  #openSuite(attributes: Attributes): Frame {
    const outer = this.#suites.at(-1);
    const ownName = attributes.get("name");
    this.#tool ??= toolOfName(ownName) ?? toolOfName(attributes.get("package"));
    const name = namePlace(ownName, this.#workspace);
    const namedFile = name !== null && fileName.test(name) ? name : null;
    const suites = [...(outer?.suites ?? [])];
    if (name !== null && suites.length < limits.suites) suites.push(name);
    const frame: SuiteFrame = { kind: "suite", suites, file: fileOf(attributes, this.#workspace) ?? namedFile ?? outer?.file ?? null };
    this.#suites.push(frame);
    return frame;
  }

  #openCase(attributes: Attributes): Frame {
    const suite = this.#suites.at(-1);
    const draft: CaseDraft = {
      attributes,
      suites: suite?.suites ?? [],
      suiteFile: suite?.file ?? null,
      results: [],
      flaky: [],
      reruns: [],
      stdout: null,
      stderr: null,
      properties: null,
    };
    this.#cases.push(draft);
    return { kind: "case", draft };
  }

  /** Those of a case are shown with it; those of a suite may be hundreds, and only tell the tool. */
  #openProperty(attributes: Attributes): Frame {
    const name = attributes.get("name") ?? "";
    const value = attributes.get("value");
    const draft = this.#cases.at(-1);
    if (draft === undefined) this.#tool ??= toolOfProperty(name);
    if (draft === undefined || name === "") return { kind: "other", text: null };
    draft.properties ??= new Map();
    if (draft.properties.size >= limits.detailEntries) return { kind: "other", text: null };
    if (value === undefined) return { kind: "property", name, text: gathered() };
    draft.properties.set(name, value);
    return { kind: "other", text: null };
  }

  #takeText(piece: string): void {
    const frame = this.#frames.at(-1);
    const text = frame === undefined ? null : textOf(frame);
    if (text !== null) gather(text, piece);
  }

  #close(): TestRecord | null {
    const frame = this.#frames.pop();
    if (frame?.kind === "suite") this.#suites.pop();
    else if (frame?.kind === "case") {
      this.#cases.pop();
      return testCaseOf(frame.draft, this.#workspace);
    } else if (frame?.kind === "property") {
      this.#cases.at(-1)?.properties?.set(frame.name, textIn(frame.text).trim());
    }
    return frame === undefined ? null : this.#brokenSuite(frame);
  }

  #brokenSuite(frame: Frame): TestRecord | null {
    return frame.kind === "result" && frame.suite !== null ? brokenSuiteOf(frame.suite.suites, frame.suite.file, frame.result) : null;
  }
}

function openResult({ list, kind }: Role, attributes: Attributes, parent: SuiteFrame | Extract<Frame, { kind: "case" }>): Frame {
  const text = gathered();
  const result: Result = { kind, message: attributes.get("message") ?? null, errorType: attributes.get("type") ?? null, time: attributes.get("time"), text };
  if (parent.kind === "suite") {
    return list === "results" && kind !== "skipped" ? { kind: "result", result, text, suite: parent } : { kind: "other", text: null };
  }
  const kept = parent.draft[list];
  if (kept.filter((other) => other.kind === kind).length > limits.detailEntries) return { kind: "other", text: null };
  kept.push(result);
  return { kind: "result", result, text, suite: null };
}

function textOf(frame: Frame): Gathered | null {
  return frame.kind === "suite" || frame.kind === "case" ? null : frame.text;
}

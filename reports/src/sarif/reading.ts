import type { Handling, JsonEvent, JsonPath, Opening } from "../json/events.ts";
import { textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { FindingRecord, ReadOptions, ReportSummary } from "../reader.ts";
import type { Component } from "./components.ts";
import { emptyComponent, noteComponentFact } from "./components.ts";
import { noteExecution, noteInvocationFact, noteNotification, openInvocation } from "./invocations.ts";
import { linkRuns } from "./links.ts";
import { emptyOverview, noteDriver, noteRun, summaryOf } from "./overview.ts";
import type { Room } from "./references.ts";
import { leaveRoom, noteArtifact, noteDescriptor } from "./references.ts";
import { ResultQueue } from "./result-queue.ts";
import type { Role } from "./roles.ts";
import { elementRole, ruleOf } from "./roles.ts";
import type { Invocation, Run } from "./run.ts";
import { isReferredTo, noteBases, noteRunFact, openComponent, openRun } from "./run.ts";
import type { VersionVerdict } from "./versions.ts";
import { isSarifSchema, versionVerdict } from "./versions.ts";

/** A container being walked; lists share what the object around them is of. */
type Frame = { role: Role; run: Run | null; component: Component | null; invocation: Invocation | null };

type Failure = Extract<JsonEvent, { type: "failure" }>;

/** Runs that are kept for external properties that may belong to them. */
const mostKeptRuns = 1_000;

/** One report being read: which parts are taken, what they mean, and the findings that are ready. */
export class SarifReading {
  readonly problems: Problems = new Map();
  /** True once the report has told a version that is refused. */
  isRefused = false;

  readonly #overview = emptyOverview();
  readonly #queue: ResultQueue;
  readonly #room: Room = { usedBytes: 0 };
  readonly #frames: Frame[] = [];
  #next: { role: Role; name: string | number } = { role: "log", name: "" };
  #failure: Failure | null = null;
  #version: string | null = null;
  #schema: string | null = null;
  #hasRuns = false;
  #isOldShape = false;
  /** True once something was read that only SARIF has. */
  #isSarif = false;
  #runs = 0;
  /** Runs and external properties that belong to each other; linked at the end. */
  readonly #kept: Run[] = [];

  constructor(options: ReadOptions) {
    this.#queue = new ResultQueue(this.problems, options.workspace, () => this.#overview.driver);
  }

  /** What becomes of a value, by the container it stands in. */
  choose(path: JsonPath, opening: Opening): Handling {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#walk("log", "", opening === "object" ? "object" : "scalar");
    const name = path.at(-1) ?? "";
    if (frame.role === "results") return opening === "object" ? "text" : "value";
    const element = elementRole(frame.role);
    if (element !== null) return opening === "object" ? this.#walk(element, name, opening) : "value";
    if (typeof name === "number") return "value";
    const rule = ruleOf(frame.role, name);
    if (rule === null) return "skip";
    if (rule.take === "fact" || opening === "scalar") return "value";
    if (opening !== rule.opening) return this.#noteWrongType(name, rule.opening, opening);
    this.#noteOpened(frame, name);
    return this.#walk(rule.role, name, opening);
  }

  /** Takes what the slicer gives; then `nextFinding` is to be called until there is none. */
  take(event: JsonEvent): void {
    if (this.isRefused) return;
    if (event.type === "start") this.#start();
    else if (event.type === "end") this.#end();
    else if (event.type === "value") this.#takeValue(event.path.at(-1) ?? "", event.value, event.from, event.to - event.from);
    else if (event.type === "text") this.#takeResult(event.text);
    else if (event.type === "unreadable") noteProblem(this.problems, "partial", event.code, `${event.path.join(".")}: ${event.message}`);
    else if (event.type === "flaw") noteProblem(this.problems, "partial", "ill_formed", event.message);
    else if (event.type === "failure") this.#fail(event);
  }

  /** The next finding that is ready; null when there is none. */
  nextFinding(): FindingRecord | null {
    return this.isRefused ? null : this.#queue.next();
  }

  /** Why the content is no report that can be read, in words for its sender; null when it is one. */
  refusal(): { code: string; message: string } | null {
    const failure = this.#failure;
    const isBroken = failure !== null && failure.code !== "syntax" && failure.code !== "truncated";
    if (isBroken) return { code: `json_${failure.code}`, message: failure.message };
    const isSarif = this.#isSarif || isSarifSchema(this.#schema) || (this.#hasRuns && this.#version !== null);
    const { problem } = this.#verdict();
    if (isSarif && problem?.severity === "refused") return problem;
    if (isSarif) return null;
    if (failure !== null) return { code: `json_${failure.code}`, message: failure.message };
    return { code: "not_sarif", message: "The content is JSON, but not a report in SARIF" };
  }

  /** Tells the rest of the problems, and what the report was. Asked at the end, of a report that is not refused. */
  finish(): ReportSummary {
    const { shape, problem } = this.#verdict();
    if (problem !== null) noteProblem(this.problems, problem.severity, problem.code, problem.message);
    if (this.#failure !== null) noteProblem(this.problems, "partial", this.#failure.code === "truncated" ? "cut_off" : "ill_formed", this.#failure.message);
    else if (!this.#hasRuns) noteProblem(this.problems, "partial", "runs_missing", "The report has no runs");
    return summaryOf(this.#overview, shape);
  }

  #verdict(): VersionVerdict {
    return versionVerdict(this.#version, this.#schema, this.#isOldShape && this.#overview.driver === null);
  }

  #walk(role: Role, name: string | number, opening: Opening): Handling {
    if (opening === "scalar") return "skip";
    this.#next = { role, name };
    return "walk";
  }

  #noteWrongType(name: string, expected: Opening, opening: Opening): Handling {
    const holdsFindings = name === "runs" || name === "results" || name === "inlineExternalProperties";
    noteProblem(this.problems, holdsFindings ? "partial" : "warning", "wrong_type", `${name} must be an ${expected}, not an ${opening}`);
    return "skip";
  }

  #noteOpened(frame: Frame, name: string): void {
    const { role, run } = frame;
    if (run === null || (role !== "run" && role !== "external")) return;
    if (isReferredTo(name)) this.#noteLate(run, name);
    if (run.opened.has(name)) noteProblem(this.problems, "partial", "repeated_member", `${name} stands twice in one object; both were read`);
    run.opened.add(name);
  }

  #noteLate(run: Run, name: string): void {
    const isLate = run.settled || run.isEarly;
    if (isLate) noteProblem(this.problems, "warning", "late_member", `${name} stands behind so many results that they were read without it`);
  }

  #start(): void {
    const { role, name } = this.#next;
    const parent = this.#frames.at(-1);
    if (role === "runs") this.#takeRuns();
    const frame: Frame = { role, run: parent?.run ?? null, component: parent?.component ?? null, invocation: parent?.invocation ?? null };
    if (role === "run" || role === "external") frame.run = this.#openRun(role);
    if (role === "component") frame.component = openComponent(frame.run, parent?.role, name);
    if (role === "invocation") frame.invocation = openInvocation(frame.run);
    if (role === "results" && frame.run !== null) frame.run.hasResults = true;
    this.#frames.push(frame);
  }

  #openRun(role: "run" | "external"): Run {
    const isFirst = role === "run" && this.#runs++ === 0;
    const run = openRun(role === "external", isFirst);
    if (run.isExternal) this.#keep(run);
    return run;
  }

  #takeResult(text: string): void {
    const run = this.#frames.at(-1)?.run;
    if (run === null || run === undefined) return;
    this.#isSarif ||= text.includes('"message"') || text.includes('"ruleId"');
    this.#queue.add(run, text);
  }

  #takeValue(name: string | number, value: unknown, from: number, bytes: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    const { role, run, component, invocation } = frame;
    if (role === "log") this.#takeLogFact(name, value);
    else if (role === "results") this.#noteNoObject("result", value, from);
    else if (role === "runs") this.#noteNoObject("run", value, from);
    else if (run === null) return;
    else if (role === "artifacts") noteArtifact(this.#room, run, Number(name), value, this.problems);
    else if (component !== null && (role === "rules" || role === "taxa"))
      noteDescriptor(this.#room, run, component, role, Number(name), value, bytes, this.problems);
    else if (component !== null && role === "component") this.#takeComponentFact(run, component, String(name), value);
    else if (invocation !== null && role === "invocation") noteInvocationFact(invocation, String(name), value);
    else if (invocation !== null && role === "notifications") noteNotification(invocation, value);
    else if (role === "extensions") run.extensions.push(emptyComponent());
    else if (role === "invocations") openInvocation(run);
    else if (role === "tool") this.#isOldShape ||= run.isFirst && name === "name" && typeof value === "string";
    else this.#takeRunFact(run, role, String(name), value);
  }

  #takeLogFact(name: string | number, value: unknown): void {
    if (name === "version") this.#version = textOf(value, limits.word);
    else if (name === "$schema") this.#schema = textOf(value, limits.url);
    else if (name === "runs") this.#takeMissingRuns(value);
    this.#refuse();
  }

  #takeRuns(): void {
    this.#hasRuns = true;
    this.#refuse();
  }

  /** As soon as the version is told, and it is SARIF that tells it. */
  #refuse(): void {
    const isSarif = this.#hasRuns || isSarifSchema(this.#schema);
    this.isRefused = isSarif && this.#version !== null && this.#verdict().problem?.severity === "refused";
  }

  /** `null` is written by a tool that tried to find its runs and failed. */
  #takeMissingRuns(value: unknown): void {
    if (value !== null) {
      noteProblem(this.problems, "partial", "wrong_type", `runs must be an array, not a ${typeof value}`);
      return;
    }
    this.#hasRuns = true;
    this.#overview.isComplete = false;
    noteProblem(this.problems, "warning", "not_scanned", "The report says that its runs could not be had");
  }

  #takeComponentFact(run: Run, component: Component, name: string, value: unknown): void {
    noteComponentFact(component, name, value);
    if (component !== run.driver || run.isExternal) return;
    this.#isSarif = true;
    noteDriver(this.#overview, run);
  }

  #takeRunFact(run: Run, role: Role, name: string, value: unknown): void {
    if (role === "run" && name === "originalUriBaseIds") {
      this.#noteLate(run, name);
      noteBases(run, value);
      this.#tell(run, name);
    } else if (role === "run" || role === "external") {
      if (value !== null && ruleOf(role, name)?.take === "container") this.#noteWrongType(name, name === "tool" ? "object" : "array", "scalar");
      else noteRunFact(run, role, name, value);
      if (value === null && name === "results") run.hasResults = false;
    } else noteRunFact(run, role, name, value);
  }

  #noteNoObject(what: string, value: unknown, from: number): void {
    if (value === null) noteProblem(this.problems, "warning", "entry_missing", `A null stands in the place of a ${what}, at byte ${from}`);
    else noteProblem(this.problems, "partial", "entry_unreadable", `The ${what} at byte ${from} is no object`);
  }

  #end(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    const { role, run } = frame;
    if (role === "log") this.#endLog();
    else if (run === null) return;
    else if (role === "run") this.#endRun(run);
    else if (role === "tool" || role === "artifacts" || role === "invocations") this.#tell(run, role);
  }

  #tell(run: Run, name: string): void {
    run.told.add(name);
    if (!run.isExternal) this.#queue.release(run);
  }

  /** A run that names external properties, or may be named by them, waits for the end; all others are done with. */
  #endRun(run: Run): void {
    noteRun(this.#overview, run);
    noteExecution(run, this.#overview, this.problems);
    const isKept = (run.guid !== null || run.references.size > 0) && this.#keep(run);
    if (!isKept || run.references.size === 0) this.#queue.settle(run);
    if (!isKept) leaveRoom(this.#room, run);
  }

  #keep(run: Run): boolean {
    if (this.#kept.length === mostKeptRuns) return false;
    this.#kept.push(run);
    return true;
  }

  #endLog(): void {
    const missing = this.#link();
    for (const run of this.#kept) this.#queue.settle(run);
    if (missing === 0) return;
    this.#overview.isComplete = false;
    noteProblem(this.problems, "warning", "external_properties", "Parts of the report are in files of their own, which were not sent");
  }

  /** Only now is the driver known of a run that has it apart. */
  #link(): number {
    const missing = linkRuns(this.#kept);
    for (const run of this.#kept) if (!run.isExternal) noteDriver(this.#overview, run);
    return missing;
  }

  /** What was read so far counts; results that would be found again only by what is missing are left out. */
  #fail(failure: Failure): void {
    this.#failure = failure;
    const open = new Set(this.#frames.map(({ run }) => run));
    for (const run of open) if (run !== null && !run.isExternal) noteRun(this.#overview, run);
    this.#link();
    let lost = 0;
    for (const run of new Set([...this.#kept, ...open])) if (run !== null) lost += this.#queue.settleAtFailure(run);
    if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} results were read, but not what they refer to`);
  }
}

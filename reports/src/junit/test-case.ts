import { compact, fitDetail, setMember } from "../detail.ts";
import { lineOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import { repositoryPath } from "../places/paths.ts";
import type { TestAttempt, TestRecord } from "../reader.ts";
import { outputOf } from "../test-records/bounded.ts";
import { testIdentity } from "../test-records/identity.ts";
import { errorTypeOf, failureOf, plainName, plainText, type Failure } from "../test-records/text.ts";
import { durationMsOf } from "./duration.ts";
import type { CaseDraft, Result } from "./parts.ts";
import { textIn } from "./parts.ts";

const unnamedCase = "a test without a name";
const unnamedSuite = "a suite without a name";
const plainWords = /^[!-~]+(?: [!-~]+)*$/;
const fileAttributes = ["file", "filepath", "filename"];

type Word = "error" | "failed" | "skipped" | "disabled" | "passed";

/** What `status` and `result` say where no element tells how the case ended. */
const statusWords = new Map<string, Word>([
  ["error", "error"],
  ["failed", "failed"],
  ["failure", "failed"],
  ["fail", "failed"],
  ["skipped", "skipped"],
  ["skip", "skipped"],
  ["ignored", "skipped"],
  ["pending", "skipped"],
  ["todo", "skipped"],
  ["disabled", "disabled"],
  ["notrun", "disabled"],
  ["not run", "disabled"],
  ["not_run", "disabled"],
  ["suppressed", "disabled"],
]);

/** True when elements inside it tell how the case ended; one that is cut off in front of them may have ended in any way. */
export function hasResult(draft: CaseDraft): boolean {
  return draft.results.length > 0 || draft.flaky.length > 0 || draft.reruns.length > 0;
}

export function testCaseOf(draft: CaseDraft, workspace: string | undefined): TestRecord {
  const { attributes, suites, flaky } = draft;
  const word = wordOf(draft);
  const className = namePlace(attributes.get("classname") ?? attributes.get("class"), workspace);
  const name = nameOf(attributes.get("name")) ?? unnamedCase;
  const file = fileOf(attributes, workspace) ?? draft.suiteFile;
  return {
    kind: "case",
    outcome: word === "disabled" ? "skipped" : word,
    statusWord: word,
    isFlaky: word === "passed" && flaky.length > 0,
    suites,
    className,
    name,
    file,
    line: lineOf(attributes.get("line") ?? attributes.get("lineno")),
    durationMs: durationMsOf(attributes.get("time")),
    ...endOf(draft, word),
    identity: testIdentity({ kind: "case", suites, className, name, file }),
  };
}

/** A suite that tells of an error of its own: it did not load, or failed around its cases. */
export function brokenSuiteOf(suites: readonly string[], file: string | null, result: Result): TestRecord {
  const name = suites.at(-1) ?? unnamedSuite;
  const outer = suites.slice(0, -1);
  const failure = failureIn(result);
  return {
    kind: "suite",
    outcome: "error",
    statusWord: result.kind,
    isFlaky: false,
    suites: outer,
    className: null,
    name,
    file,
    line: null,
    durationMs: null,
    ...failure,
    message: failure.message ?? "The suite failed outside of its tests",
    attempts: [],
    detail: {},
    identity: testIdentity({ kind: "suite", suites: outer, className: null, name, file }),
  };
}

/** The name of a suite or class; some tools write absolute paths of files there. */
export function namePlace(name: string | undefined, workspace: string | undefined): string | null {
  if (name === undefined) return null;
  const isAbsolute = /^(?:\/|[a-z]:[\\/]|file:)/i.test(name);
  return nameOf(isAbsolute ? repositoryPath(name.slice(0, limits.path), workspace) : name);
}

/** Most names need nothing done to them. */
function nameOf(name: string | undefined): string | null {
  if (name === undefined) return null;
  return name.length <= limits.testName && plainWords.test(name) ? name : plainName(name);
}

/** The file that an element names; null where it names none. */
export function fileOf(attributes: ReadonlyMap<string, string>, workspace: string | undefined): string | null {
  for (const attribute of fileAttributes) {
    const written = attributes.get(attribute);
    const path = written === undefined ? null : plainName(written, limits.path);
    if (path !== null) return repositoryPath(path, workspace);
  }
  return null;
}

function wordOf({ attributes, results, reruns }: CaseDraft): Word {
  for (const list of [results, reruns]) {
    if (list.length === 0) continue;
    for (const kind of ["error", "failed", "skipped"] as const) if (list.some((result) => result.kind === kind)) return kind;
  }
  for (const attribute of ["status", "result"]) {
    const written = attributes.get(attribute);
    const word = written === undefined ? undefined : statusWords.get(written.trim().toLowerCase());
    if (word !== undefined) return word;
  }
  return "passed";
}

/** How the case ended, what it was before, and what else was written of it. */
function endOf(draft: CaseDraft, word: Word): Failure & Pick<TestRecord, "attempts" | "detail"> {
  const { results, flaky, reruns } = draft;
  const deciding = results.filter(({ kind }) => kind === word);
  const [first, ...others] = deciding;
  const retried = reruns.length === 0 ? [] : [...deciding.slice(0, 1), ...reruns.slice(0, -1)];
  const detail = detailOf(draft, others);
  return {
    ...failureIn(reruns.at(-1) ?? first, first),
    attempts: (word === "passed" ? flaky : retried).slice(0, limits.attempts).map(attemptOf),
    detail: Object.keys(detail).length === 0 ? detail : fitDetail(detail, Number.POSITIVE_INFINITY),
  };
}

const noFailure: Failure = { message: null, trace: null, errorType: null };

/** What a result tells; where it tells nothing, what the other one does. */
function failureIn(result: Result | undefined, other?: Result): Failure {
  if (result === undefined) return noFailure;
  const trace = plainText(textIn(result.text).trim(), limits.trace).trimEnd();
  const own = plainText(result.message ?? "", limits.message).trim();
  const message = own === "" ? failureOf(trace).message : own;
  if (message === null && other !== undefined) return failureIn(other);
  return {
    message,
    trace: trace === "" || trace === message ? null : trace,
    errorType: plainName(result.errorType ?? "", limits.word) ?? errorTypeOf(message) ?? errorTypeOf(trace),
  };
}

function attemptOf(result: Result): TestAttempt {
  const { message, trace } = failureIn(result);
  return { outcome: result.kind, durationMs: durationMsOf(result.time), message, trace };
}

function detailOf({ properties, stdout, stderr }: CaseDraft, furtherFailures: readonly Result[]): Record<string, unknown> {
  if (properties === null && stdout === null && stderr === null && furtherFailures.length === 0) return {};
  const shown: Record<string, unknown> = {};
  for (const [name, value] of properties ?? []) setMember(shown, plainText(name, limits.word), plainText(value, limits.word));
  const further = furtherFailures.slice(0, limits.detailEntries).map((result) => {
    const { message, trace } = failureIn(result);
    return compact({ message, trace });
  });
  return compact({
    properties: shown,
    stdout: stdout === null ? null : outputOf(textIn(stdout).trim()),
    stderr: stderr === null ? null : outputOf(textIn(stderr).trim()),
    further_failures: further,
  });
}

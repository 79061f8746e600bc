import { compact, fitDetail } from "../detail.ts";
import { lineOf, numberOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { PathReader } from "../places/remembered-path.ts";
import type { TestRecord } from "../reader.ts";
import { testIdentity } from "../test-records/identity.ts";
import { errorTypeOf, failureOf, plainName, plainText } from "../test-records/text.ts";
import { durationOf } from "../test-records/values.ts";
import { cleanText } from "../text.ts";
import type { Point } from "./grammar.ts";

type Fields = ReadonlyMap<string, string>;

/** A point with what stands behind it, before the names of the suites around it are known. */
export type Draft = Omit<TestRecord, "suites" | "identity"> & {
  /** Suites that the description itself names, inside those around the point. */
  ownSuites: readonly string[];
  /** Where it is defined, as far as its description tells; a place that only a failure tells of is no part of a test's identity. */
  ownFile: string | null;
};

const sourcePath = /^[\w@./\\+()[\]-]{1,300}\.(?:[cm]?[jt]sx?|vue|svelte|astro|t|pl|pm|py|rb|php|sh|bash|bats|lua|go|rs|c|cc|cpp|java|kt|cs|exs?|swift|dart)$/i;
/** With a file's ending: a test may well be called `/api/users`. */
const absolutePath = /^(?:\/|[A-Za-z]:[\\/])\S*[\\/]\S*\.[A-Za-z]\w{0,5}$/;

const noFailure = { message: null, trace: null, errorType: null };

/** For a name of which nothing is left that can be shown. */
const unnamed = "unnamed";

/** `fields` are those of its YAML block, `said` the comments and other lines behind it. */
export function draftOf(point: Point, ownName: string, fields: Fields, said: string, inRepository: PathReader): Draft {
  const { directive, isOk } = point;
  const outcome = directive !== null ? "skipped" : isOk ? "passed" : "failed";
  const named = namesOf(ownName, inRepository);
  const place = placeOf(fields, inRepository);
  const isFailed = outcome === "failed";
  const failure = isFailed ? failureIn(fields, said) : noFailure;
  const reason = point.reason === "" ? "" : plainText(point.reason, limits.message).trim();
  return {
    kind: "case",
    outcome,
    statusWord: directive === "todo" ? "todo" : outcome,
    isFlaky: false,
    className: null,
    ...named,
    file: named.ownFile ?? place.file,
    line: named.ownFile === null || place.file === null || named.ownFile === place.file ? place.line : null,
    durationMs: point.durationMs ?? durationOf(fields.get("duration_ms")),
    ...failure,
    message: reason === "" || isFailed ? failure.message : reason,
    attempts: [],
    detail: detailOf(fields, isFailed),
  };
}

/** An error of a suite, or of the whole run, that no point of its own tells of. */
export function errorDraft(name: string, message: string, trace: string | null = null): Draft {
  return {
    kind: "suite",
    outcome: "error",
    statusWord: "failed",
    isFlaky: false,
    className: null,
    name: plainName(name) ?? unnamed,
    ownSuites: [],
    ownFile: null,
    file: null,
    line: null,
    durationMs: null,
    message: plainText(message, limits.message).trim(),
    errorType: null,
    trace,
    attempts: [],
    detail: {},
  };
}

/** The outermost suite is the file, where it is called like one. */
export function recordOf({ ownSuites, ownFile, ...test }: Draft, outerSuites: readonly string[], inRepository: PathReader): TestRecord {
  const [first = "", ...inner] = outerSuites;
  const isFile = ownFile === null && (sourcePath.test(first) || absolutePath.test(first));
  const file = isFile ? inRepository(first) : ownFile;
  const suites = [...(isFile ? inner : outerSuites), ...ownSuites].slice(0, limits.suites);
  const isElsewhere = file !== null && test.file !== null && test.file !== file;
  return { ...test, suites, file: file ?? test.file, line: isElsewhere ? null : test.line, identity: testIdentity({ ...test, suites, file }) };
}

/** Vitest puts the file and the suites in front of a name; linters write a file's path as one. */
function namesOf(description: string, inRepository: PathReader): { name: string; ownSuites: string[]; ownFile: string | null } {
  const [first = "", ...inner] = description.split(" > ");
  if (inner.length > 0 && sourcePath.test(first)) {
    const names = inner.map((part) => plainName(part)).filter((name) => name !== null);
    const name = names.pop();
    if (name !== undefined) return { name, ownSuites: names, ownFile: inRepository(cleanText(first, limits.path)) };
  }
  if (!absolutePath.test(description) && !sourcePath.test(description)) return { name: plainName(description) ?? unnamed, ownSuites: [], ownFile: null };
  const path = inRepository(cleanText(description, limits.path));
  return { name: plainName(path) ?? unnamed, ownSuites: [], ownFile: path };
}

function failureIn(fields: Fields, said: string): Pick<TestRecord, "message" | "trace" | "errorType"> {
  const own = fields.get("message") ?? fields.get("error.message") ?? fields.get("error");
  const stack = fields.get("stack") ?? fields.get("error.stack");
  const failure = failureOf(own ?? stack ?? said);
  const name = fields.get("error.name") ?? fields.get("name");
  return {
    message: failure.message,
    errorType: (name === undefined ? null : errorTypeOf(`${name}:`)) ?? failure.errorType,
    trace: stack === undefined ? failure.trace : plainText(stack, limits.trace).trimEnd(),
  };
}

/** Where the point says that it is, or where it failed: producers do not part the two. */
function placeOf(fields: Fields, inRepository: PathReader): { file: string | null; line: number | null } {
  if (fields.size === 0) return { file: null, line: null };
  const file = fields.get("at.file") ?? fields.get("file");
  if (file !== undefined) return { file: pathOf(file, inRepository), line: lineOf(fields.get("at.line") ?? fields.get("line")) };
  const written = (fields.get("location") ?? fields.get("at") ?? "").slice(0, limits.path);
  const found = /^(?:[^()]{0,500}\()?([^()]+?):(\d+)(?::\d+)?\)?$/.exec(written.trim());
  if (found === null) return { file: null, line: lineOf(fields.get("data.line")) };
  return { file: pathOf(found[1] ?? "", inRepository), line: lineOf(found[2]) };
}

function pathOf(written: string, inRepository: PathReader): string | null {
  const path = cleanText(written, limits.path);
  return path === "" || path.includes("node_modules") || path.startsWith("node:") ? null : inRepository(path);
}

function detailOf(fields: Fields, isFailed: boolean): Record<string, unknown> {
  if (fields.size === 0) return {};
  const text = (...names: string[]) => {
    const value = names.map((name) => fields.get(name)).find((field) => field !== undefined);
    return value === undefined ? null : plainText(value, limits.message);
  };
  const sourceBytes = 3 * fields.values().reduce((sum, { length }) => sum + length, 0);
  const detail = compact({
    message: isFailed ? null : text("message"),
    severity: text("severity"),
    rule: text("data.ruleId"),
    code: text("code"),
    operator: text("operator"),
    expected: text("expected", "wanted"),
    actual: text("actual", "found"),
    failure_type: text("failureType"),
    exit_code: numberOf(fields.get("exitCode") ?? fields.get("exitcode")),
    at: text("at", "location"),
  });
  return fitDetail(detail, sourceBytes);
}

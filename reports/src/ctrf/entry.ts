import { compact, fitDetail } from "../detail.ts";
import type { JsonObject } from "../json/values.ts";
import { isObject, lineOf, listOf, member, numberOf, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { PathReader } from "../places/remembered-path.ts";
import type { TestAttempt, TestRecord } from "../reader.ts";
import { boundedValue, outputOf } from "../test-records/bounded.ts";
import { testIdentity } from "../test-records/identity.ts";
import { isFailure, outcomeOf } from "../test-records/outcome.ts";
import { errorTypeOf, failureOf, plainText } from "../test-records/text.ts";
import { durationOf, nameOf, statusWordOf, suitesOf, unknownStatus } from "../test-records/values.ts";
import { shortHash } from "../text.ts";

/** A test of the report; null when it has neither name nor status. */
export function readTest(entry: JsonObject, sourceBytes: number, inRepository: PathReader): TestRecord | null {
  const ownName = nameOf(member(entry, "name"));
  const statusWord = statusWordOf(member(entry, "status"));
  if (ownName === null && statusWord === unknownStatus) return null;
  const outcome = outcomeOf(statusWord);
  const attempts = attemptsOf(entry, statusWord);
  const suites = suitesOf(partsOf(member(entry, "suite")));
  const path = textOf(member(entry, "filePath"), limits.path);
  const file = path === null ? null : inRepository(path);
  const name = ownName ?? unknownStatus;
  return {
    kind: "case",
    outcome,
    statusWord,
    isFlaky: isFlaky(entry, outcome === "passed", attempts),
    suites,
    className: null,
    name,
    file,
    line: lineOf(member(entry, "line")),
    durationMs: durationOf(member(entry, "duration")),
    ...failureIn(entry),
    attempts,
    detail: fitDetail(detailOf(entry), sourceBytes),
    identity: testIdentity({ kind: "case", suites, className: null, name, file, parameters: parametersOf(entry) }),
  };
}

/** A list, or one text with the names parted by " > ", as older reporters write it. */
function partsOf(value: unknown): readonly unknown[] {
  return typeof value === "string" ? value.split(" > ", limits.suites) : listOf(value);
}

function isFlaky(entry: JsonObject, hasPassed: boolean, attempts: readonly TestAttempt[]): boolean {
  const own = member(entry, "flaky");
  if (own === true || own === "true") return true;
  if (!hasPassed) return false;
  const wasRetried = own !== false && (numberOf(member(entry, "retries")) ?? 0) > 0;
  return wasRetried || attempts.some(({ outcome }) => isFailure(outcome));
}

/** Some reporters list the last try too, which is the test itself. */
function attemptsOf(entry: JsonObject, statusWord: string): TestAttempt[] {
  const all = listOf(member(entry, "retryAttempts")).filter(isObject);
  const listed = all.slice(0, limits.attempts + 1);
  const numbered = listed.every((attempt) => numberOf(member(attempt, "attempt")) !== null);
  const inOrder = numbered ? listed.toSorted((one, other) => (numberOf(member(one, "attempt")) ?? 0) - (numberOf(member(other, "attempt")) ?? 0)) : listed;
  const retries = numberOf(member(entry, "retries"));
  const last = inOrder.at(-1);
  const holdsLast =
    retries !== null && all.length === listed.length && listed.length > retries && last !== undefined && statusWordOf(member(last, "status")) === statusWord;
  const earlier = holdsLast ? inOrder.slice(0, -1) : inOrder.slice(0, limits.attempts);
  return earlier.map((attempt) => {
    const { message, trace } = failureIn(attempt);
    return { outcome: outcomeOf(statusWordOf(member(attempt, "status"))), durationMs: durationOf(member(attempt, "duration")), message, trace };
  });
}

function failureIn(entry: JsonObject): Pick<TestRecord, "message" | "trace" | "errorType"> {
  const message = member(entry, "message");
  const trace = member(entry, "trace");
  if (typeof trace !== "string" || trace === "") return typeof message === "string" ? failureOf(message) : { message: null, trace: null, errorType: null };
  const own = typeof message === "string" && message !== "" ? plainText(message, limits.message).trim() : failureOf(trace).message;
  return { message: own === "" ? null : own, trace: plainText(trace, limits.trace), errorType: errorTypeOf(own) ?? failureOf(trace).errorType };
}

/** What tells runs of one test apart, the names in order, for another run may write them in another. */
function parametersOf(entry: JsonObject): string | null {
  const parameters = member(entry, "parameters");
  if (!isObject(parameters)) return null;
  const members = Object.entries(parameters).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return members.length === 0 ? null : shortHash(JSON.stringify(members));
}

function detailOf(entry: JsonObject): Record<string, unknown> {
  const word = (name: string) => textOf(member(entry, name), limits.word);
  const text = (name: string) => outputOf(member(entry, name));
  return compact({
    raw_status: word("rawStatus"),
    type: word("type"),
    tags: boundedValue(member(entry, "tags")),
    labels: boundedValue(member(entry, "labels")),
    parameters: boundedValue(member(entry, "parameters")),
    retries: numberOf(member(entry, "retries")),
    browser: word("browser"),
    device: word("device"),
    snippet: text("snippet"),
    stdout: text("stdout"),
    stderr: text("stderr"),
    steps: boundedValue(member(entry, "steps")),
    extra: boundedValue(member(entry, "extra")),
  });
}

import { isObject, member, memberAt, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import { levelWord } from "./components.ts";
import type { Overview } from "./overview.ts";
import type { Invocation, Run } from "./run.ts";

const mostInvocations = 10_000;

/** One more invocation of the tool; its index counts, for results name it. */
export function openInvocation(run: Run | null): Invocation {
  const invocation: Invocation = { overrides: null, isFailed: false, errors: 0, firstError: null };
  if (run !== null && run.invocations.length < mostInvocations) run.invocations.push(invocation);
  return invocation;
}

export function noteInvocationFact(invocation: Invocation, name: string, value: unknown): void {
  if (name === "executionSuccessful") invocation.isFailed = value === false;
  else if (name === "ruleConfigurationOverrides") invocation.overrides = value;
}

/** What the tool says of its own troubles; only errors are counted. */
export function noteNotification(invocation: Invocation, value: unknown): void {
  if (!isObject(value) || levelWord(member(value, "level")) !== "error") return;
  invocation.errors++;
  invocation.firstError ??= textOf(memberAt(value, "message", "text"), limits.word) ?? textOf(memberAt(value, "descriptor", "id"), limits.word);
}

/** What a tool did not look at must not seem to be fixed. */
export function noteExecution(run: Run, overview: Overview, problems: Problems): void {
  const isFailed = run.invocations.some((invocation) => invocation.isFailed);
  const told = run.invocations.find(({ firstError }) => firstError !== null)?.firstError ?? null;
  const errors = run.invocations.reduce((sum, invocation) => sum + invocation.errors, 0);
  const tool = run.driver?.name ?? "The tool";
  if (isFailed) overview.isComplete = false;
  if (isFailed || errors > 0) {
    const what = isFailed ? `${tool} says that its run failed` : `${tool} says that ${errors} errors came up`;
    noteProblem(problems, "warning", "run_failed", told === null ? what : `${what}: ${told}`);
  } else if (!run.hasResults && run.references.size === 0) {
    overview.isComplete = false;
    noteProblem(problems, "warning", "not_scanned", `${tool} gives no list of results`);
  }
}

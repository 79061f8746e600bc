import { type CheckedRule, type Label, type RuleTrial, sumOfTrials, trialSentence, verdictOf } from "@sentinal/diagnosis";
import type { Paint } from "../terminal.ts";
import type { Trial, TriedLog } from "./trial.ts";
import { visible } from "./visible.ts";

const shownLogs = 10;

/** What each rule would have done, in lines for people. */
export function trialLines(rules: readonly CheckedRule[], { logs, asked }: Trial, paint: Paint): string[] {
  const lines: string[] = [];
  for (const trial of sumOfTrials(rules, logs)) {
    if (lines.length > 0) lines.push("");
    lines.push(`${paint("bold", trial.rule)} ${trialSentence(trial)}`);
    if (asked.has(trial.rule)) lines.push(...decidedLines(trial, logs, paint));
    else lines.push("  None of these logs is known to be of a job that it names. --job says of which job a log is.");
  }
  return lines;
}

/** The same for programs, with every log that a rule decided. */
export function trialObject(rules: readonly CheckedRule[], { logs, unreadable }: Trial): object {
  return {
    logs: logs.length,
    labelled: logs.filter(({ label }) => label !== undefined).length,
    unreadable,
    rules: sumOfTrials(rules, logs).map((trial) =>
      Object.assign({}, trial, { sentence: trialSentence(trial), decided: decidedBy(trial, logs).map(decidedObject) }),
    ),
  };
}

function decidedObject(log: TriedLog): object {
  const { file, job, decided, label } = log;
  return {
    file,
    job,
    log: log.log,
    line: decided?.line,
    verdict: verdictOf(log),
    label: label === undefined ? null : { line: label.line, category: label.category, by: label.by },
  };
}

function decidedLines(trial: RuleTrial, logs: readonly TriedLog[], paint: Paint): string[] {
  if (trial.matched === 0) return [];
  if (trial.decisive === 0) return ["  It would have named the cause of none of them: other lines go before its own."];
  const decided = decidedBy(trial, logs);
  return [
    `  It would have named the cause of ${trial.decisive === trial.matched ? (trial.matched === 1 ? "it" : "each") : `${trial.decisive} of them`}:`,
    ...decided.slice(0, shownLogs).map((log) => `  ${logLine(log, paint)}`),
    ...(decided.length > shownLogs ? [`    and ${decided.length - shownLogs} more`] : []),
  ];
}

function logLine(log: TriedLog, paint: Paint): string {
  const place = `${log.file === "-" ? "<stdin>" : visible(log.file)}:${log.decided?.line ?? 0}${log.job === null ? "" : `, job ${visible(log.job)}`}`;
  const verdict = verdictOf(log);
  if (verdict === null || log.label === undefined) return `${paint("dim", "-")} ${place}`;
  return verdict === "right" ? `${paint("green", "✓")} ${place}` : `${paint("red", "✕")} ${place}, wrong: ${saying(log.label)}`;
}

/** `ada says line 12, code.test` */
function saying({ by, line, last_line: lastLine, category }: Label): string {
  const lines = line === null ? "no line" : lastLine === undefined || lastLine <= line ? `line ${line}` : `lines ${line} to ${lastLine}`;
  return `${visible(by)} says ${lines}, ${category}`;
}

/** Those that it would have decided, wrong ones first. */
function decidedBy({ rule }: RuleTrial, logs: readonly TriedLog[]): TriedLog[] {
  return logs.filter(({ decided }) => decided?.rule === rule).toSorted((one, other) => rank(one) - rank(other));
}

function rank(log: TriedLog): number {
  const verdict = verdictOf(log);
  return verdict === "wrong" ? 0 : verdict === "right" ? 1 : 2;
}

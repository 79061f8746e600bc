import type { Candidate, ContextLine, Diagnosis } from "@sentinal/diagnosis";
import { type Cell, tableLines } from "../table.ts";
import type { Paint, Terminal } from "../terminal.ts";
import { adviceOf, confidenceWords } from "./advice.ts";
import { visible } from "./visible.ts";

const shownTests = 10;
/** Columns of a line of the log where the output is no terminal. */
const mostColumns = 500;
const actionReference = /^(?:[\w.-]+\/[\w./-]+@\S+|\.{1,2}\/\S*|docker:\/\/\S+)$/;
const stepsOfTheRunner: ReadonlySet<string> = new Set(["Set up job", "Post job cleanup"]);

export type Reported = { readonly file: string; readonly job: string | null; readonly diagnosis: Diagnosis };

/** Whether a job needs a cause, and none was found. */
export function isUnexplained({ outcome, cause }: Diagnosis): boolean {
  return cause === null && outcome !== "passed" && outcome !== "cancelled";
}

/** A job's diagnosis in lines for people, like a compiler's error. */
export function reportLines(terminal: Terminal, reported: Reported, isExplained: boolean): string[] {
  const { diagnosis } = reported;
  const paint = terminal.paintResult;
  const lines = [headline(reported, paint)];
  if (diagnosis.cause !== null) lines.push(...excerpt(reported, diagnosis.cause, paint, columnsFor(terminal)));
  else if (isUnexplained(diagnosis)) lines.push(...placeLines(reported, null, paint));
  lines.push(...notes(diagnosis, paint));
  if (isExplained) lines.push("", ...explanation(diagnosis, paint));
  return lines;
}

function headline({ file, job, diagnosis: { outcome, cause, category } }: Reported, paint: Paint): string {
  const subject = visible(job ?? (file === "-" ? "The job" : file));
  if (outcome === "passed") return `${paint("green", "✓")} ${subject} passed: there is nothing to explain`;
  if (cause === null && outcome === "cancelled") return `${paint("dim", "-")} ${subject} was cancelled`;
  if (cause === null) return `${paint("yellow", "?")} ${paint("bold", `${subject}: the log does not say why it failed`)}`;
  return `${paint("red", "✕")} ${paint("bold", `${category}: ${visible(cause.reason)}`)}`;
}

/** A terminal's own width, where it tells one. */
function columnsFor({ stdout }: Terminal): number {
  const columns = stdout.isTTY === true ? (stdout.columns ?? 0) : mostColumns;
  return columns > 0 ? columns : 120;
}

function placeLines({ file, job, diagnosis: { step } }: Reported, line: number | null, paint: Paint): string[] {
  const place = `${file === "-" ? "<stdin>" : visible(file)}${line === null || line === 0 ? "" : `:${line}`}`;
  const parts = [place, ...(job === null ? [] : [`job ${visible(job)}`]), ...(step === null ? [] : [`step ${visible(step.name)}`])];
  return [`${paint("dim", "  -->")} ${parts.join(", ")}`];
}

function excerpt(reported: Reported, cause: Candidate, paint: Paint, columns: number): string[] {
  if (cause.line === 0) return [...placeLines(reported, 0, paint), `   ${paint("dim", "|")} ${visible(cause.text)}`];
  const context: readonly ContextLine[] = reported.diagnosis.context.length > 0 ? reported.diagnosis.context : [{ line: cause.line, text: cause.text }];
  const width = Math.max(...context.map(({ line }) => String(line).length));
  const gutter = `  ${" ".repeat(width)} ${paint("dim", "|")}`;
  const shown = context.map(({ line, text }) => {
    const number = String(line).padStart(width);
    const isCause = line === cause.line;
    // The cause is told whole, though a terminal wraps it.
    const words = cut(visible(text), isCause ? mostColumns : Math.max(20, columns - width - 5)).trimEnd();
    return isCause ? `${paint("red", `> ${number}`)} ${paint("dim", "|")} ${paint("bold", words)}` : `  ${paint("dim", `${number} |`)} ${words}`.trimEnd();
  });
  return [...placeLines(reported, cause.line, paint), gutter, ...shown, gutter];
}

function notes(diagnosis: Diagnosis, paint: Paint): string[] {
  const { cause, category, transient, transientReason, confidence, fingerprint, fingerprintVersion, step, failedTests } = diagnosis;
  if (diagnosis.outcome === "passed") return [];
  const rows: (readonly [string, string])[] = [];
  if (cause !== null) {
    rows.push(["category", category], ["transient", `${transient}. ${transientReason}`]);
    rows.push(["confidence", `${Math.round(confidence * 100)} %, ${confidenceWords(confidence)}`]);
    rows.push([
      "fingerprint",
      fingerprint === null ? "none: the line says too little to tell it from others" : `${fingerprint} (version ${fingerprintVersion})`,
    ]);
  }
  if (step !== null && !stepsOfTheRunner.has(step.name)) rows.push([actionReference.test(step.name) ? "action" : "command", step.name]);
  for (const [index, test] of failedTests.slice(0, shownTests).entries()) rows.push([index === 0 ? "failed tests" : "", test]);
  if (failedTests.length > shownTests) rows.push(["", `and ${failedTests.length - shownTests} more`]);
  rows.push(["next", adviceOf(diagnosis)]);
  return rows.map(([name, text]) => `  ${name === "" ? " " : paint("dim", "=")} ${paint("dim", name.padEnd(12))}  ${visible(text)}`);
}

/** Everything that was weighed, best first. */
function explanation({ cause, candidates }: Diagnosis, paint: Paint): string[] {
  const all = cause === null ? candidates : [cause, ...candidates];
  if (all.length === 0) return ["Nothing in the log has the form of a failure."];
  const rows = all.map((candidate): Cell[] => [
    { text: candidate === cause ? ">" : "", style: (text) => paint("red", text) },
    { text: candidate.line === 0 ? "-" : String(candidate.line), align: "right" },
    { text: candidate.strength },
    { text: candidate.category },
    { text: visible(candidate.by) },
    { text: `${visible(candidate.reason)}${candidate.inGreenLog ? " (the passing log has it too)" : ""}` },
    { text: cut(visible(candidate.text), 120), style: (text) => paint("dim", text) },
  ]);
  return tableLines([" ", "Line", "Strength", "Category", "By", "Reason", "Text"], rows, (head) => paint("dim", head));
}

function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

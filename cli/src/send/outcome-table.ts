import type { Changes } from "@sentinal/contract";
import { countsText, type GateSeen, gateSentence, type Outcome, printable, type Refusal } from "@sentinal/send";
import { shortened } from "../columns.ts";
import { type Cell, tableLines } from "../table.ts";
import type { Paint, Style, Terminal } from "../terminal.ts";

const marks: Readonly<Record<Outcome["kind"], { sign: string; style: Style }>> = {
  sent: { sign: "✓", style: "green" },
  accepted: { sign: "…", style: "yellow" },
  refused: { sign: "✕", style: "red" },
  unreachable: { sign: "!", style: "yellow" },
  unreadable: { sign: "✕", style: "red" },
};
const partialMark = { sign: "!", style: "yellow" } as const;
const words: Readonly<Record<Outcome["kind"], string>> = {
  sent: "",
  accepted: "not read yet",
  refused: "refused",
  unreachable: "not sent",
  unreadable: "not read",
};
const mostNameColumns = 48;

/** The table of all files to standard output, and to standard error what needs more words. */
export function showOutcomes(terminal: Terminal, outcomes: readonly Outcome[]): void {
  const { paintResult } = terminal;
  const rows = outcomes.map((outcome) => rowOf(outcome, paintResult));
  for (const line of tableLines([" ", "File", "Format", "Result", "New", "Fixed", "Reopened", "Warnings", "Page"], rows, (head) => paintResult("dim", head)))
    terminal.result(line);
  for (const outcome of outcomes) explain(terminal, outcome);
  const unsent = outcomes.filter((outcome) => outcome.kind === "unreachable");
  const [first] = unsent;
  if (first === undefined) return;
  terminal.warn(`${unsent.length === 1 ? `${first.name} was` : `${unsent.length} reports were`} not sent. ${first.reason}`);
}

/** What the gate says, as far as it is told; what is not known is said only to who asked for it. */
export function showGate(terminal: Terminal, gate: GateSeen, isAsked: boolean): void {
  if (gate.verdict === "passed") terminal.say("✓ The quality gate passed.");
  if (gate.verdict === "failed" && isAsked) terminal.fail(gateSentence(gate));
  if (gate.verdict === "failed" && !isAsked) terminal.warn(gateSentence(gate));
  if (gate.verdict === "unknown" && isAsked) terminal.warn("Whether the quality gate passed is not known.");
}

function rowOf(outcome: Outcome, paint: Paint): Cell[] {
  const answer = "answer" in outcome ? outcome.answer : null;
  const isPartial = answer?.status === "partial";
  const mark = isPartial ? partialMark : marks[outcome.kind];
  const counts = answer?.counts ?? null;
  return [
    { text: mark.sign, style: (text) => paint(mark.style, text) },
    { text: shortened(printable(outcome.name), mostNameColumns) },
    { text: outcome.formatName === null ? "unknown" : printable(outcome.formatName) },
    { text: counts === null ? words[outcome.kind] : `${isPartial ? "partly read: " : ""}${countsText(counts)}` },
    ...changeCells(answer?.changes ?? null),
    { text: answer === null || answer.warnings.length === 0 ? "" : String(answer.warnings.length), align: "right" },
    { text: answer === null ? "" : printable(answer.url) },
  ];
}

function changeCells(changes: Changes | null): Cell[] {
  const values = changes === null ? ["", "", ""] : [changes.new, changes.fixed, changes.reopened].map(String);
  return values.map((text) => ({ text, align: "right" }));
}

function explain(terminal: Terminal, outcome: Outcome): void {
  switch (outcome.kind) {
    case "sent":
    case "accepted":
      if (outcome.kind === "accepted") terminal.say(`… ${printable(outcome.name)}: the hub has it and reads it; see its page for the end.`);
      for (const warning of outcome.answer.warnings) terminal.warn(`${outcome.name}: ${warning.message} (${warning.code})`);
      break;
    case "refused":
      for (const [index, line] of refusalLines(outcome.name, outcome.refusal).entries()) {
        if (index === 0) terminal.fail(line);
        else terminal.say(`  ${printable(line)}`);
      }
      break;
    case "unreachable":
      break;
    case "unreadable":
      terminal.fail(outcome.reason);
      break;
  }
}

function refusalLines(name: string, refusal: Refusal): string[] {
  const { problem } = refusal;
  if (problem === null) return [`${name} was refused. ${refusal.title}`];
  const fields = (problem.errors ?? []).map((error) => `${error.field}: ${error.problem}. ${error.fix}`);
  return [`${name} was refused (${problem.status} ${problem.code}): ${problem.title}.`, problem.detail, ...fields, `Request ${problem.request_id}`];
}

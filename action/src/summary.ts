import { countsText, type GateSeen, type GateVerdict, type Outcome } from "@sentinal/send";
import { markdownLink, markdownText } from "./markdown.ts";
import { mostSummaryBytes } from "./runner.ts";

const mostRows = 200;
const mostNotes = 100;

const results: Readonly<Record<Outcome["kind"], string>> = {
  sent: "nothing counted",
  accepted: "not read yet",
  refused: "refused",
  unreachable: "not sent",
  unreadable: "not read",
};
const verdicts: Readonly<Record<GateVerdict, string>> = {
  passed: "✅ The quality gate passed.",
  failed: "❌ The quality gate failed.",
  none: "",
  unknown: "Whether the quality gate passed is not known.",
};

/** The step's summary: a table of the files, the gate, and what needs more words. All texts may be anybody's. */
export function summaryOf(outcomes: readonly Outcome[], gate: GateSeen, notes: readonly string[]): string {
  const blocks = ["### Sentinal"];
  if (outcomes.length > 0) blocks.push(table(["Report", "Format", "Result", "New", "Fixed", "Reopened", "Page"], outcomes.slice(0, mostRows).map(rowOf)));
  if (outcomes.length > mostRows) blocks.push(`and ${outcomes.length - mostRows} more.`);
  if (outcomes.length > 0 && verdicts[gate.verdict] !== "") blocks.push(verdicts[gate.verdict]);
  if (gate.conditions.length > 0)
    blocks.push(
      table(
        ["Condition", "At most", "Actual", ""],
        gate.conditions.map(({ metric, at_most: atMost, actual, verdict }) => [markdownText(metric), String(atMost), String(actual), verdict]),
      ),
    );
  if (notes.length > 0)
    blocks.push(
      notes
        .slice(0, mostNotes)
        .map((note) => `- ${markdownText(note, 1_000)}`)
        .join("\n"),
    );
  return fitting(blocks).join("\n\n");
}

function rowOf(outcome: Outcome): string[] {
  const answer = "answer" in outcome ? outcome.answer : null;
  const counts = answer?.counts ?? null;
  const changes = answer?.changes ?? null;
  return [
    markdownText(outcome.name),
    markdownText(outcome.formatName ?? "unknown"),
    counts === null ? results[outcome.kind] : `${answer?.status === "partial" ? "partly read: " : ""}${countsText(counts)}`,
    ...(changes === null ? ["", "", ""] : [changes.new, changes.fixed, changes.reopened].map(String)),
    answer === null ? "" : markdownLink("Open", answer.url),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** GitHub shows nothing of a summary that is too long. */
function fitting(blocks: readonly string[]): readonly string[] {
  let bytes = 0;
  return blocks.filter((block) => (bytes += Buffer.byteLength(block) + 2) <= mostSummaryBytes);
}

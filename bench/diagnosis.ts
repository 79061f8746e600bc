import { join } from "node:path";
import { answerLog, logEntries, type LogAnswer } from "../scripts/log-corpus.ts";
import { logLabels, type Score, scoreAnswers } from "../scripts/log-score.ts";
import { describeMachine } from "./parts/machine.ts";
import { atLeast, atMost, type Cell, printOutcome } from "./parts/outcome.ts";

/** A folder of logs with labels: a `manifest.jsonl` as the corpus's README tells it. */
const folder = process.env["BENCH_LOGS"] ?? join(process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../shared/corpora"), "ci-logs");

/** How often the diagnosis names the line and the category that people named. */
async function main(): Promise<void> {
  const machine = await describeMachine(null);
  const answers: LogAnswer[] = [];
  for (const entry of logEntries(folder)) answers.push(await answerLog(folder, entry));
  const labels = logLabels(folder);
  const kinds = [...new Set(labels.map(({ id }) => kindOf(id)))];
  const all = scoreAnswers(labels, answers);
  const rows: Cell[][] = [
    ...kinds.map((kind) =>
      rowOf(
        `${kind}-`,
        scoreAnswers(
          labels.filter(({ id }) => kindOf(id) === kind),
          answers,
        ),
      ),
    ),
    rowOf("all", all),
  ].filter((row) => row[1] !== 0);
  printOutcome({
    name: "diagnosis",
    machine,
    columns: ["logs", "labelled", "answered %", "within 5 %", "exact %", "category %", "macro-F1"],
    rows,
    goals: [
      atLeast("within 5 lines of the cause", percent(all.within5), 85, "%"),
      atLeast("inside the cause's lines", percent(all.exact), 60, "%"),
      atLeast("right category", percent(all.category), 85, "%"),
      atMost("re-runs proposed for deterministic failures", all.falseReruns.length, 0, ""),
      atMost("claims on jobs that did not fail", all.falseClaims.length, 0, ""),
    ],
    notes: [
      `Confidence, and the share of such answers within 5 lines: ${all.calibration.map(({ from, to, answers: count, right }) => `${from}–${to}: ${percent(right)} % of ${count}`).join("; ")}.`,
      `Not within 5 lines: ${listOf(all, ({ isHit }) => !isHit)}. Other category: ${listOf(all, ({ isCategoryRight }) => isCategoryRight === false)}.`,
    ],
  });
}

function kindOf(id: string): string {
  return id.split("-", 1)[0] ?? "";
}

function rowOf(name: string, score: Score): Cell[] {
  return [name, score.labelled, percent(score.answered), percent(score.within5), percent(score.exact), percent(score.category), score.macroF1];
}

function listOf(score: Score, choose: (verdict: Score["verdicts"][number]) => boolean): string {
  const ids = score.verdicts.filter(choose).map(({ id }) => id);
  return ids.length === 0 ? "none" : ids.join(", ");
}

function percent(share: number): number {
  return Math.round(share * 1_000) / 10;
}

await main();

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LogAnswer } from "./log-corpus.ts";

/** What people said of a log; see the corpus's README. */
export type LogLabel = {
  readonly id: string;
  readonly project: string;
  readonly conclusion: string;
  readonly category: string | null;
  readonly transient: string | null;
  /** Accepted answers, from 1, both ends included. */
  readonly cause_lines: readonly (readonly [number, number])[] | null;
};

export type Verdict = {
  readonly id: string;
  readonly isHit: boolean;
  readonly isExact: boolean;
  readonly isCategoryRight: boolean | null;
  readonly confidence: number;
};

export type Score = {
  readonly labelled: number;
  /** Shares of the labelled logs, 0 to 1. */
  readonly answered: number;
  readonly within5: number;
  readonly exact: number;
  readonly category: number;
  /** The mean, over all categories that are labelled or answered, of the harmonic mean of precision and recall. */
  readonly macroF1: number;
  /** Ids of deterministic failures for which another run is proposed. */
  readonly falseReruns: readonly string[];
  /** Ids of jobs that did not fail, of which something is claimed. */
  readonly falseClaims: readonly string[];
  /** Of the answers with a confidence from `from` on: how many there are, and the share within 5 lines. */
  readonly calibration: readonly { readonly from: number; readonly to: number; readonly answers: number; readonly right: number }[];
  readonly verdicts: readonly Verdict[];
};

export function logLabels(folder: string): LogLabel[] {
  return readFileSync(join(folder, "manifest.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as LogLabel);
}

const didNotFail = new Set(["no ##[error]", "success"]);
const reach = 5;
const bands = [0, 0.3, 0.5, 0.7, 0.8, 0.9] as const;

/** Compares answers with labels. A log without an answer counts as answered by nothing. */
export function scoreAnswers(labels: readonly LogLabel[], answers: readonly LogAnswer[]): Score {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const verdicts: Verdict[] = [];
  const pairs: { labelled: string; answered: string }[] = [];
  const falseReruns: string[] = [];
  const falseClaims: string[] = [];
  let answered = 0;
  for (const label of labels) {
    const answer = byId.get(label.id);
    if (answer === undefined) continue;
    if (answer.rerun && label.transient === "no") falseReruns.push(label.id);
    if (didNotFail.has(label.conclusion) && (answer.line !== null || answer.category !== "unknown" || answer.rerun)) falseClaims.push(label.id);
    if ((label.cause_lines ?? []).length === 0) continue;
    if (answer.line !== null) answered++;
    if (label.category !== null) pairs.push({ labelled: label.category, answered: answer.category });
    verdicts.push(verdictOf(label, answer));
  }
  const categorised = verdicts.filter(({ isCategoryRight }) => isCategoryRight !== null);
  return {
    labelled: verdicts.length,
    answered: share(answered, verdicts.length),
    within5: share(verdicts.filter(({ isHit }) => isHit).length, verdicts.length),
    exact: share(verdicts.filter(({ isExact }) => isExact).length, verdicts.length),
    category: share(categorised.filter(({ isCategoryRight }) => isCategoryRight).length, categorised.length),
    macroF1: macroF1(pairs),
    falseReruns,
    falseClaims,
    calibration: calibrationOf(verdicts),
    verdicts,
  };
}

function verdictOf(label: LogLabel, { id, line, category, confidence }: LogAnswer): Verdict {
  const ranges = label.cause_lines ?? [];
  const lies = (by: number) => line !== null && ranges.some(([first, last]) => line >= first - by && line <= last + by);
  return { id, isHit: lies(reach), isExact: lies(0), isCategoryRight: label.category === null ? null : label.category === category, confidence };
}

function macroF1(pairs: readonly { labelled: string; answered: string }[]): number {
  const categories = [...new Set(pairs.flatMap(({ labelled, answered }) => [labelled, answered]))].filter((category) => category !== "unknown");
  const scores = categories.map((category) => {
    const right = pairs.filter(({ labelled, answered }) => labelled === category && answered === category).length;
    const said = pairs.filter(({ answered }) => answered === category).length;
    const meant = pairs.filter(({ labelled }) => labelled === category).length;
    return said + meant === 0 ? 0 : (2 * right) / (said + meant);
  });
  return share(
    scores.reduce((sum, score) => sum + score, 0),
    scores.length,
  );
}

function calibrationOf(verdicts: readonly Verdict[]): Score["calibration"] {
  return bands.map((from, index) => {
    const to = bands[index + 1] ?? 1;
    const inside = verdicts.filter(({ confidence }) => confidence >= from && (confidence < to || index === bands.length - 1) && confidence > 0);
    return { from, to, answers: inside.length, right: share(inside.filter(({ isHit }) => isHit).length, inside.length) };
  });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

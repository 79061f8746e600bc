import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { diagnose, type Diagnosis } from "@sentinal/diagnosis";
import { beforeAll, describe, expect, it } from "vitest";
import { diagnoseLog, logEntries, type LogAnswer } from "./log-corpus.ts";
import { type LogLabel, logLabels, type Score, scoreAnswers } from "./log-score.ts";

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../shared/corpora");
const folder = join(corpora, "ci-logs");
const isThere = existsSync(join(folder, "manifest.jsonl"));
if (!isThere) console.info(`Skipped: no logs of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);

describe.skipIf(!isThere)("the logs of public projects", () => {
  let answers: LogAnswer[];
  let score: Score;

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "diagnose-corpus.ts"), folder], { maxBuffer: 16 * 1024 * 1024 });
    answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as LogAnswer);
    score = scoreAnswers(logLabels(folder), answers);
  });

  it("are each answered by one JSON line", () => {
    expect(answers.map(({ id }) => id)).toEqual(logEntries(folder).map(({ id }) => id));
    for (const answer of answers) expect(Object.keys(answer)).toEqual(["id", "line", "category", "rerun", "transient", "confidence", "fingerprint", "ms"]);
  });

  it("have their cause named within five lines in 85 of 100, and exactly in 60", () => {
    expect(score.within5).toBeGreaterThanOrEqual(0.85);
    expect(score.exact).toBeGreaterThanOrEqual(0.6);
  });

  it("have the right category in 85 of 100", () => expect(score.category).toBeGreaterThanOrEqual(0.85));

  it("are never proposed for another run when they fail for sure, nor claimed to have failed when they did not", () => {
    expect(score.falseReruns).toEqual([]);
    expect(score.falseClaims).toEqual([]);
  });

  it("have fingerprints that tell their causes apart", async () => {
    const byFingerprint = Map.groupBy(
      answers.filter(({ fingerprint, category }) => fingerprint !== null && category !== "resource.disk_full"),
      ({ fingerprint }) => fingerprint,
    );
    const shared = [...byFingerprint.values()].filter((group) => group.length > 1).map((group) => group.map(({ id }) => id));
    // Two builds of one project may have failed of one thing, and a full disk is the same on any.
    expect(shared.filter((ids) => new Set(ids.map((id) => projectOf(id))).size > 1)).toEqual([]);
  });
});

const labels = isThere ? logLabels(folder) : [];

function projectOf(id: string): string {
  return labels.find((label) => label.id === id)?.project ?? "";
}

/** What must not change the verdict. Each gives the text anew, and how many lines now stand before the log. */
const windows: readonly {
  readonly what: string;
  readonly tearsOutput?: true;
  change(text: string, label: LogLabel): { text: string; before: number } | null;
}[] = [
  { what: "doubled", change: (text) => ({ text: text + text, before: 0 }) },
  { what: "with other time stamps", change: (text) => ({ text: text.replaceAll(/^(\d{4})-(\d\d)-(\d\d)T/gm, "2031-01-09T"), before: 0 }) },
  { what: "after another job's log", change: (text) => ({ text: otherJob + text, before: otherJob.split("\n").length - 1 }) },
  {
    what: "cut before the step that failed",
    change(text, label) {
      const lines = text.split("\n");
      const first = Math.min(...(label.cause_lines ?? []).map(([from]) => from));
      const header = lines.findLastIndex((line, index) => index < first && line.includes("##[group]Run "));
      return header < 1 ? null : { text: lines.slice(header).join("\n"), before: -header };
    },
  },
  {
    what: "with lines that say nothing in between",
    // Where they fall into a traceback or a list, its other lines are too far off to be weighed: the line stays, not all that is known of it.
    tearsOutput: true,
    change(text, label) {
      const lines = text.split("\n");
      const first = Math.min(...(label.cause_lines ?? []).map(([from]) => from));
      const stamp = /^\d{4}-\d\d-\d\dT[\d:.]+Z /.exec(lines[0] ?? "")?.[0] ?? "";
      const noise = Array.from({ length: 500 }, (_, index) => `${stamp}still at work on part ${index}`);
      const at = Math.max(1, first - 60);
      return { text: [...lines.slice(0, at), ...noise, ...lines.slice(at)].join("\n"), before: noise.length };
    },
  },
];

const otherJob = [
  "2026-10-01T08:00:00.0000000Z Current runner version: '2.320.0'",
  "2026-10-01T08:00:00.1000000Z ##[group]Operating System",
  "2026-10-01T08:00:00.1000000Z Ubuntu",
  "2026-10-01T08:00:00.1000000Z ##[endgroup]",
  "2026-10-01T08:00:01.0000000Z ##[group]Run make other",
  "2026-10-01T08:00:01.0000000Z shell: /usr/bin/bash -e {0}",
  "2026-10-01T08:00:01.0000000Z ##[endgroup]",
  "2026-10-01T08:00:02.0000000Z Other.java:1: error: of another job",
  "2026-10-01T08:00:02.0000000Z ##[error]Process completed with exit code 2.",
  "2026-10-01T08:00:03.0000000Z Cleaning up orphan processes",
  "",
].join("\n");

/** Whole logs of GitHub's: a fragment has no runner's first word that would part it from what stands before it. */
const whole = labels.filter(({ id, cause_lines: lines }) => /^bs-\d/.test(id) && lines !== null);

describe.skipIf(!isThere)("a log's verdict does not change", () => {
  const originals = new Map<string, { text: string; diagnosis: Diagnosis }>();

  beforeAll(async () => {
    for (const entry of logEntries(folder).filter(({ id }) => whole.some((label) => label.id === id))) {
      const text = gunzipSync(await readFile(join(folder, entry.file))).toString("utf8");
      originals.set(entry.id, { text, diagnosis: await diagnoseLog(folder, entry) });
    }
  });

  for (const { what, tearsOutput, change } of windows) {
    it(`when the log is ${what}`, () => {
      const changed: string[] = [];
      for (const label of whole) {
        const original = originals.get(label.id);
        const made = original === undefined ? null : change(original.text, label);
        if (original === undefined || made === null) continue;
        const after = diagnose(Buffer.from(made.text));
        const { cause, category, fingerprint } = original.diagnosis;
        if (after.cause?.text !== cause?.text || (tearsOutput !== true && (after.category !== category || after.fingerprint !== fingerprint)))
          changed.push(`${label.id}: ${cause?.line} “${cause?.text}” became ${after.cause?.line} “${after.cause?.text}”`);
      }
      expect(changed).toEqual([]);
    });
  }
});

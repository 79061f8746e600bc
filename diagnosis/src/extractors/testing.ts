import { diagnose } from "../diagnose.ts";
import type { Diagnosis } from "../diagnosis.ts";
import type { Extractor, Sighting } from "../extractor.ts";
import { buildKeywordScanner } from "../reading/keyword-scanner.ts";
import { readLines } from "../reading/line-reader.ts";

export type Seen = Sighting & { readonly line: number; readonly text: string };

/** What one extractor sees in a text, for its tests. */
export function sightingsOf(extractor: Extractor, text: string): Seen[] {
  const seen: Seen[] = [];
  const read = extractor.open();
  const reader = readLines(buildKeywordScanner(extractor.keywords), "lf", (view) => {
    const found = read(view);
    if (found === undefined) return;
    for (const sighting of Array.isArray(found) ? (found as readonly Sighting[]) : [found as Sighting]) {
      const line = view.at(sighting.offset ?? 0);
      if (line !== undefined) seen.push({ ...sighting, line: line.number, text: line.text });
    }
  });
  reader.write(Buffer.from(text));
  reader.end();
  return seen;
}

/** Diagnoses a text as the log of a step that failed on GitHub: with the step's header, time stamps and the runner's last words. */
export function diagnoseStep(output: string, { run = "make", exitCode = 1 } = {}): Diagnosis {
  const lines = [
    `##[group]Run ${run}`,
    `\u001b[36;1m${run}\u001b[0m`,
    "shell: /usr/bin/bash -e {0}",
    "##[endgroup]",
    ...output.split("\n"),
    `##[error]Process completed with exit code ${exitCode}.`,
    "Post job cleanup.",
    "Cleaning up orphan processes",
  ];
  return diagnose(Buffer.from(lines.map((line) => `2026-11-02T10:20:30.1234567Z ${line}\n`).join("")));
}

import { type Category, type Transient, usualTransience } from "./categories.ts";
import type { Candidate, ContextLine } from "./diagnosis.ts";
import type { Extractor, Sighting } from "./extractor.ts";
import type { GreenLog } from "./green-log.ts";
import type { Line, View } from "./reading/line-reader.ts";
import { refine } from "./refine.ts";

/** What was seen in a log, bounded however much it is. */
export type Sightings = {
  note(extractor: Extractor & { readonly isRule?: true }, sighting: Sighting, step: number, view: View): void;
  all(): {
    readonly candidates: readonly Candidate[];
    /** Lines around a candidate. */
    readonly contextOf: (candidate: Candidate) => readonly ContextLine[];
    /** Failed tests, each with the step that named it. */
    readonly failedTests: readonly { readonly name: string; readonly step: number }[];
  };
};

/** Of one extractor in one step, of one strength: compilers name thousands, and the first are those that count; of weak ones the last. */
const keptOfEach = 40;
/** Of all: a log of more steps than anybody has. */
const keptOfAll = 20_000;
const keptTests = 500;
const [linesAbove, linesBelow] = [3, 8];

export function collectSightings(green: GreenLog | undefined): Sightings {
  const kept = new Map<string, Candidate[]>();
  const around = new WeakMap<Candidate, () => readonly Line[]>();
  const failedTests = new Map<string, { name: string; step: number }>();
  let count = 0;

  function note(extractor: Extractor & { readonly isRule?: true }, sighting: Sighting, step: number, view: View): void {
    const { test, strength, offset = 0 } = sighting;
    if (test !== undefined && failedTests.size < keptTests) failedTests.set(`${step} ${test}`, { name: test, step });
    const line = view.at(offset);
    if (line === undefined) return;
    // What the last passing log holds as well leaves the room to what is new.
    const inGreenLog = green?.has(line.text) ?? false;
    const key = `${step} ${extractor.name} ${strength} ${inGreenLog}`;
    let group = kept.get(key);
    if (group === undefined) kept.set(key, (group = []));
    const isWeak = strength === "hint" || strength === "symptom";
    if ((group.length >= keptOfEach && !isWeak) || count >= keptOfAll) return;
    const candidate = candidateOf(extractor, sighting, line, { step, inGreenLog });
    if (group.length >= keptOfEach) group.shift();
    else count++;
    group.push(candidate);
    around.set(candidate, view.hold(offset - linesAbove, offset + linesBelow));
  }

  function candidateOf(
    extractor: Extractor & { readonly isRule?: true },
    sighting: Sighting,
    line: Line,
    { step, inGreenLog }: { step: number; inGreenLog: boolean },
  ): Candidate {
    const { category, transient } = extractor.isRule === true ? asWritten(sighting) : refine(sighting, line.text);
    return {
      line: line.number,
      text: line.text.trim(),
      category,
      strength: sighting.strength,
      by: extractor.name,
      reason: sighting.reason,
      ...(sighting.test !== undefined && { test: sighting.test }),
      transient,
      key: sighting.key ?? line.text,
      step,
      time: line.time ?? null,
      inGreenLog,
    };
  }

  return {
    note,
    all: () => ({
      candidates: [...kept.values()].flat(),
      contextOf: (candidate) => (around.get(candidate)?.() ?? []).map(({ number, text }) => ({ line: number, text: text.slice(0, 500) })),
      failedTests: [...failedTests.values()],
    }),
  };
}

/** What people write is meant so. */
function asWritten({ category, transient }: Sighting): { category: Category; transient: Transient } {
  return { category, transient: transient ?? usualTransience(category) };
}

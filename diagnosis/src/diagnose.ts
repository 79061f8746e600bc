import { type Category, type Transient, usualTransience } from "./categories.ts";
import { type Candidate, type ContextLine, type Diagnosis, type JobFacts } from "./diagnosis.ts";
import { choose } from "./choose.ts";
import type { Extractor, ReadLine, Sighting } from "./extractor.ts";
import { extractors } from "./extractors/registry.ts";
import { collectGreenLines, type GreenLog } from "./green-log.ts";
import { refine } from "./refine.ts";
import type { RuleExtractor } from "./rules/rule-extractor.ts";
import { buildKeywordScanner, type KeywordScanner } from "./reading/keyword-scanner.ts";
import { type LineConvention, readLines, type View } from "./reading/line-reader.ts";
import { readSteps, stepKeywords } from "./steps.ts";
import { outcomeKeywords, readOutcome } from "./outcome.ts";

export type DiagnoseOptions = {
  /** Default `lf`. */
  readonly convention?: LineConvention;
  readonly facts?: JobFacts;
  /** Lines of the last passing log of the same job, by `readGreenLog`. */
  readonly green?: GreenLog;
  /** Rules of people, by `ruleExtractors`: of forms of the same strength theirs count. */
  readonly rules?: readonly RuleExtractor[];
};

/** One log on its way in. */
export type LogDiagnosis = {
  /** The next bytes, as they come; they must not change afterwards. */
  write(bytes: Uint8Array): void;
  end(): Diagnosis;
};

type Asked = Extractor & Partial<Omit<RuleExtractor, keyof Extractor>>;
type Prepared = { scanner: KeywordScanner; readersOf: readonly (readonly number[])[]; own: Uint8Array; extractors: readonly Asked[] };

const ownKeywords: readonly string[] = [...stepKeywords, ...outcomeKeywords];
const prepared = new Map<string, Prepared>();

/** Keywords of extractors in one automaton; made once for the built-in ones. */
function prepare(rules: readonly RuleExtractor[], convention: LineConvention): Prepared {
  const known = rules.length === 0 ? prepared.get(convention) : undefined;
  if (known !== undefined) return known;
  const all = [...rules, ...extractors];
  const idOf = new Map<string, number>();
  const readersOf: number[][] = [];
  const id = (keyword: string): number => {
    // As the scanner folds them: letters beyond ASCII are taken as they are.
    const key = keyword.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    const at = idOf.get(key) ?? readersOf.push([]) - 1;
    idOf.set(key, at);
    return at;
  };
  const owned = new Set(ownKeywords.map((keyword) => id(keyword)));
  all.forEach((extractor, index) => {
    for (const keyword of extractor.keywords) readersOf[id(keyword)]?.push(index);
  });
  const scanner = buildKeywordScanner([...idOf.keys()], { returnsEndLines: convention === "cr-crlf-lf" });
  const own = Uint8Array.from(readersOf, (_, index) => (owned.has(index) ? 1 : 0));
  const made = { scanner, readersOf, own, extractors: all };
  if (rules.length === 0) prepared.set(convention, made);
  return made;
}

/** The words that make the diagnosis look at a line, in lower case. */
export function keywordsOfExtractors(): readonly string[] {
  return prepare([], "lf").scanner.keywords;
}

/** Sightings kept of one extractor in one step: compilers name thousands, and the first are those that count. */
const keptOfEach = 40;
const keptTests = 500;

/**
 * Begins the diagnosis of one job's log. Works while the bytes come in; memory does not grow with the log.
 * Never throws for what a log holds.
 */
export function openDiagnosis(options: DiagnoseOptions = {}): LogDiagnosis {
  const { scanner, readersOf, own, extractors: all } = prepare(options.rules ?? [], options.convention ?? "lf");
  const readers: (ReadLine | undefined)[] = Array.from({ length: all.length });
  const steps = readSteps();
  const ended = readOutcome();
  const candidates: Candidate[] = [];
  const contexts = new Map<Candidate, readonly ContextLine[]>();
  const keptBy = new Map<string, number>();
  const failedTests = new Map<string, number>();

  const lines = readLines(scanner, options.convention ?? "lf", (view, keywords) => {
    if (keywords.some((keyword) => own[keyword] === 1)) ended.read(view);
    if (steps.read(view)) return;
    let asked: number[] | undefined;
    for (const keyword of keywords) {
      for (const index of readersOf[keyword] ?? []) {
        if (asked?.includes(index)) continue;
        (asked ??= []).push(index);
        ask(index, view);
      }
    }
  });

  function ask(index: number, view: View): void {
    const extractor = all[index] as Asked;
    if (extractor.inStep !== undefined && !extractor.inStep(steps.all.at(-1)?.name ?? "")) return;
    const read = (readers[index] ??= extractor.open());
    const seen = read(view);
    if (seen === undefined) return;
    for (const sighting of Array.isArray(seen) ? (seen as readonly Sighting[]) : [seen as Sighting]) note(extractor, sighting, view);
  }

  function note(extractor: Asked, sighting: Sighting, view: View): void {
    const step = steps.all.length - 1;
    const { test } = sighting;
    if (test !== undefined && failedTests.size < keptTests && !failedTests.has(`${step} ${test}`)) failedTests.set(`${step} ${test}`, step);
    const key = `${step} ${extractor.name} ${sighting.strength}`;
    const kept = keptBy.get(key) ?? 0;
    keptBy.set(key, kept + 1);
    // Of weak ones the last are those that count: the room of the oldest is given up.
    if (kept >= keptOfEach) {
      if (sighting.strength !== "hint" && sighting.strength !== "symptom") return;
      const oldest = candidates.findIndex((one) => one.step === step && one.by === extractor.name && one.strength === sighting.strength);
      contexts.delete(candidates[oldest] as Candidate);
      candidates.splice(oldest, 1);
    }
    const line = view.at(sighting.offset ?? 0);
    if (line === undefined) return;
    const { category, transient } = extractor.isRule === true ? asWritten(sighting) : refine(sighting, line.text);
    const candidate: Candidate = {
      line: line.number,
      text: line.text.trim(),
      category,
      strength: sighting.strength,
      by: extractor.name,
      reason: sighting.reason,
      ...(test === undefined ? {} : { test }),
      transient,
      key: sighting.key ?? line.text,
      step,
      time: line.time ?? null,
      inGreenLog: options.green?.has(line.text) ?? false,
    };
    candidates.push(candidate);
    contexts.set(candidate, contextOf(view, sighting.offset ?? 0));
  }

  return {
    write: (bytes) => lines.write(bytes),
    end() {
      const count = lines.end();
      return choose({ candidates, contexts, steps, ended, failedTests, lines: count, facts: options.facts });
    },
  };
}

/** What people write is meant so. */
function asWritten({ category, transient }: Sighting): { category: Category; transient: Transient } {
  return { category, transient: transient ?? usualTransience(category) };
}

function contextOf(view: View, offset: number): ContextLine[] {
  const context: ContextLine[] = [];
  for (let at = offset - 3; at <= offset + 8; at++) {
    const line = view.at(at);
    if (line !== undefined) context.push({ line: line.number, text: line.text.slice(0, 500) });
  }
  return context;
}

/** Reads the last passing log of a job, to tell harmless lines of a failing one. */
export function openGreenLog(convention: LineConvention = "lf"): { write(bytes: Uint8Array): void; end(): GreenLog } {
  const { scanner } = prepare([], convention);
  const collected = collectGreenLines();
  const lines = readLines(scanner, convention, (view) => collected.add(view.line.text));
  return {
    write: (bytes) => lines.write(bytes),
    end() {
      lines.end();
      return collected;
    },
  };
}

/** Diagnoses a log that is there as a whole. */
export function diagnose(log: Uint8Array, options: DiagnoseOptions = {}): Diagnosis {
  const diagnosis = openDiagnosis(options);
  diagnosis.write(log);
  return diagnosis.end();
}

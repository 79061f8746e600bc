import type { Diagnosis, JobFacts } from "./diagnosis.ts";
import { choose } from "./choose.ts";
import type { Extractor, ReadLine, Sighting } from "./extractor.ts";
import { extractors } from "./extractors/registry.ts";
import { collectGreenLines, type GreenLog } from "./green-log.ts";
import type { RuleExtractor } from "./rules/rule-extractor.ts";
import { buildKeywordScanner, type KeywordScanner } from "./reading/keyword-scanner.ts";
import { type LineConvention, readLines, type View } from "./reading/line-reader.ts";
import { collectSightings } from "./sightings.ts";
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

/** A built-in extractor, or a rule. */
export type Asked = Extractor & Partial<Omit<RuleExtractor, keyof Extractor>>;
type Prepared = { scanner: KeywordScanner; readersOf: readonly (readonly number[])[]; own: Uint8Array; extractors: readonly Asked[] };

const ownKeywords: readonly string[] = [...stepKeywords, ...outcomeKeywords];
const prepared = new Map<string, Prepared>();
/** Of the built-in extractors there are two, one a convention; the others are of rules, and differ by the job that is asked for. */
const mostPrepared = 10;

/** Keywords of extractors in one automaton, which takes longer to make than most logs to read: rules with the same keywords share it. */
function prepare(rules: readonly RuleExtractor[], convention: LineConvention): Prepared {
  const all = [...rules, ...extractors];
  const key = JSON.stringify([convention, rules.map(({ keywords }) => keywords)]);
  const known = prepared.get(key);
  if (known !== undefined) {
    prepared.delete(key);
    prepared.set(key, known);
    return { ...known, extractors: all };
  }
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
  prepared.set(key, made);
  for (const oldest of prepared.keys()) {
    if (prepared.size <= mostPrepared) break;
    prepared.delete(oldest);
  }
  return made;
}

/** The words that make the diagnosis look at a line, in lower case. */
export function keywordsOfExtractors(): readonly string[] {
  return prepare([], "lf").scanner.keywords;
}

/** Surefire, TestNG and others print this for each class that passes, with words that half of the extractors listen to. */
const noFailures = "Failures: 0, Errors: 0";

/**
 * Begins the diagnosis of one job's log. Works while the bytes come in; memory does not grow with the log.
 * Never throws for what a log holds.
 */
export function openDiagnosis(options: DiagnoseOptions = {}): LogDiagnosis {
  const { rules = [], convention = "lf" } = options;
  const { scanner, readersOf, own, extractors: all } = prepare(rules, convention);
  const readers: (ReadLine | undefined)[] = Array.from({ length: all.length });
  /** The last line that each was asked about: it may have several of its keywords. */
  const askedAbout = new Int32Array(all.length);
  const steps = readSteps();
  const ended = readOutcome();
  const sightings = collectSightings(options.green);

  const lines = readLines(scanner, convention, (view, keywords) => {
    const { number, text } = view.line;
    // Rules come first, and may be of any line.
    const asked = text.includes(noFailures) ? rules.length : all.length;
    if (asked === 0) return;
    if (keywords.some((keyword) => own[keyword] === 1)) {
      ended.read(view);
      if (steps.read(view)) return;
    } else if (steps.isHeader) return;
    for (const keyword of keywords) {
      for (const index of readersOf[keyword] as readonly number[]) {
        if (index >= asked || askedAbout[index] === number) continue;
        askedAbout[index] = number;
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
    const step = steps.all.length - 1;
    if (!Array.isArray(seen)) return sightings.note(extractor, seen as Sighting, step, view);
    for (const sighting of seen as readonly Sighting[]) sightings.note(extractor, sighting, step, view);
  }

  return {
    write: (bytes) => lines.write(bytes),
    end() {
      const count = lines.end();
      return choose({ ...sightings.all(), steps, ended, lines: count, facts: options.facts });
    },
  };
}

/** Reads the last passing log of a job, to tell harmless lines of a failing one; by the rules' words as well, where these are given. */
export function openGreenLog(convention: LineConvention = "lf", rules: readonly RuleExtractor[] = []): { write(bytes: Uint8Array): void; end(): GreenLog } {
  const { scanner } = prepare(rules, convention);
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

import type { Category } from "../categories.ts";
import { openDiagnosis } from "../diagnose.ts";
import type { Diagnosis, JobFacts } from "../diagnosis.ts";
import { agreesWith, type Label } from "../labels.ts";
import type { LineConvention } from "../reading/line-reader.ts";
import { type CheckedRule, type RuleExtractor, ruleExtractors } from "./rule-extractor.ts";

/** A log of the past, with what people said of it. */
export type PastLog = {
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly convention?: LineConvention;
  readonly facts?: JobFacts;
  /** The job's name, for rules that name jobs. */
  readonly job?: string;
  readonly label?: Label;
};

/** What a rule would have done. */
export type RuleTrial = {
  readonly rule: string;
  /** Logs that were looked at. */
  readonly logs: number;
  /** Logs with a line that it matches. */
  readonly matched: number;
  /** Of these: logs whose cause it would have named. */
  readonly decisive: number;
  /** Of these: logs that somebody labelled, so that right and wrong can be told. */
  readonly labelled: number;
  /** Of these: logs whose label says otherwise, in the line or in the category. */
  readonly wrong: number;
};

/** What rules did with one log. */
export type LogTrial = {
  /** Names of the rules that match a line of it. */
  readonly matched: readonly string[];
  /** The cause, where a rule would have named it. */
  readonly decided: { readonly rule: string; readonly line: number; readonly category: Category } | null;
};

/** A log that was tried, with what people said of it. */
export type LabelledTrial = LogTrial & { readonly label?: Label };

/** Tries rules together on logs of the past, as they would be on: each log is read once. Throws what a log's source throws. */
export async function tryRules(rules: readonly CheckedRule[], logs: Iterable<PastLog> | AsyncIterable<PastLog>): Promise<RuleTrial[]> {
  const tried: LabelledTrial[] = [];
  for await (const log of logs) tried.push({ ...(await tryRulesOn(rules, log)), ...(log.label === undefined ? {} : { label: log.label }) });
  return sumOfTrials(rules, tried);
}

/** Tries rules together on one log. Its label may be looked for when it has been read. Throws what the log's source throws. */
export async function tryRulesOn(rules: readonly CheckedRule[], log: Omit<PastLog, "label">): Promise<LogTrial> {
  const names = new Map(rules.map(({ extractor, rule }) => [extractor.name, rule.name]));
  const matched = new Set<string>();
  const { cause, category } = await diagnoseWith(
    ruleExtractors(rules, log.job).map((extractor) => noting(extractor, matched)),
    log,
  );
  const decidedBy = cause === null ? undefined : names.get(cause.by);
  return {
    matched: [...matched].flatMap((name) => names.get(name) ?? []),
    decided: cause === null || decidedBy === undefined ? null : { rule: decidedBy, line: cause.line, category },
  };
}

/** Whether the rule that decided is right by the log's label; null where none decided, or nobody labelled the log. */
export function verdictOf({ decided, label }: LabelledTrial): "right" | "wrong" | null {
  if (decided === null || label === undefined) return null;
  const { line, category } = agreesWith(label, { cause: decided, category: decided.category });
  return line === "wrong" || !category ? "wrong" : "right";
}

/** What each rule did in all of the logs, in the rules' order. */
export function sumOfTrials(rules: readonly CheckedRule[], logs: readonly LabelledTrial[]): RuleTrial[] {
  const trials = new Map(rules.map(({ rule: { name } }) => [name, { rule: name, logs: logs.length, matched: 0, decisive: 0, labelled: 0, wrong: 0 }]));
  for (const log of logs) {
    for (const name of log.matched) {
      const trial = trials.get(name);
      if (trial === undefined) continue;
      trial.matched++;
      if (log.decided?.rule !== name) continue;
      trial.decisive++;
      const verdict = verdictOf(log);
      if (verdict !== null) trial.labelled++;
      if (verdict === "wrong") trial.wrong++;
    }
  }
  return [...trials.values()];
}

/** `would have matched 14 of 230 logs, 2 of them wrongly (9 of them are labelled)` */
export function trialSentence({ logs, matched, wrong, labelled }: RuleTrial): string {
  const all = `${logs} ${logs === 1 ? "log" : "logs"}`;
  if (matched === 0) return `would have matched none of ${all}`;
  if (labelled === 0) return `would have matched ${matched} of ${all} (whether wrongly, no label tells)`;
  return `would have matched ${matched} of ${all}, ${wrong === 0 ? "none" : wrong} of them wrongly (${labelled} of them ${labelled === 1 ? "is" : "are"} labelled)`;
}

/** The same extractor, which leaves its name in `matched` when it sees something. */
function noting(extractor: RuleExtractor, matched: Set<string>): RuleExtractor {
  return {
    ...extractor,
    open() {
      const read = extractor.open();
      return (view) => {
        const seen = read(view);
        if (seen !== undefined) matched.add(extractor.name);
        return seen;
      };
    },
  };
}

async function diagnoseWith(rules: readonly RuleExtractor[], { convention, facts, pieces }: PastLog): Promise<Diagnosis> {
  const diagnosis = openDiagnosis({ rules, ...(convention === undefined ? {} : { convention }), ...(facts === undefined ? {} : { facts }) });
  for await (const piece of pieces) diagnosis.write(piece);
  return diagnosis.end();
}

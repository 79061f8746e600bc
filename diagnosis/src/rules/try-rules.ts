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

/** Tries rules together on logs of the past, as they would be on: each log is read once. Throws what a log's source throws. */
export async function tryRules(rules: readonly CheckedRule[], logs: Iterable<PastLog> | AsyncIterable<PastLog>): Promise<RuleTrial[]> {
  const trials = new Map(rules.map(({ extractor, rule }) => [extractor.name, { rule: rule.name, logs: 0, matched: 0, decisive: 0, labelled: 0, wrong: 0 }]));
  for await (const log of logs) {
    const matched = new Set<string>();
    const diagnosis = await diagnoseWith(
      ruleExtractors(rules, log.job).map((extractor) => noting(extractor, matched)),
      log,
    );
    for (const trial of trials.values()) trial.logs++;
    for (const name of matched) {
      const trial = trials.get(name);
      if (trial === undefined) continue;
      trial.matched++;
      if (diagnosis.cause?.by !== name) continue;
      trial.decisive++;
      if (log.label === undefined) continue;
      trial.labelled++;
      const { line, category } = agreesWith(log.label, diagnosis);
      if (line === "wrong" || !category) trial.wrong++;
    }
  }
  return [...trials.values()];
}

/** `would have matched 14 of 230 logs, 2 of them wrongly (9 of them are labelled)` */
export function trialSentence({ logs, matched, wrong, labelled }: RuleTrial): string {
  if (matched === 0) return `would have matched none of ${logs} logs`;
  return `would have matched ${matched} of ${logs} logs, ${wrong === 0 ? "none" : wrong} of them wrongly (${labelled} of them ${labelled === 1 ? "is" : "are"} labelled)`;
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

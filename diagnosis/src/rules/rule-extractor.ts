import type { Extractor } from "../extractor.ts";
import { stateless } from "../extractor.ts";
import { buildKeywordScanner } from "../reading/keyword-scanner.ts";
import { readLines } from "../reading/line-reader.ts";
import { literalsOf } from "./literals.ts";
import { compilePattern, type Matcher, matcherOfGlobs, type PatternProblem } from "./pattern.ts";
import { type Rule, ruleMark } from "./rule.ts";

/** A rule as `DiagnoseOptions.rules` takes it. */
export type RuleExtractor = Extractor & {
  /** It goes before built-in forms of the same strength, and its category stands as it was written. */
  readonly isRule: true;
  /** Whether it is asked in a step of this name. */
  readonly inStep?: (name: string) => boolean;
};

/** A rule that holds what it promises. */
export type CheckedRule = {
  readonly rule: Rule;
  readonly extractor: RuleExtractor;
  /** Whether it is asked in a job of this name; a rule that names jobs is not where the name is not known. */
  readonly inJob: (name: string | undefined) => boolean;
};

export type RuleFault = PatternProblem & { readonly path: readonly (string | number)[] };

/** Compiles a rule and tries it on its examples. */
export function checkRule(rule: Rule): CheckedRule | readonly RuleFault[] {
  const compiled = rule.pattern === undefined ? null : compilePattern(rule.pattern);
  if (compiled !== null && "problem" in compiled) return [{ path: ["pattern"], ...compiled }];
  const keywords = rule.contains ?? (rule.pattern === undefined ? null : literalsOf(rule.pattern));
  if (keywords === null) return [withoutKeyword(rule)];
  const extractor = extractorOf(rule, keywords, compiled?.matches ?? null);
  const faults = [...faultsOfExamples(rule, extractor)];
  if (faults.length > 0) return faults;
  const jobs = rule.where?.job === undefined ? null : matcherOfGlobs(rule.where.job);
  return { rule, extractor, inJob: (name) => jobs === null || (name !== undefined && jobs(name)) };
}

/** The extractors of those rules that are asked in a job of this name, in their order. */
export function ruleExtractors(rules: readonly CheckedRule[], job?: string): RuleExtractor[] {
  return rules.filter(({ inJob }) => inJob(job)).map(({ extractor }) => extractor);
}

function withoutKeyword(rule: Rule): RuleFault {
  if (rule.pattern === undefined)
    return {
      path: [],
      problem: "It has neither a pattern nor contains",
      fix: "Write contains: with a text that the failure's line holds, or pattern: with a regular expression.",
    };
  return {
    path: ["pattern"],
    problem: "No plain text of three characters or more is certain to stand in each line that it matches, and lines are found by such texts",
    fix: "Add contains: with the texts of which each such line holds one.",
  };
}

function extractorOf(rule: Rule, keywords: readonly string[], matches: Matcher | null): RuleExtractor {
  const { category, strength, reason, transient } = rule;
  const literals = (rule.contains ?? []).map(lowered);
  const sighting = { category, strength, reason, ...(transient === undefined ? {} : { transient }) };
  return {
    name: `${ruleMark}${rule.name}`,
    title: `The rule ${rule.name}`,
    keywords,
    isRule: true,
    ...(rule.where?.step === undefined ? {} : { inStep: matcherOfGlobs(rule.where.step) }),
    open: stateless(({ line: { text } }) => {
      // The keyword may have stood in what is stripped of a line, or behind what is kept of it.
      if (literals.length > 0 && !literals.some((literal) => lowered(text).includes(literal))) return undefined;
      return matches === null || matches(text) ? sighting : undefined;
    }),
  };
}

function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function* faultsOfExamples({ examples }: Rule, extractor: RuleExtractor): Generator<RuleFault> {
  for (const [index, line] of (examples?.match ?? []).entries()) {
    if (!seesLine(extractor, line))
      yield { path: ["examples", "match", index], problem: "The rule does not match this line", fix: "Change the pattern, or take the example out." };
  }
  for (const [index, line] of (examples?.no_match ?? []).entries()) {
    if (seesLine(extractor, line))
      yield {
        path: ["examples", "no_match", index],
        problem: "The rule matches this line, and should not",
        fix: "Make the pattern closer, or take the example out.",
      };
  }
}

/** Looks at a line as it would stand in a log: its time stamp and colours may be there. */
function seesLine(extractor: RuleExtractor, line: string): boolean {
  let isSeen = false;
  const read = extractor.open();
  const reader = readLines(buildKeywordScanner(extractor.keywords), "lf", (view) => {
    isSeen = read(view) !== undefined;
  });
  reader.write(Buffer.from(line, "utf8"));
  reader.end();
  return isSeen;
}

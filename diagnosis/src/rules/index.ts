export { readRules, type RuleProblem, ruleProblemSubject, ruleProblemText, type RulesRead } from "./read-rules.ts";
export { Rule, ruleLimits } from "./rule.ts";
export { type CheckedRule, type RuleExtractor, ruleExtractors } from "./rule-extractor.ts";
export { type LabelledTrial, type LogTrial, type PastLog, type RuleTrial, sumOfTrials, trialSentence, tryRules, tryRulesOn, verdictOf } from "./try-rules.ts";

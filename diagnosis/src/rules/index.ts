export { readRules, type RuleProblem, ruleProblemText, type RulesRead } from "./read-rules.ts";
export { Rule, ruleLimits } from "./rule.ts";
export { type CheckedRule, type RuleExtractor, ruleExtractors } from "./rule-extractor.ts";
export { type PastLog, type RuleTrial, trialSentence, tryRules } from "./try-rules.ts";

import type { FieldProblem } from "@sentinal/contract";
import { isCollection, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { categories } from "../categories.ts";
import { Rule, ruleLimits } from "./rule.ts";
import { type CheckedRule, checkRule } from "./rule-extractor.ts";

/** One fault of a file of rules: the rule, the field, what is wrong, what to do, and where. */
export type RuleProblem = FieldProblem & {
  /** The rule's name, or its place (`rule 3`) where it has none; null for the file as a whole. */
  readonly rule: string | null;
  /** From 1; where the field stands, or the rule that lacks it. */
  readonly line: number;
  readonly column: number;
};

/** All rules of a text, or why it is not taken: a text with a fault gives no rule at all. */
export type RulesRead =
  | { readonly rules: readonly CheckedRule[]; readonly problems: readonly [] }
  | { readonly rules: null; readonly problems: readonly RuleProblem[] };

type Path = readonly (string | number)[];
type Place = { readonly line: number; readonly column: number };

/**
 * Reads rules from YAML or JSON: a list of rules, `{ rules: [...] }`, or a single rule. Never throws for what the text
 * holds; lists at most 50 problems.
 */
export function readRules(text: string): RulesRead {
  if (text.length > ruleLimits.text) return refused("It is larger than 256 KB", "Split it into several files.", { line: 1, column: 1 });
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, schema: "core", logLevel: "error" });
  const placeOf = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) {
    return refused(
      `It can be read neither as YAML nor as JSON: ${wrong.message}`,
      "Mend it here; texts with : # { [ * & ! | > ' \" % or @ belong in quotes.",
      placeOf(wrong.pos[0]),
    );
  }
  let content: unknown;
  try {
    // No aliases: a few lines of them make gigabytes.
    content = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refused("It holds aliases (*name), which are not taken", "Write each rule out.", { line: 1, column: 1 });
  }
  const place = (path: Path): Place => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const range = rangeOf(node);
      if (range !== null) return placeOf(range);
    }
    return { line: 1, column: 1 };
  };
  const entries = entriesOf(content);
  if (entries === null)
    return refused("It holds no rule", "Write a list of rules, each with name, pattern or contains, category and reason.", { line: 1, column: 1 });
  if (entries.length > ruleLimits.rules)
    return refused(`It holds more than ${ruleLimits.rules} rules`, "Split it, and give the rules that matter.", { line: 1, column: 1 });
  const { rules, problems } = readEntries(entries, place);
  return problems.length > 0 ? { rules: null, problems: problems.slice(0, 50) } : { rules, problems: [] };
}

/** One line a problem: `rule registry-down, category (line 4, column 15): It is … . Write …`. */
export function ruleProblemText(problem: RuleProblem): string {
  return `${ruleProblemSubject(problem)} (line ${problem.line}, column ${problem.column}): ${problem.problem}. ${problem.fix}`;
}

/** `rule registry-down, category` */
export function ruleProblemSubject({ rule, field }: RuleProblem): string {
  return [rule === null ? "the rules" : /^rule \d+$/.test(rule) ? rule : `rule ${rule}`, ...(field === "" ? [] : [field])].join(", ");
}

type Entry = { readonly value: unknown; readonly path: Path };

function entriesOf(content: unknown): readonly Entry[] | null {
  const inside = isRecord(content) && "rules" in content ? content["rules"] : content;
  const path = inside === content ? [] : ["rules"];
  if (isRecord(content) && "rules" in content && Object.keys(content).length > 1) return null;
  if (Array.isArray(inside)) return inside.length === 0 ? null : inside.map((value: unknown, index) => ({ value, path: [...path, index] }));
  return isRecord(inside) && path.length === 0 ? [{ value: inside, path }] : null;
}

function readEntries(entries: readonly Entry[], place: (path: Path) => Place): { rules: CheckedRule[]; problems: RuleProblem[] } {
  const rules: CheckedRule[] = [];
  const problems: RuleProblem[] = [];
  const names = new Set<string>();
  for (const [index, { value, path }] of entries.entries()) {
    const name = isRecord(value) && typeof value["name"] === "string" && value["name"] !== "" ? value["name"].slice(0, 60) : `rule ${index + 1}`;
    const note = (inside: Path, problem: string, fix: string): void => {
      problems.push({ rule: name, field: fieldOf(inside), problem, fix, ...place([...path, ...inside]) });
    };
    const parsed = Rule.safeParse(value);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) noteIssue(issue, note);
      continue;
    }
    if (names.has(name)) note(["name"], "Another rule has this name", "Give each rule a name of its own.");
    names.add(name);
    const checked = checkRule(parsed.data);
    if ("rule" in checked) rules.push(checked);
    else for (const fault of checked) note(fault.path, fault.problem, fault.fix);
  }
  return { rules, problems };
}

function noteIssue(issue: z.core.$ZodIssue, note: (path: Path, problem: string, fix: string) => void): void {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) note([...path, key], "There is no such field", `Leave it out. Fields are: ${fieldsOf(path).join(", ")}.`);
    return;
  }
  note(path, issue.message, fixes[fieldOf(path.filter((part) => typeof part === "string"))] ?? "See docs/guides/write-a-rule.md.");
}

const fixes: Readonly<Record<string, string>> = {
  "": "Write each rule as fields: name, pattern or contains, category, reason.",
  name: "Write a short name such as registry-down.",
  pattern: "Write a regular expression for one line, in quotes.",
  contains: "Write a text that the failure's line holds, or a list of such texts.",
  category: `Write one of: ${categories.join(", ")}.`,
  transient: "Write no, possible, delayed, yes or unknown, or leave it out.",
  strength: "Write cause, likely, summary, hint or symptom, or leave it out: it is cause then.",
  reason: "Write one sentence that says what went wrong, for who reads the diagnosis.",
  where: "Write step: and job: with names in which * stands for any text.",
  "where.step": "Write a step's name as the log shows it behind Run, or a list; * stands for any text.",
  "where.job": "Write a job's name or a list; * stands for any text.",
  examples: "Write match: and no_match: with lists of lines.",
  "examples.match": "Write a list of lines that the rule must match.",
  "examples.no_match": "Write a list of lines that the rule must not match.",
};

function fieldsOf(path: Path): string[] {
  if (path.at(-1) === "where") return ["step", "job"];
  return path.at(-1) === "examples" ? ["match", "no_match"] : Object.keys(Rule.shape);
}

/** `examples.match[0]` */
function fieldOf(path: Path): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}

function refused(problem: string, fix: string, place: Place): RulesRead {
  return { rules: null, problems: [{ rule: null, field: "", problem, fix, ...place }] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where a node of the document begins. */
function rangeOf(node: unknown): number | null {
  if (isCollection(node) || (typeof node === "object" && node !== null && "range" in node)) {
    const { range } = node as { range?: readonly number[] | null };
    return range?.[0] ?? null;
  }
  return null;
}

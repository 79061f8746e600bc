import type { JsonObject } from "../json/values.ts";
import { isObject, listOf, member, textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { ToolGate } from "../reader.ts";

type Verdict = ToolGate["verdict"];

const mostConditions = 200;

/** A warning (before 7.6) lets the gate pass; `NONE` is a project without a gate, `NO_VALUE` a metric that was not measured. */
const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ["OK", "passed"],
  ["WARN", "passed"],
  ["ERROR", "failed"],
]);
/** The webhook's words, as the Web API has them. */
const comparators: ReadonlyMap<string, string> = new Map([
  ["LESS_THAN", "LT"],
  ["GREATER_THAN", "GT"],
  ["EQUALS", "EQ"],
  ["NOT_EQUALS", "NE"],
]);

/** The gate of `project_status` (its `projectStatus`) or of the webhook (its `qualityGate`). */
export function gateOf(gate: JsonObject): ToolGate {
  const word = textOf(member(gate, "status"), limits.word);
  const conditions: ToolGate["conditions"][number][] = [];
  for (const condition of listOf(member(gate, "conditions")).slice(0, mostConditions)) {
    const read = isObject(condition) ? conditionOf(condition) : null;
    if (read !== null) conditions.push(read);
  }
  return { verdict: verdictOf(word), verdictWord: word ?? "NONE", name: textOf(member(gate, "name"), limits.word), conditions };
}

function conditionOf(condition: JsonObject): ToolGate["conditions"][number] | null {
  const text = (...names: string[]) => {
    for (const name of names) {
      const found = textOf(member(condition, name), limits.word);
      if (found !== null) return found;
    }
    return null;
  };
  const metric = text("metricKey", "metric");
  if (metric === null) return null;
  const comparator = text("comparator", "operator", "op")?.toUpperCase() ?? null;
  return {
    metric,
    comparator: comparator === null ? null : (comparators.get(comparator) ?? comparator),
    threshold: text("errorThreshold", "error", "warningThreshold"),
    actual: text("actualValue", "value", "actual"),
    verdict: verdictOf(text("status")),
  };
}

function verdictOf(word: string | null): Verdict {
  return verdicts.get(word?.trim().toUpperCase() ?? "") ?? "none";
}

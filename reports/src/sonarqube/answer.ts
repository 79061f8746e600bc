import { isObject, member, numberOf, textOf } from "../json/values.ts";
import { WaitingEntries } from "../json/waiting.ts";
import { limits } from "../limits.ts";
import type { ToolGate } from "../reader.ts";
import { keyOf } from "./components.ts";
import { gateOf } from "./gate.ts";
import { Lookup } from "./lookup.ts";
import type { Fact } from "./roles.ts";

/** One answer of the server, or another tool's file of that kind, as far as it was read. */
export type Answer = {
  facts: Map<Fact, unknown>;
  lists: Set<string>;
  issues: number;
  hotspots: number;
  lookup: Lookup;
  waiting: WaitingEntries;
  /** True once entries are given without waiting for the answer's end. */
  isReleased: boolean;
};

export function newAnswer(): Answer {
  return { facts: new Map(), lists: new Set(), issues: 0, hotspots: 0, lookup: new Lookup(), waiting: new WaitingEntries(), isReleased: false };
}

/** The key of the one project that the answer names itself. */
export function projectOf({ facts }: Answer): string | null {
  return keyOf(facts.get("project")) ?? textOf(facts.get("sonarComponent"), limits.path);
}

/** The project as people read it. */
export function projectNameOf({ facts }: Answer): string | null {
  const project = facts.get("project");
  const name = isObject(project) ? textOf(member(project, "name"), limits.summary) : null;
  return name ?? textOf(facts.get("projectName"), limits.summary);
}

/** How many entries the server has for the question that this answers; null where it does not say. */
export function serverTotal({ facts }: Answer): number | null {
  const paging = facts.get("paging");
  return (isObject(paging) ? numberOf(member(paging, "total")) : null) ?? numberOf(facts.get("total"));
}

export function isWebhook({ facts }: Answer): boolean {
  return facts.has("taskId") && (facts.has("qualityGate") || facts.has("project"));
}

/** The gate that the answer tells of; null where it tells of none. An analysis that failed has no gate: its status stands for it. */
export function gateIn(answer: Answer): ToolGate | null {
  const { facts } = answer;
  const nested = facts.get("qualityGateStatus");
  for (const gate of [facts.get("projectStatus"), isObject(nested) ? member(nested, "projectStatus") : undefined, facts.get("qualityGate")]) {
    if (isObject(gate)) return gateOf(gate);
  }
  if (!isWebhook(answer)) return null;
  return { verdict: "none", verdictWord: textOf(facts.get("status"), limits.word) ?? "NONE", name: null, conditions: [] };
}

/** True when the analysis behind a webhook did not come to its end. */
export function hasFailedAnalysis(answer: Answer): boolean {
  const status = textOf(answer.facts.get("status"), limits.word);
  return isWebhook(answer) && status !== null && status.toUpperCase() !== "SUCCESS";
}

export function shapeOf(answer: Answer): string {
  const { facts, lists } = answer;
  if (facts.has("projectName") || facts.has("sonarBaseURL")) return "sonar-report";
  if (lists.has("issues")) return "issues";
  if (lists.has("hotspots")) return "hotspots";
  return isWebhook(answer) ? "webhook" : "gate";
}

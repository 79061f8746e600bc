import type { Opening } from "../json/events.ts";

/** What a container of an answer is for: the answer itself, one of its lists, or a list of entries or of whole answers. */
export type Role = "answer" | "issues" | "hotspots" | "components" | "rules" | "bare";

/** Members of an answer that are kept as they are. */
const facts = [
  "paging",
  "total",
  "p",
  "ps",
  "projectStatus",
  "qualityGate",
  "qualityGateStatus",
  "project",
  "taskId",
  "status",
  "analysedAt",
  "serverUrl",
  "sonarBaseURL",
  "sonarComponent",
  "projectName",
] as const;

export type Fact = (typeof facts)[number];

const factNames: ReadonlySet<string> = new Set(facts);
const listNames: ReadonlySet<string> = new Set(["issues", "hotspots", "components", "rules"]);

export function isFact(name: string): name is Fact {
  return factNames.has(name);
}

export function isList(name: string): name is "issues" | "hotspots" | "components" | "rules" {
  return listNames.has(name);
}

/** Rules stand in a list, or in an object by their keys. */
export function isListOpening(list: string, opening: Opening): boolean {
  return opening === "array" || (list === "rules" && opening === "object");
}

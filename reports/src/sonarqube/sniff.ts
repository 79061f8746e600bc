import type { Outline } from "../json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "../json/outline.ts";

const certain = 1;
const likely = 0.9;
const possible = 0.6;

/** How surely the content is SonarQube's; an empty list says nothing. */
export function sniffSonarqube(head: Uint8Array): number {
  const outline = outlineOf(head);
  if (outline === null || outline.kind === "scalar") return 0;
  if (outline.kind === "object") return answerConfidence(outline);
  return Math.max(0, ...outline.elements.map((element) => Math.max(answerConfidence(element), entryConfidence(element))));
}

function answerConfidence(answer: Outline): number {
  if (answer.kind !== "object") return 0;
  return Math.max(gateConfidence(answer), listConfidence(answer, "issues"), listConfidence(answer, "hotspots"), reportConfidence(answer));
}

function gateConfidence(answer: Outline): number {
  if (hasMembers(outlineAt(answer, "projectStatus"), "status")) return certain;
  if (!hasMembers(answer, "taskId", "project")) return 0;
  return answer.members.has("qualityGate") || answer.members.has("analysedAt") || answer.members.has("serverUrl") ? certain : 0;
}

function listConfidence(answer: Outline, name: string): number {
  const list = outlineAt(answer, name);
  if (list === null || list.kind !== "array") return 0;
  const best = Math.max(0, ...list.elements.map(entryConfidence));
  if (best > 0) return best;
  // Of an empty list, and of entries of another kind, what stands around it tells.
  const paging = outlineAt(answer, "paging");
  if (hasMembers(paging, "pageIndex", "total") || (paging !== null && name === "hotspots")) return certain;
  if (list.elements.length > 0) return paging === null ? 0 : possible;
  return paging !== null || hasMembers(answer, "p", "ps") ? likely : 0;
}

function entryConfidence(entry: Outline): number {
  if (entry.kind !== "object") return 0;
  if (hasMembers(entry, "key", "component") && (entry.members.has("vulnerabilityProbability") || entry.members.has("securityCategory"))) return certain;
  if (!hasMembers(entry, "rule", "component")) return 0;
  const names = ["key", "project", "effort", "debt", "textRange", "impacts", "issueStatus", "creationDate"];
  const known = names.filter((name) => entry.members.has(name)).length;
  return known > 1 ? certain : known === 1 ? likely : possible;
}

/** sonar-report's own JSON: what it asked for, and the issues it got. */
function reportConfidence(report: Outline): number {
  if (!hasMembers(report, "issues")) return 0;
  if (hasMembers(report, "sonarBaseURL")) return certain;
  return hasMembers(report, "projectName") && (report.members.has("inNewCodePeriod") || report.members.has("hotspotKeys")) ? certain : 0;
}

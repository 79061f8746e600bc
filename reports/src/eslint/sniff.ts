import type { Outline } from "../json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "../json/outline.ts";

const certain = 1;
const likely = 0.9;
const possible = 0.6;

/** How surely the content is ESLint's JSON, with metadata or without; `[]` says nothing. */
export function sniffEslint(head: Uint8Array): number {
  const outline = outlineOf(head);
  if (outline === null) return 0;
  if (outline.kind === "array") return Math.max(0, ...outline.elements.map(fileConfidence));
  const results = outlineAt(outline, "results");
  if (results?.kind !== "array") return 0;
  const found = Math.max(0, ...results.elements.map(fileConfidence));
  if (found > 0) return found;
  const isClean = results.isComplete && results.elements.length === 0;
  return isClean && hasMembers(outlineAt(outline, "metadata"), "rulesMeta") ? likely : 0;
}

function fileConfidence(file: Outline): number {
  if (outlineAt(file, "messages")?.kind !== "array") return 0;
  const counts = ["errorCount", "warningCount", "suppressedMessages", "fixableErrorCount", "source"];
  const messages = outlineAt(file, "messages")?.elements ?? [];
  const isCounted = counts.some((name) => file.members.has(name)) || messages.some((message) => hasMembers(message, "ruleId", "severity"));
  if (file.members.has("filePath")) return isCounted ? certain : possible;
  return isCounted ? possible : 0;
}

import type { Outline } from "../json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "../json/outline.ts";

const certain = 1;
const likely = 0.9;
const possible = 0.7;

/** How surely the content is the JSON that Jest and Vitest write. */
export function sniffJest(head: Uint8Array): number {
  const outline = outlineOf(head);
  if (outline?.kind !== "object") return 0;
  const results = outlineAt(outline, "testResults");
  const holdsAssertions = (results?.elements ?? []).some(isTestFile);
  const isCounted = hasMembers(outline, "numTotalTests") || hasMembers(outline, "numTotalTestSuites");
  if (holdsAssertions) return certain;
  if (isCounted) return results === null ? possible : likely;
  return 0;
}

function isTestFile(file: Outline): boolean {
  if (outlineAt(file, "assertionResults")?.kind === "array") return true;
  return outlineAt(file, "testResults")?.kind === "array" && hasMembers(file, "testFilePath");
}

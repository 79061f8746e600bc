import { hasMembers, outlineAt, outlineOf } from "../json/outline.ts";

const certain = 1;
const likely = 0.9;
const possible = 0.7;

/** How surely the content is CTRF; older reporters do not name the format. */
export function sniffCtrf(head: Uint8Array): number {
  const outline = outlineOf(head);
  if (outline?.kind !== "object") return 0;
  if (outlineAt(outline, "reportFormat")?.value === "CTRF") return certain;
  const results = outlineAt(outline, "results");
  if (results?.kind !== "object") return 0;
  if (hasMembers(results, "tool", "summary", "tests")) return likely;
  if (hasMembers(outlineAt(results, "tool"), "name") && (results.members.has("summary") || results.members.has("tests"))) return likely;
  const tests = outlineAt(results, "tests")?.elements ?? [];
  return tests.some((test) => hasMembers(test, "name", "status")) ? possible : 0;
}

import type { ScanType } from "@sentinal/contract";
import type { Outline } from "../json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "../json/outline.ts";
import { scanTypeOfDriver } from "./drivers.ts";
import { isSarifSchema } from "./versions.ts";

const certain = 1;
const likely = 0.9;

/** How surely the content is SARIF, of any version: older ones are refused by name. */
export function sniffSarif(head: Uint8Array): number {
  const outline = outlineOf(head);
  if (outline === null || outline.kind !== "object") return 0;
  const schema = outlineAt(outline, "$schema")?.value;
  if (typeof schema === "string" && isSarifSchema(schema)) return certain;
  const runs = outlineAt(outline, "runs");
  if (runs?.kind !== "array") return 0;
  if (runs.elements.some(isRun)) return certain;
  const version = outlineAt(outline, "version")?.value;
  return typeof version === "string" && /^[12]\.\d/.test(version) ? likely : 0;
}

/** By the name of the first driver, when that stands in the first bytes; null when it does not. */
export function scanTypeOfHead(head: Uint8Array): ScanType | null {
  const runs = outlineAt(outlineOf(head), "runs")?.elements ?? [];
  for (const run of runs) {
    const name = outlineAt(run, "tool", "driver", "name")?.value;
    if (typeof name === "string") return scanTypeOfDriver(name);
    // The first run's driver decides, and it has not been seen.
    if (!run.isComplete) return null;
  }
  return null;
}

function isRun(run: Outline): boolean {
  if (hasMembers(outlineAt(run, "tool"), "driver") || (hasMembers(outlineAt(run, "tool"), "name") && run.members.has("results"))) return true;
  const results = outlineAt(run, "results")?.elements ?? [];
  return results.some((result) => hasMembers(result, "message") && (result.members.has("ruleId") || result.members.has("locations")));
}

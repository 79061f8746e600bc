import { z } from "zod";
import { findingChanges, findingKinds, shownFindingStates } from "./findings.ts";
import { scanTypes, severities } from "./severity.ts";

/** PostgreSQL takes no text with a NUL in it. */
const text = (limit: number) =>
  z
    .string()
    .max(limit)
    .regex(/^[^\0]*$/, "no NUL character");
const several = <Value extends string>(values: readonly [Value, ...Value[]]) => z.union([z.enum(values), z.array(z.enum(values)).max(20)]).optional();
const severalTexts = z.union([text(1_000), z.array(text(1_000)).max(50)]).optional();

/** What a list of findings may be narrowed by, as it stands in an address; a filter may be given several times, and any of its values counts. */
export const FindingFilters = z.object({
  scan_id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  repository: text(300).optional(),
  branch: text(1_024).optional(),
  scan_type: several(scanTypes),
  tool: severalTexts,
  state: several(shownFindingStates),
  change: several(findingChanges),
  severity: several(severities),
  kind: several(findingKinds),
  rule: severalTexts,
  target: severalTexts,
  /** A value that ends in `/` is a folder and means all below it. */
  path: severalTexts,
  package_name: severalTexts,
  fixable: z.enum(["true", "false"]).optional(),
  risk: severalTexts,
  tool_type: severalTexts,
  q: text(200).optional(),
});
export type FindingFilters = z.infer<typeof FindingFilters>;

export const findingSorts = ["severity", "rule", "path"] as const;
export const FindingSort = z.enum(findingSorts);
export type FindingSort = z.infer<typeof FindingSort>;

export const findingExportFormats = ["csv", "sarif", "json"] as const;
export const FindingExportFormat = z.enum(findingExportFormats);
export type FindingExportFormat = z.infer<typeof FindingExportFormat>;

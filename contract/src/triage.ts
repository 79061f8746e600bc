import { z } from "zod";
import { FindingFilters } from "./finding-filters.ts";
import { DismissalReason } from "./findings.ts";

export const triageActions = ["dismiss", "reopen"] as const;

/**
 * A decision on findings: those of `ids`, or all that the list with the filters of `filter` shows. It holds on `branch`,
 * by default that of the filter or of its scan, else the default one.
 */
export const TriageBody = z
  .strictObject({
    ids: z.array(z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)).min(1).max(1_000).optional(),
    // A filter that is misspelt would otherwise decide on more than was meant.
    filter: FindingFilters.strict().optional(),
    branch: z
      .string()
      .min(1)
      .max(1_024)
      .regex(/^[^\0]*$/, "no NUL character")
      .optional(),
    action: z.enum(triageActions),
    reason: DismissalReason.optional(),
    comment: z
      .string()
      .max(2_000)
      .regex(/^[^\0]*$/, "no NUL character")
      .optional(),
  })
  .superRefine((body, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
    if ((body.ids === undefined) === (body.filter === undefined)) refuse("ids", "either ids or filter, and not both");
    if (body.action === "dismiss" && body.reason === undefined) refuse("reason", "a dismissal has one");
    if (body.action === "reopen" && body.reason !== undefined) refuse("reason", "only a dismissal has one");
    if (body.branch !== undefined && body.filter?.branch !== undefined && body.branch !== body.filter.branch)
      refuse("branch", "is another one than that of the filter");
  });
export type TriageBody = z.infer<typeof TriageBody>;

/** How many findings the decision changed, and how many it left as they were: fixed ones, those that stood so already, and those that are not known on the branch. */
export const TriageAnswer = z.object({ changed: z.number().int(), unchanged: z.number().int() });
export type TriageAnswer = z.infer<typeof TriageAnswer>;

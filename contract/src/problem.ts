import { z } from "zod";

/** One fault in what was sent: where it stands, what is wrong, what to do. */
export const FieldProblem = z.object({ field: z.string(), problem: z.string(), fix: z.string() });
export type FieldProblem = z.infer<typeof FieldProblem>;

/** An error answer, RFC 9457 `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** Stable; scripts may rely on it. */
  code: z.string(),
  request_id: z.string(),
  errors: z.array(FieldProblem).optional(),
});
export type Problem = z.infer<typeof Problem>;

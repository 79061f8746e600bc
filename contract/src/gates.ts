import { z } from "zod";

/** What a quality gate may measure of a run's newest attempt, over all its scans. */
export const gateMetrics = [
  "new_critical",
  "new_high",
  "new_findings",
  "critical",
  "high",
  "findings",
  "failed_tests",
  "flaky_tests",
  "failed_tool_gates",
  "unread_reports",
] as const;
export const GateMetric = z.enum(gateMetrics);
export type GateMetric = z.infer<typeof GateMetric>;

export const GateCondition = z.object({ metric: GateMetric, at_most: z.number().int().min(0).max(1_000_000_000) });
export type GateCondition = z.infer<typeof GateCondition>;

/** A repository's gate: all conditions must hold. An empty list is no gate. */
export const Gate = z.object({ repository: z.string().min(1).max(300), conditions: z.array(GateCondition).max(gateMetrics.length) });
export type Gate = z.infer<typeof Gate>;

export const gateVerdicts = ["passed", "failed"] as const;

/** The verdict on a run, as far as its reports have come in. */
export const RunGate = z.object({
  verdict: z.enum(gateVerdicts),
  conditions: z.array(GateCondition.extend({ actual: z.number().int(), verdict: z.enum(gateVerdicts) })),
});
export type RunGate = z.infer<typeof RunGate>;

/** A verdict that the tool has made itself, such as SonarQube's quality gate, in its own words and figures. */
export const ToolGate = z.object({
  verdict: z.enum([...gateVerdicts, "none"]),
  /** The tool's own word for the verdict. */
  verdict_word: z.string(),
  name: z.string().nullable(),
  conditions: z.array(
    z.object({
      metric: z.string(),
      /** When it fails: `GT`, `LT`, `EQ`, `NE` against the threshold; null where the tool does not say. */
      comparator: z.string().nullable(),
      threshold: z.string().nullable(),
      actual: z.string().nullable(),
      verdict: z.enum([...gateVerdicts, "none"]),
    }),
  ),
});
export type ToolGate = z.infer<typeof ToolGate>;

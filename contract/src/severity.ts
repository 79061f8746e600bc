import { z } from "zod";

/** Severities from the gravest to the least; `unknown` where the tool said none. */
export const severities = ["critical", "high", "medium", "low", "info", "unknown"] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** How many findings stand at each severity, and in all. */
export const SeverityCounts = z.object({
  critical: z.number().int(),
  high: z.number().int(),
  medium: z.number().int(),
  low: z.number().int(),
  info: z.number().int(),
  unknown: z.number().int(),
  total: z.number().int(),
});
export type SeverityCounts = z.infer<typeof SeverityCounts>;

/** How many tests ended how, and in all. */
export const TestCounts = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  flaky: z.number().int(),
  errors: z.number().int(),
  total: z.number().int(),
});
export type TestCounts = z.infer<typeof TestCounts>;

export const scanTypes = ["sonarqube", "zap", "trivy", "lint", "test"] as const;
export const ScanType = z.enum(scanTypes);
export type ScanType = z.infer<typeof ScanType>;

import type { Facets, Severity } from "@sentinal/contract";

/** ZAP knows no critical. */
export const riskRows: readonly Severity[] = ["high", "medium", "low", "info", "unknown"];
/** Surest first; a false positive is what somebody has marked as one. */
export const confidenceColumns = ["confirmed", "high", "medium", "low", "false positive", "unknown"] as const;

export const confidenceWords: Readonly<Record<(typeof confidenceColumns)[number], string>> = {
  confirmed: "Confirmed",
  high: "High",
  medium: "Medium",
  low: "Low",
  "false positive": "False positive",
  unknown: "Not told",
};

export type RiskCell = { value: string; count: number; isOn: boolean };
export type RiskRow = { severity: Severity; cells: RiskCell[]; count: number };
export type RiskMatrix = { columns: (typeof confidenceColumns)[number][]; rows: RiskRow[] };

/**
 * Alerts by risk and confidence. Rows and columns in which none stands are left out where ZAP hardly ever uses them
 * (confirmed, false positive, unknown), so that the matrix keeps its shape from scan to scan.
 */
export function riskMatrix(entries: Facets["risk"], chosen: readonly string[] | undefined): RiskMatrix {
  const counts = new Map(entries.map((entry) => [entry.value, entry.count]));
  const isUsed = (part: string, place: 0 | 1) => [...counts.keys(), ...(chosen ?? [])].some((value) => value.split(":")[place] === part);
  const columns = confidenceColumns.filter((name) => name === "high" || name === "medium" || name === "low" || isUsed(name, 1));
  const rows = riskRows
    .filter((severity) => severity !== "unknown" || isUsed(severity, 0))
    .map((severity) => {
      const cells = columns.map((confidence) => {
        const value = `${severity}:${confidence}`;
        return { value, count: counts.get(value) ?? 0, isOn: chosen?.includes(value) === true };
      });
      return { severity, cells, count: cells.reduce((sum, cell) => sum + cell.count, 0) };
    });
  return { columns, rows };
}

/** The filter with all of these values in it, or with none of them where all were; undefined for none. */
export function toggledAll(chosen: readonly string[] | undefined, values: readonly string[]): string[] | undefined {
  const known = chosen ?? [];
  const next = values.every((value) => known.includes(value)) ? known.filter((value) => !values.includes(value)) : [...new Set([...known, ...values])];
  return next.length === 0 ? undefined : next;
}

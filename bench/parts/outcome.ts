import type { Machine } from "./machine.ts";

export type Goal = { name: string; value: number; limit: number; unit: string; isMet: boolean };
export type Cell = string | number | null;

/** What a benchmark found: a table to read, and the same as JSON. */
export type Outcome = {
  name: string;
  machine: Machine;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  goals: readonly Goal[];
  notes: readonly string[];
};

export function atMost(name: string, value: number, limit: number, unit: string): Goal {
  return { name, value: rounded(value), limit, unit, isMet: value <= limit };
}

export function atLeast(name: string, value: number, limit: number, unit: string): Goal {
  return { name, value: rounded(value), limit, unit, isMet: value >= limit };
}

/** The table for people, then all of it as one line of JSON, the last one. */
export function printOutcome(outcome: Outcome): void {
  const { machine } = outcome;
  const lines = [
    `== ${outcome.name}`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryMb} MB, ${machine.system}, Node ${machine.node}${machine.postgres === null ? "" : `, PostgreSQL ${machine.postgres}`}, load ${machine.loadBefore} before`,
    "",
    ...tableOf(outcome.columns, outcome.rows),
    "",
    ...outcome.goals.map((goal) => `${goal.isMet ? "✓" : "✕"} ${goal.name}: ${goal.value} ${goal.unit}, goal ${goal.limit}`),
    ...outcome.notes,
  ];
  console.log(`${lines.join("\n")}\n\n${JSON.stringify(outcome)}`);
}

/** Three digits that count. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value;
}

function tableOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const texts = [columns, ...rows.map((row) => row.map((cell) => (cell === null ? "-" : typeof cell === "number" ? String(rounded(cell)) : cell)))];
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => row[index]?.length ?? 0)));
  return texts.map((row) => row.map((text, index) => (index === 0 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0))).join("  "));
}

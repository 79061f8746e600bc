import type { Facets, Severity } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SeverityBadge } from "../../components/severity.tsx";
import { classes } from "../../components/ui/classes.ts";
import { severityLooks } from "../../severity.ts";
import { confidenceWords, riskMatrix, toggledAll } from "./risk.ts";

const grounds: Readonly<Record<Severity, string>> = {
  critical: "bg-(--critical-ground) text-(--critical-ink)",
  high: "bg-(--high-ground) text-(--high-ink)",
  medium: "bg-(--medium-ground) text-(--medium-ink)",
  low: "bg-(--low-ground) text-(--low-ink)",
  info: "bg-sunken text-ink-soft",
  unknown: "bg-sunken text-ink-soft",
};

/** ZAP's alerts by risk and confidence; each cell, row and column narrows the list below to its alerts. */
export function RiskMatrix({ entries, chosen }: { entries: Facets["risk"]; chosen: readonly string[] | undefined }) {
  const { columns, rows } = riskMatrix(entries, chosen);
  return (
    <section aria-label="Risk and confidence" className="border-b border-line px-4 py-3" data-print="no">
      <table className="w-full max-w-[560px] table-fixed border-separate border-spacing-0.5 text-xs">
        <caption className="sr-only">How many alerts there are of each risk and confidence; a press shows only these</caption>
        <thead>
          <tr>
            <th scope="col" className="w-[120px] text-left font-normal text-ink-faint max-sm:w-[76px]">
              Risk <span aria-hidden="true">╲</span> confidence
            </th>
            {columns.map((confidence, index) => (
              <th key={confidence} scope="col" className="font-normal">
                <Choice
                  chosen={chosen}
                  values={rows.flatMap((row) => row.cells[index]?.value ?? [])}
                  label={`Confidence ${confidenceWords[confidence]}`}
                  className="text-ink-soft"
                >
                  {confidenceWords[confidence]}
                </Choice>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.severity}>
              <th scope="row" className="text-left font-normal">
                <Choice
                  chosen={chosen}
                  values={row.cells.map((cell) => cell.value)}
                  label={`Risk ${severityLooks[row.severity].word}`}
                  className="justify-start px-1"
                >
                  <SeverityBadge severity={row.severity} />
                </Choice>
              </th>
              {row.cells.map((cell, index) => (
                <td key={cell.value}>
                  {cell.count === 0 && !cell.isOn ? (
                    <span className="flex h-7 items-center justify-center rounded-sm bg-canvas text-ink-faint">0</span>
                  ) : (
                    <Choice
                      chosen={chosen}
                      values={[cell.value]}
                      label={`Risk ${severityLooks[row.severity].word}, confidence ${confidenceWords[columns[index] ?? "unknown"]}: ${cell.count}`}
                      className={classes(grounds[row.severity], "font-semibold", cell.isOn && "ring-2 ring-accent ring-inset")}
                    >
                      {cell.count.toLocaleString("en")}
                    </Choice>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type ChoiceProps = { chosen: readonly string[] | undefined; values: readonly string[]; label: string; className: string; children: ReactNode };

function Choice({ chosen, values, label, className, children }: ChoiceProps) {
  const isOn = values.every((value) => chosen?.includes(value) === true);
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, risk: toggledAll(chosen, values) })}
      resetScroll={false}
      aria-label={label}
      aria-current={isOn ? "true" : undefined}
      className={classes("flex h-7 items-center justify-center truncate rounded-sm hover:underline", className)}
    >
      {children}
    </Link>
  );
}

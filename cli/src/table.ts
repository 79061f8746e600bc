import { columnsOf } from "./columns.ts";

/** Cells of one row; `style` paints the cell after it was padded. */
export type Cell = { text: string; align?: "left" | "right"; style?: (text: string) => string };

/** Lines of a table without borders, columns two spaces apart; texts must be printable already. Empty columns are left out. */
export function tableLines(heads: readonly string[], rows: readonly (readonly Cell[])[], paintHead: (text: string) => string = (text) => text): string[] {
  const isUsed = heads.map((_head, column) => rows.some((row) => (row[column]?.text ?? "") !== ""));
  const widths = heads.map((head, column) => Math.max(columnsOf(head), ...rows.map((row) => columnsOf(row[column]?.text ?? ""))));
  const lastUsed = isUsed.lastIndexOf(true);

  function line(cells: readonly Cell[]): string {
    const parts = heads.flatMap((_head, column) => {
      if (!isUsed[column]) return [];
      const cell = cells[column] ?? { text: "" };
      const gap = " ".repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell.text)));
      const padded = cell.align === "right" ? gap + cell.text : column === lastUsed ? cell.text : cell.text + gap;
      return [cell.style === undefined ? padded : cell.style(padded)];
    });
    return parts.join("  ").trimEnd();
  }

  return [paintHead(line(heads.map((text, column) => ({ text, align: rows[0]?.[column]?.align ?? "left" })))), ...rows.map(line)];
}

import type { Board } from "@sentinal/contract";

export type Figure = { name: "critical" | "failed" | "tokens"; count: number; words: string; change: string };

export function criticalFigure(board: Pick<Board, "critical_open" | "critical_new_today">): Figure {
  const { critical_open: count, critical_new_today: fresh } = board;
  return {
    name: "critical",
    count,
    words: count === 1 ? "open critical finding" : "open critical findings",
    change: fresh === 0 ? "none new since yesterday" : `${fresh.toLocaleString("en")} new since yesterday`,
  };
}

export function failedFigure(board: Pick<Board, "failed_runs_today" | "failed_runs_yesterday">): Figure {
  const { failed_runs_today: count, failed_runs_yesterday: before } = board;
  return { name: "failed", count, words: count === 1 ? "failed run in 24 hours" : "failed runs in 24 hours", change: comparison(count, before) };
}

export function tokensFigure(board: Pick<Board, "tokens_ending_soon">): Figure {
  const count = board.tokens_ending_soon;
  return { name: "tokens", count, words: count === 1 ? "token ends soon" : "tokens end soon", change: "within 14 days" };
}

function comparison(count: number, before: number): string {
  if (count === before) return "as many as the day before";
  const difference = Math.abs(count - before).toLocaleString("en");
  return `${difference} ${count > before ? "more" : "fewer"} than the day before`;
}

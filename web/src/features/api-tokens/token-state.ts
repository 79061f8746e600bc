import type { ApiToken, ApiTokenState } from "@sentinal/contract";
import type { StatusKind } from "../../status.ts";

export const tokenStateLooks: Readonly<Record<ApiTokenState, { kind: StatusKind; word: string }>> = {
  valid: { kind: "success", word: "Valid" },
  expires_soon: { kind: "action_needed", word: "Ending" },
  overlapping: { kind: "running", word: "Replaced" },
  expired: { kind: "timed_out", word: "Expired" },
  replaced: { kind: "skipped", word: "Replaced" },
  revoked: { kind: "cancelled", word: "Revoked" },
};

const over: ReadonlySet<ApiTokenState> = new Set(["expired", "replaced", "revoked"]);

/** A token that is refused whatever happens. */
export function isOver(token: Pick<ApiToken, "state">): boolean {
  return over.has(token.state);
}

/** When a token stops working by itself: its own end, or that of the overlap with its successor; null: never. */
export function endOf(token: Pick<ApiToken, "expires_at" | "overlap_ends_at">): string | null {
  const ends = [token.expires_at, token.overlap_ends_at].filter((end) => end !== null);
  return ends.length === 0 ? null : ends.reduce((first, other) => (Date.parse(other) < Date.parse(first) ? other : first));
}

/** How urgently tokens ask for a successor: how many there are, and within how many days the first one ends. Null: none does. */
export function warningOf(tokens: readonly Pick<ApiToken, "expires_soon" | "expires_within_days">[]): { count: number; withinDays: number } | null {
  const ending = tokens.filter((token) => token.expires_soon);
  if (ending.length === 0) return null;
  return { count: ending.length, withinDays: Math.min(...ending.map((token) => token.expires_within_days ?? Number.POSITIVE_INFINITY)) };
}

export function warningWords({ count, withinDays }: { count: number; withinDays: number }): string {
  const [which, verb] = count === 1 ? ["1 API token", "expires"] : [`${count} API tokens`, "expire"];
  if (count === 1) return `${which} ${verb} within ${daysWords(withinDays)}.`;
  return `${which} ${verb} within 14 days${withinDays < 14 ? `, the first within ${daysWords(withinDays)}` : ""}.`;
}

/** What the list shows: tokens in use, those that end soonest first; those that are over only when asked for. */
export function shownTokens<Token extends ApiToken>(tokens: readonly Token[], show: "ending" | "revoked" | undefined): Token[] {
  const chosen = tokens.filter((token) => (show === "revoked" ? isOver(token) : show === "ending" ? token.expires_soon : !isOver(token)));
  const endMs = (token: ApiToken) => {
    const end = endOf(token);
    return end === null ? Number.POSITIVE_INFINITY : Date.parse(end);
  };
  return chosen.toSorted((a, b) => (show === "revoked" ? b.id - a.id : compare(endMs(a), endMs(b)) || b.id - a.id));
}

/** Not a difference: that of two tokens without an end is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function daysWords(days: number): string {
  return days === 1 ? "a day" : `${days} days`;
}

import type { ApiToken } from "@sentinal/contract";
import type { StatusKind } from "../../status.ts";
import { daysUntil } from "../../time.ts";

/** Tokens that end within so many days ask for a successor. */
export const endingWithinDays = 14;

export type TokenState = "active" | "ending" | "ended" | "revoked";
export const tokenStateLooks: Readonly<Record<TokenState, { kind: StatusKind; word: string }>> = {
  active: { kind: "success", word: "Active" },
  ending: { kind: "action_needed", word: "Ending" },
  ended: { kind: "timed_out", word: "Ended" },
  revoked: { kind: "cancelled", word: "Revoked" },
};

export function tokenState(token: Pick<ApiToken, "revoked_at" | "expires_at">, nowMs: number): TokenState {
  if (token.revoked_at !== null) return "revoked";
  if (token.expires_at === null) return "active";
  if (Date.parse(token.expires_at) <= nowMs) return "ended";
  return daysUntil(token.expires_at, nowMs) <= endingWithinDays ? "ending" : "active";
}

/** What the list shows: tokens in use, those that end soonest first; revoked and ended ones only when asked for. */
export function shownTokens<Token extends ApiToken>(tokens: readonly Token[], show: "ending" | "revoked" | undefined, nowMs: number): Token[] {
  const withState = tokens.map((token) => ({ token, state: tokenState(token, nowMs) }));
  const isOver = (state: TokenState) => state === "revoked" || state === "ended";
  const chosen = withState.filter(({ state }) => (show === "revoked" ? isOver(state) : show === "ending" ? state === "ending" : !isOver(state)));
  const endMs = (token: ApiToken) => (token.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(token.expires_at));
  return chosen.map(({ token }) => token).toSorted((a, b) => (show === "revoked" ? b.id - a.id : endMs(a) - endMs(b) || b.id - a.id));
}
